# Shared by the shell scripts of this folder: source it, do not run it.
# root: the repository; jobs: how many processes to run at a time; python: Debian's, the one that has h5py and pandas.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
jobs=$(nproc)
python=/usr/bin/python3

say() { printf '== %s\n' "$*"; }
fail() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

# configure PRESET [cmake options...]: into build/PRESET, quietly unless it fails. The compiler cache lives outside the
# build folders, so that a fresh one is filled from it.
configure() {
  local preset=$1 log=$root/build/$1.configure.log
  shift
  mkdir -p "$root/build"
  (cd "$root" && cmake --preset "$preset" "$@") > "$log" 2>&1 || { cat "$log" >&2; fail "cmake could not configure build/$preset"; }
}

# compile PRESET [targets...]
compile() {
  local preset=$1
  shift
  (cd "$root" && NINJA_STATUS="[%f/%t] " cmake --build "build/$preset" -j "$jobs" ${1:+--target "$@"})
}

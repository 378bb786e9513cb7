# The jobs of scripts/test. Source after common.sh. Each is called as a process of its own, so that its first error
# ends it (set -e) and no other.

# run_tests PRESET [ctest options...]: prints what is not a pass; everything is in build/PRESET.ctest.log.
run_tests() {
  local preset=$1
  shift
  set +e
  (cd "$root" && ctest --test-dir "build/$preset" -j "$jobs" --output-on-failure --no-tests=error "$@" < /dev/null 2>&1) |
    tee "$root/build/$preset.ctest.log" |
    grep --line-buffered -v -E '^ *[0-9]+/[0-9]+ Test +#[0-9]+: .* Passed |^ *Start +[0-9]+: '
  local status=${PIPESTATUS[0]}
  set -e
  return "$status"
}

# All tests, optimised: the build that users get.
job_release() {
  configure release -DSOJOURN_TESTS=ON -DSOJOURN_BENCHMARKS=ON
  compile release
  local status=0
  run_tests release --output-junit "$root/build/release.tests.xml" || status=1
  "$python" "$root/scripts/lib/check_ran.py" "$root/build/release.tests.xml" "$root/tests/expected_tests.txt" \
    ${update_list:+--update} || status=1
  return $status
}

# Reading, checking, bad input and files, with addresses and undefined behaviour watched.
job_asan() {
  configure asan
  compile asan sojourn test_base test_config test_expression test_model test_fuzz test_store test_survival test_outcomes fuzzers
  # HDF5 and yaml-cpp are not instrumented: containers that cross into them cannot be tracked.
  export ASAN_OPTIONS=detect_container_overflow=0:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1
  run_tests asan -R '^(base|config|expression|model|fuzz|store|survival|outcomes)\.|^command\.(arguments|input|run|files)$|^sweep\.refused$'
}

# The pipeline of blocks, with races watched.
job_tsan() {
  source "$root/scripts/lib/tbb_for_threads.sh"
  build_tbb_for_threads
  configure tsan -DTBB_DIR="$tbb_for_threads/lib/cmake/TBB"
  compile tsan sojourn test_engine
  export TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1
  LD_LIBRARY_PATH=$tbb_for_threads/lib run_tests tsan -R '^engine\.(Identity|Errors)\.|^command\.threads$'
}

# Sweeps on a real Slurm of two nodes, started on this machine.
job_slurm() {
  "$root/scripts/install-packages" slurm
  configure release -DSOJOURN_TESTS=ON -DSOJOURN_BENCHMARKS=ON
  compile release sojourn
  PATH=$PATH:/usr/sbin "$python" -B "$root/tests/slurm/sweep_test.py" "$root/build/release/sojourn" "$root"
}

# Several processes on one sweep or run, with a real Open MPI, in a build of its own.
job_mpi() {
  "$root/scripts/install-packages" mpi
  "$root/scripts/install-packages" slurm
  configure mpi -DSOJOURN_TESTS=OFF
  compile mpi sojourn
  PATH=$PATH:/usr/sbin "$python" -B "$root/tests/mpi/mpi_test.py" "$root/build/mpi/sojourn" "$root"
}

# The program for 64-bit Arm, built and run on this machine: the bytes are those of the program for this one.
job_aarch64() {
  source "$root/scripts/lib/aarch64_sysroot.sh"
  "$root/scripts/install-packages" aarch64
  make_aarch64_sysroot
  configure release -DSOJOURN_TESTS=ON -DSOJOURN_BENCHMARKS=ON
  compile release sojourn test_random_models
  configure aarch64
  compile aarch64 sojourn test_base test_random_models
  "$python" -B "$root/tests/aarch64/aarch64_test.py" "$root/build/release" "$root" "$root/build/aarch64" "$aarch64_sysroot"
}

sources() { git -C "$root" ls-files -- 'sim/*.hpp' 'sim/*.cpp' 'sim/*.inl' 'tests/*.hpp' 'tests/*.cpp'; }

job_format() {
  local version=14 bad
  bad=$(cd "$root" && sources | xargs -r "clang-format-$version" --dry-run -Werror 2>&1) && return
  grep 'error:' <<< "$bad" | cut -d: -f1 | sort | uniq -c >&2
  fail "not formatted; say: git ls-files '*.hpp' '*.cpp' '*.inl' | xargs clang-format-$version -i"
}

# The commit that changes are counted from: the latest release tag or where this branch left main; on main itself, ten
# commits ago. Nothing (then everything counts as changed) where history does not go back so far.
tidy_base() {
  local base
  base=$(git -C "$root" describe --tags --abbrev=0 2> /dev/null ||
    git -C "$root" merge-base HEAD origin/main 2> /dev/null || true)
  if [[ -z $base || $(git -C "$root" rev-parse "$base^{commit}") == $(git -C "$root" rev-parse HEAD) ]]; then
    base=$(git -C "$root" rev-parse --verify --quiet HEAD~10 || true)
  fi
  echo "$base"
}

# clang-tidy on the sources that changed since the base (a changed header counts as a change of all that include it).
job_tidy() {
  local base=${tidy_since-$(tidy_base)} files
  [[ -f $root/build/release/build.ninja ]] || configure release -DSOJOURN_TESTS=ON -DSOJOURN_BENCHMARKS=ON
  files=$("$python" "$root/scripts/lib/tidy_files.py" "$root/build/release/compile_commands.json" $base)
  [[ -n $files ]] || { say "tidy: nothing changed since $base"; return; }
  say "tidy: $(wc -l <<< "$files") files${base:+ changed since $base}"
  xargs -P "$jobs" -n 4 clang-tidy-19 --quiet --warnings-as-errors='*' --extra-arg=-Wno-unknown-warning-option \
    --extra-arg=-Wno-deprecated-declarations -p "$root/build/release" <<< "$files" \
    > "$root/build/tidy.log" 2>&1 || {
    grep -E '(warning|error):' "$root/build/tidy.log" | sort -u >&2
    fail "clang-tidy found something; the whole of it is in build/tidy.log"
  }
}

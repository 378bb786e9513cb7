# Builds oneTBB from Debian's source package with ThreadSanitizer, once, into build/tbb-thread. Source after common.sh.
#
# The sanitizer cannot see into Debian's own TBB and reports races there that are none; suppressing those hid a real one.

# Where this machine gets Debian's main archive from: "URI codename", taken from apt's own configuration.
debian_archive() {
  apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(LABEL) $(COMPONENT)' 'Created-By: Packages' |
    awk -v codename="$1" '$2 == codename && $3 == "Debian" && $4 == "main" { print $1; exit }'
}

# fetch_source PACKAGE VERSION FOLDER: unpacks a Debian source package into FOLDER/source. The machine's own apt needs
# no deb-src line: a configuration of our own, with lists of its own, is used beside it.
fetch_source() {
  local package=$1 version=$2 folder=$3 codename archive
  codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
  archive=$(debian_archive "$codename")
  if [[ -z $archive ]]; then
    apt-get -q update
    archive=$(debian_archive "$codename")
  fi
  [[ -n $archive ]] || { echo "apt knows no Debian archive for $codename" >&2; return 1; }
  mkdir -p "$folder/apt/lists/partial" "$folder/apt/cache/archives/partial"
  printf 'deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s %s main\n' \
    "$archive" "$codename" > "$folder/apt/sources.list"
  local own=(-q -o "Dir::Etc::SourceList=$folder/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$folder/apt/lists" -o "Dir::Cache=$folder/apt/cache" -o APT::Sandbox::User=)
  apt-get "${own[@]}" update
  # The version may have moved to another suite since; any version of this Debian release will do then.
  (cd "$folder" && { apt-get "${own[@]}" --download-only source "$package=$version" ||
    apt-get "${own[@]}" --download-only source "$package"; })
  rm -rf "$folder/source"
  dpkg-source --no-check -x "$folder"/"$package"_*.dsc "$folder/source"
}

build_tbb_for_threads() {
  local folder=$root/build/tbb-thread package version
  read -r package version < <(dpkg-query -W -f '${source:Package} ${source:Version}\n' libtbb-dev)
  tbb_for_threads=$folder/installed
  [[ $(cat "$folder/version" 2> /dev/null) == "$version" ]] && return
  rm -rf "$folder"
  mkdir -p "$folder"
  say "building TBB $version with ThreadSanitizer"
  (
    fetch_source "$package" "$version" "$folder"
    cmake -S "$folder/source" -B "$folder/build" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DTBB_SANITIZE=thread \
      -DTBB_TEST=OFF -DTBB_STRICT=OFF -DTBBMALLOC_BUILD=OFF -DCMAKE_INSTALL_PREFIX="$folder/installed" \
      -DCMAKE_CXX_COMPILER_LAUNCHER=ccache
    cmake --build "$folder/build" -j "$jobs"
    cmake --install "$folder/build"
    echo "$version" > "$folder/version"
  ) > "$folder/log" 2>&1 &
  wait $! || { tail -n 40 "$folder/log" >&2; fail "TBB could not be built with ThreadSanitizer"; }
}

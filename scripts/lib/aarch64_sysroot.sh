# Debian's libraries for 64-bit Arm, in the folder build/aarch64-sysroot/root. Source after common.sh.
#
# They are unpacked, not installed: as packages of a second architecture some of the -dev packages would push out those of
# this machine, with which the other builds are made. apt finds what belongs to them with lists and a state of its own, in
# which nothing is installed; the machine's own is left as it is.

aarch64_libraries=(libc6-dev libstdc++-12-dev libhdf5-dev libtbb-dev libyaml-cpp-dev libcli11-dev libxxhash-dev libdeflate-dev
  libboost-dev libnlopt-dev libgtest-dev libgmock-dev librapidcheck-dev libeigen3-dev)

# Debian's own archives that this machine's apt knows (the release, its updates, its security updates), as sources of apt.
debian_sources() {
  apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(LABEL) $(COMPONENT)' 'Created-By: Packages' |
    awk '$3 ~ /^Debian/ && $4 == "main" {
      print "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]", $1, $2, "main" }' | sort -u
}

# fetch_for_aarch64 FOLDER: the packages and all they depend on, as FOLDER/cache/archives/*.deb.
fetch_for_aarch64() {
  local folder=$1
  mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial"
  : > "$folder/nothing_installed"
  debian_sources > "$folder/sources.list"
  if [[ ! -s $folder/sources.list ]]; then
    apt-get -q update
    debian_sources > "$folder/sources.list"
  fi
  [[ -s $folder/sources.list ]] || { echo "apt knows no Debian archive" >&2; return 1; }
  local own=(-q -y -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o APT::Install-Recommends=false
    -o "Dir::Etc::SourceList=$folder/sources.list" -o Dir::Etc::SourceParts=/dev/null -o "Dir::State=$folder"
    -o "Dir::State::Lists=$folder/lists" -o "Dir::State::status=$folder/nothing_installed"
    -o "Dir::Cache=$folder/cache" -o APT::Sandbox::User= -o Debug::NoLocking=true)
  apt-get "${own[@]}" update
  apt-get "${own[@]}" --download-only install "${aarch64_libraries[@]}"
}

# unpack_for_aarch64 FOLDER: the packages become FOLDER/root.
unpack_for_aarch64() {
  local folder=$1 package link
  mkdir "$folder/root"
  for package in "$folder"/cache/archives/*.deb; do dpkg-deb -x "$package" "$folder/root"; done
  # What links to the root of the file system means that of the folder.
  (cd "$folder/root" && find . -type l -lname '/*' -print0 | while IFS= read -r -d '' link; do
    ln -sfnr ".$(readlink "$link")" "$link"
  done)
}

# Once for each list of packages; sets aarch64_sysroot.
make_aarch64_sysroot() {
  local folder=$root/build/aarch64-sysroot
  aarch64_sysroot=$folder/root
  [[ $(cat "$folder/made_of" 2> /dev/null) == "${aarch64_libraries[*]}" ]] && return
  rm -rf "$folder"
  mkdir -p "$folder"
  say "fetching Debian's libraries for arm64"
  (
    fetch_for_aarch64 "$folder"
    unpack_for_aarch64 "$folder"
    rm -rf "$folder/cache" "$folder/lists"
    echo "${aarch64_libraries[*]}" > "$folder/made_of"
  ) > "$folder/log" 2>&1 &
  wait $! || { tail -n 40 "$folder/log" >&2; fail "Debian's libraries for arm64 could not be fetched (build/aarch64-sysroot/log)"; }
}

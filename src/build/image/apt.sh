# shellcheck shell=sh disable=SC2154 # read by the stages of the image that need the mirror
# Debian's packages for the image's architecture: with this machine's own apt, mirror, keys and proxy,
# but with a state of its own, in which nothing is installed.

# Prints the mirror that this machine's apt takes what is labelled $1 from.
mirror_of() {
  # shellcheck disable=SC2016 # apt's own variables
  apt-get indextargets --format '$(LABEL)|$(REPO_URI)' | sed -n "s/^$1|//p" | head -n 1
}

own_apt() {
  program=$1
  shift
  "$program" -qq -o "Dir::Etc::SourceList=$cache/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null \
    -o "Dir::State::Lists=$cache/apt/lists" -o "Dir::Cache=$cache/apt/cache" \
    -o Dir::State::Status=/dev/null -o APT::Sandbox::User=root \
    -o "APT::Architecture=$architecture" -o "APT::Architectures=$architecture" "$@" </dev/null
}

# Fetches the lists of all packages.
fetch_lists() {
  mirror=$(mirror_of Debian)
  if [ -z "$mirror" ]; then
    apt-get -qq update </dev/null || true
    mirror=$(mirror_of Debian)
    [ -n "$mirror" ] || fail "this machine's apt has no mirror of Debian; add one to /etc/apt/sources.list.d."
  fi
  security=$(mirror_of Debian-Security)
  mkdir -p "$cache/apt/lists/partial" "$cache/apt/cache/archives/partial"
  {
    echo "deb $mirror $release main non-free-firmware"
    echo "deb $mirror $release-backports main"
    [ -z "$security" ] || echo "deb $security $release-security main"
  } >"$cache/apt/sources.list"
  own_apt apt-get update ||
    fail "the lists of Debian $release's packages cannot be fetched; apt's own words stand above."
}

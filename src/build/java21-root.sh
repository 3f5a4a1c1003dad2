#!/bin/sh
# Unpacks what a router runs on, Debian trixie with its Java 21, into target/java21/root, for this
# machine's own architecture. src/build/in-java21.sh runs a command there. The packages come with the
# machine's own apt, mirror, keys and proxy, and are only unpacked: none of their scripts runs, and
# the machine's own packages stay as they are.
set -eu
cd "$(dirname "$0")/../.."

release=trixie
# After a base system and Java, what the namespace tests start.
packages="?essential openjdk-21-jdk-headless
  curl iperf3 iproute2 iputils-ping netbase nftables procps tcpdump wireguard-go wireguard-tools"

folder=$PWD/target/java21
architecture=$(dpkg --print-architecture)

fail() {
  echo "Debian $release cannot be unpacked into target/java21: $*" >&2
  exit 1
}

# Prints the mirror that this machine's apt takes what is labelled $1 from, and nothing where there
# is none or apt has not fetched its lists yet.
mirror_of() {
  # shellcheck disable=SC2016 # apt's own variables
  apt-get indextargets --format '$(LABEL)|$(REPO_URI)' | sed -n "s/^$1|//p" | head -n 1
}

# Apt with a state of its own, in which nothing is installed.
own_apt() {
  apt-get -qq -o "Dir::Etc::SourceList=$folder/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o "Dir::State::Lists=$folder/lists" -o "Dir::Cache=$folder/cache" \
    -o Dir::State::Status=/dev/null -o "APT::Architectures=$architecture" "$@" </dev/null
}

mirror=$(mirror_of Debian)
if [ -z "$mirror" ]; then
  apt-get -qq update </dev/null || true
  mirror=$(mirror_of Debian)
  [ -n "$mirror" ] || fail "this machine's apt has no mirror of Debian."
fi
security=$(mirror_of Debian-Security)

rm -rf "$folder"
mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial" "$folder/new" "$folder/bin"
{
  echo "deb $mirror $release main"
  [ -z "$security" ] || echo "deb $security $release-security main"
} >"$folder/sources.list"

echo "Unpacking Debian $release with its Java 21 into target/java21"
own_apt update || fail "the lists of its packages cannot be fetched; apt's own words stand above."
# shellcheck disable=SC2086 # a list of package names
own_apt -y --no-install-recommends --download-only install $packages ||
  fail "its packages cannot be fetched; apt's own words stand above."

# The folders that became links into /usr come with base-files, so that is first.
for package in "$folder"/cache/archives/base-files_*.deb "$folder"/cache/archives/*.deb; do
  dpkg-deb -x "$package" "$folder/new" || fail "$package is damaged."
done

# What the packages' own scripts would have made.
cp "$folder/new/usr/share/base-passwd/passwd.master" "$folder/new/etc/passwd"
cp "$folder/new/usr/share/base-passwd/group.master" "$folder/new/etc/group"
echo 'tcpdump:x:100:65534::/nonexistent:/usr/sbin/nologin' >>"$folder/new/etc/passwd"
ln -s mawk "$folder/new/usr/bin/awk"
printf '127.0.0.1 localhost\n::1 localhost\n' >"$folder/new/etc/hosts"

# Surefire takes for a Java only what is called bin/java.
cat >"$folder/bin/java" <<'END'
#!/bin/sh
exec "$(dirname "$0")/../../../src/build/in-java21.sh" java "$@"
END
chmod +x "$folder/bin/java"

rm -rf "$folder/cache" "$folder/lists"
mv "$folder/new" "$folder/root"

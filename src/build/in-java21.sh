#!/bin/sh
# Runs a command on the Java 21 of a router: in-java21.sh COMMAND [ARGUMENT...]
#
# It runs in target/java21/root (of src/build/java21-root.sh), as root, in the folder where this was
# called. This repository and Maven's lie there in their usual places; /proc, /sys and /dev are the
# machine's, /tmp and /run are empty and go away. All of it is mounted in a mount namespace of the
# command's own, which ends with its last process, so nothing is left mounted however that ends.
set -eu
PATH=$PATH:/usr/sbin:/sbin

here=$(readlink -f "$(dirname "$0")/../..")
root=$here/target/java21/root

if [ "${1:-}" != --mounted ]; then
  [ $# -gt 0 ] || { echo "usage: in-java21.sh COMMAND [ARGUMENT...]" >&2 && exit 2; }
  [ -d "$root" ] || { echo "target/java21/root is missing: run make unit-java21 first." >&2 && exit 1; }
  exec unshare --mount --propagation private "$0" --mounted "$@"
fi
shift

# Where the libraries are that the tests were compiled with.
repository=
if [ -r "$here/target/test.classpath" ]; then
  repository=$(sed 's|/net/java/dev/jna/.*||; s|.*:||' "$here/target/test.classpath")
fi

# `ip netns` wants a root that is mounted.
mount --bind "$root" "$root"
for folder in /proc /sys /dev; do
  mount --rbind "$folder" "$root$folder"
done
for folder in /tmp /run; do
  mount -t tmpfs tmpfs "$root$folder"
done
chmod 1777 "$root/tmp"
for folder in "$here" ${repository:+"$repository"}; do
  mkdir -p "$root$folder"
  mount --bind "$folder" "$root$folder"
done

for java_home in "$root"/usr/lib/jvm/java-21-openjdk-*; do
  java_home=${java_home#"$root"}
done
exec chroot "$root" /usr/bin/env -C "$PWD" -u TMPDIR HOME=/root JAVA_HOME="$java_home" \
  PATH="$java_home/bin:/usr/sbin:/usr/bin:/sbin:/bin" "$@"

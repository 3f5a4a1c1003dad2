#!/bin/sh
# Makes the archive of classes by which Noren starts several times faster, with the image's own Java:
# which classes, rehearsals on the same release for this machine tell; the archive itself is made by the
# image's Java under qemu's user emulation, which needs nothing registered in the kernel.
# shellcheck source=src/build/image/common.sh
. "$(dirname "$0")/common.sh"

made=$(made archive)
root=$made/root
rm -rf "$made"
mkdir -p "$made"

# shellcheck disable=SC2016 # for that shell
src/build/in-java21.sh sh -c 'src/build/archive.sh "$JAVA_HOME" target/noren.jar "$1"' sh "$made/classes" ||
  fail "the rehearsal of a tunnel failed."
src/build/in-java21.sh unshare --net src/build/image/rehearse.sh target/noren.jar "$made/router-classes" ||
  fail "the rehearsal of a router failed."
# A number that it gave a class stands for nothing in the other list.
cat "$made/classes" "$made/router-classes" | sed 's/ id: [0-9]*$//' | awk '!seen[$0]++' >"$made/all-classes"

# Each file where it lies on a router: the archive fits only a jar of this place, size and time.
cp -a "$(made root)" "$root"
mkdir -p "$root/usr/lib/jvm" "$root/usr/share/noren" "$root/proc" "$root/dev" "$root/tmp"
cp -a "$(made java)" "$root/usr/lib/jvm/noren-21"
cp target/noren.jar "$root/usr/share/noren/noren.jar"
touch -d "$jar_time" "$root/usr/share/noren/noren.jar"
cp "$made/all-classes" "$root/tmp/classes"
cp "$(command -v qemu-aarch64-static)" "$root/tmp/qemu"

# Java writes objects of its own into an archive only with G1, whatever collector reads them later.
# As on a Raspberry Pi 4: what newer processors sign addresses with takes nine tenths of the time where
# it is emulated.
# shellcheck disable=SC2016 # for that shell
unshare --mount --propagation private sh -eu -c '
  mount -t proc proc "$1/proc"
  mount --rbind /dev "$1/dev"
  exec chroot "$1" /tmp/qemu -cpu cortex-a72 /usr/lib/jvm/noren-21/bin/java \
    -Xshare:dump -XX:+UseG1GC -Xmx256m \
    -XX:SharedClassListFile=/tmp/classes -XX:SharedArchiveFile=/tmp/archive \
    -jar /usr/share/noren/noren.jar' sh "$root" >"$made/log" 2>&1 || {
  tail -n 20 "$made/log" >&2
  fail "the archive of classes can't be made; Java's own words stand above."
}
release=$(sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"$/\1/p' "$root/usr/lib/jvm/noren-21/release")
mv "$root/tmp/archive" "$made/noren-$release.jsa"
chmod 0644 "$made/noren-$release.jsa"
rm -rf "$root"

#!/bin/sh
# Puts the root file system together, checks it, and packs it; and the initramfs that finds it.
# shellcheck source=src/build/image/common.sh
. "$(dirname "$0")/common.sh"

system=$(made system)
root=$system/root
rm -rf "$system"
mkdir -p "$root"
cp -a "$(made root)/." "$root/"
cp -a --remove-destination "$(made noren)/." "$root/"
mkdir -p "$root/usr/lib/jvm"
cp -a "$(made java)" "$root/usr/lib/jvm/noren-21"
cp -a "$(made kernel)/root/." "$root/"
cp "$(made archive)"/noren-*.jsa "$root/usr/share/noren/"
chown -R root:root "$root"
find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
touch -d "$jar_time" "$root/usr/share/noren/noren.jar"

src/build/image/check.sh "$root"

# Stronger compression takes minutes and is for what people download.
case ${IMAGE_FAST:-} in
  '') set -- -comp zstd -Xcompression-level 15 ;;
  *) set -- -comp zstd -Xcompression-level 3 ;;
esac
# The time comes from SOURCE_DATE_EPOCH.
mksquashfs "$root" "$system/root.squashfs" -noappend -no-progress -quiet -no-xattrs -all-root \
  -b 256K "$@" >/dev/null

early=$system/initramfs
mkdir -p "$early/bin" "$early/dev" "$early/proc" "$early/sys" "$early/run"
cp "$root/usr/bin/busybox" "$early/bin/busybox"
ln -s busybox "$early/bin/sh"
cp board/common/init "$early/init"
chmod 0755 "$early/init"
cp -a "$(made kernel)/initramfs/." "$early/"
ln -s usr/lib "$early/lib"
find "$early" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
(cd "$early" && find . | sort | cpio -o -H newc --quiet --reproducible -R 0:0) |
  gzip -9n >"$system/initrd.img"
cp "$(made kernel)/vmlinuz" "$system/vmlinuz"

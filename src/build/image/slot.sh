#!/bin/sh
# Makes what a slot holds, the same for all boards: the root file system, and at 128 MiB a FIT with the
# kernel, the initramfs and the boards' device trees, each with its sha256. And the signed update file
# that puts the same into a slot (docs/IMAGE.md has its layout).
# shellcheck source=src/build/image/common.sh
. "$(dirname "$0")/common.sh"

slot=$(made slot)
system=$(made system)
root_bytes=$((128 * 1048576))
boot_bytes=$((32 * 1048576))
rm -rf "$slot"
mkdir -p "$slot" target/image

# A level that decides little about the size, and much about the time.
case ${IMAGE_FAST:-} in '') level=-9 ;; *) level=-1 ;; esac
gzip -n $level <"$system/vmlinuz" >"$slot/vmlinuz.gz"

src/build/image/fit.sh "$system/initrd.img" "$slot/boot"

cp "$system/root.squashfs" "$slot/root"
# whole FILE MOST: filled up to whole blocks
whole() {
  truncate -s %4096 "$1"
  [ "$(stat -c %s "$1")" -le "$2" ] ||
    fail "$1 has $(stat -c %s "$1") bytes and a slot has room for $2: leave packages out (board/common/packages), or make slots larger (board/common/genimage.cfg, boot.cmd and usr/lib/noren/slots.sh)."
}
whole "$slot/root" "$root_bytes"
whole "$slot/boot" "$boot_bytes"
cp "$slot/root" "$slot/slot.img"
truncate -s "$root_bytes" "$slot/slot.img"
cat "$slot/boot" >>"$slot/slot.img"

# The time that the system in it has: by that it is judged later.
seconds=$(sed -n 's/^time //p' "$system/root/usr/share/noren/release")
src/build/image/update.sh "$slot/root" "$slot/boot" "$version" "$seconds" \
  "target/image/noren-$version.update"
publish "target/image/noren-$version.update"

#!/bin/sh
# Makes the disk of one board: a FAT partition with its boot files, two slots, the data and a copy.
# shellcheck source=src/build/image/common.sh
. "$(dirname "$0")/common.sh"

disk=$(made "disk-$board")
slot=$(made slot)
rm -rf "$disk"
mkdir -p "$disk/tree/boot" "$disk/tree/data/noren" "$disk/tree/copy" "$disk/tmp" target/image

# What starts a slot; what is in a slot stays out of here, so that an update writes nothing here.
boot=$disk/tree/boot
cp -r "board/$board/boot"/* "$boot/"
mkimage -q -A arm64 -T script -C none -d board/common/boot.cmd "$boot/boot.scr" >/dev/null
# For a PC's editor.
sed 's/$/\r/; 1s/^/\xef\xbb\xbf/' board/common/boot/README.txt >"$boot/README.txt"
[ ! -r "board/$board/firmware" ] || lines "board/$board/firmware" | while read -r what file as; do
  case $what in
    firmware) dpkg-deb --fsys-tarfile "$(made debs)"/raspi-firmware_*.deb |
      tar -xO "./usr/lib/raspi-firmware/$file" >"$boot/$file" ;;
    u-boot-*) dpkg-deb --fsys-tarfile "$(made debs)/$what"_*.deb |
      tar -xO "./usr/lib/u-boot/$file/u-boot.bin" >"$boot/u-boot.bin" ;;
    dtb) cp "$(made kernel)/dtb/$file" "$boot/${as:-$file}" ;;
    *) false ;;
  esac || fail "board/$board/firmware names $what $file, which is not there."
done
chmod 0700 "$disk/tree/data/noren"
chown 900:900 "$disk/tree/data/noren"
find "$disk/tree" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

# Two images of one commit are alike: no time and no chance goes into file systems.
E2FSPROGS_FAKE_TIME=$SOURCE_DATE_EPOCH genimage --config board/common/genimage.cfg \
  --rootpath "$disk/tree" --tmppath "$disk/tmp" --inputpath "$slot" --outputpath "$disk" \
  --loglevel 1 >"$disk/log" 2>&1 || {
  cat "$disk/log" >&2
  fail "genimage can't make the disk; its own words stand above."
}
rm -rf "$disk/tmp" "$disk"/*.vfat "$disk"/*.ext4

image=target/image/noren-$version-$board.img
case ${IMAGE_FAST:-} in '') level=-19 ;; *) level=-3 ;; esac
zstd -q -f -T0 $level "$disk/noren.img" -o "$image.zst"
publish "$image.zst"
echo "image: $image.zst, $(($(stat -c %s "$image.zst") / 1048576)) MiB"
# Programs that flash cards on a PC read this one.
rm -f "$image.xz"*
if [ -z "${IMAGE_FAST:-}" ]; then
  xz -T0 -6 <"$disk/noren.img" >"$image.xz"
  publish "$image.xz"
fi

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

# piece NAME FILE TYPE COMPRESSION [MORE]
piece() {
  cat <<END
    $1 {
      data = /incbin/("$2");
      type = "$3";
      arch = "arm64";
      compression = "$4";
      ${5:-}
      hash { algo = "sha256"; };
    };
END
}

trees=$(cat board/*/firmware | sed -n 's/^dtb \([^ ]*\)\.dtb$/\1/p' | sort -u)
{
  echo '/dts-v1/; / {'
  echo "  description = \"Noren $version\"; #address-cells = <1>;"
  echo '  images {'
  # Where the kernel goes, boot.cmd says: boards have their memory in different places.
  piece kernel "$slot/vmlinuz.gz" kernel gzip 'os = "linux"; load = <0>; entry = <0>;'
  piece initrd "$system/initrd.img" ramdisk none 'os = "linux";'
  for tree in $trees; do
    piece "$tree" "$(made kernel)/dtb/$tree.dtb" flat_dt none
  done
  echo '  };'
  echo '  configurations {'
  echo '    default = "bare";'
  echo '    bare { kernel = "kernel"; ramdisk = "initrd"; };'
  for tree in $trees; do
    echo "    $tree { kernel = \"kernel\"; ramdisk = \"initrd\"; fdt = \"$tree\"; };"
  done
  echo '  };'
  echo '};'
} >"$slot/boot.its"
mkimage -q -f "$slot/boot.its" "$slot/boot.fit" >"$slot/log" 2>&1 || {
  cat "$slot/log" >&2
  fail "mkimage can't make the kernel's image; its own words stand above."
}
rm "$slot/vmlinuz.gz"

cp "$system/root.squashfs" "$slot/root"
cp "$slot/boot.fit" "$slot/boot"
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

src/build/image/update.sh "$slot/root" "$slot/boot" "$version" "$SOURCE_DATE_EPOCH" \
  "target/image/noren-$version.update"
publish "target/image/noren-$version.update"
rm "$slot/boot.fit" "$slot/boot.its" "$slot/log"

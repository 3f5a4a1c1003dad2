#!/bin/sh
# Makes what u-boot loads out of a slot, a FIT with the kernel, an initramfs and the boards' device
# trees: fit.sh INITRAMFS FILE. The kernel is what the stage slot has compressed.
set -eu
# shellcheck source=src/build/image/common.sh
. "$(dirname "$0")/common.sh"

initrd=$1
out=$2
slot=$(made slot)

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
  piece initrd "$initrd" ramdisk none 'os = "linux";'
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
} >"$out.its"
mkimage -q -f "$out.its" "$out" >"$out.log" 2>&1 || {
  cat "$out.log" >&2
  fail "mkimage can't make the kernel's image; its own words stand above."
}
rm "$out.its" "$out.log"

#!/bin/sh
# Takes the kernel out of its packages, and of its modules those that board/common/modules and
# board/common/initramfs name, with what these depend on.
# shellcheck source=src/build/image/common.sh
. "$(dirname "$0")/common.sh"

made=$(made kernel)
all=$made/all
rm -rf "$made"
mkdir -p "$all"
for deb in "$(made debs)"/linux-*.deb; do
  dpkg-deb -x "$deb" "$all" || fail "$deb is damaged: delete it."
done
for modules in "$all"/usr/lib/modules/* "$all"/lib/modules/*; do
  [ ! -d "$modules" ] || break
done
release=${modules##*/}
# kmod looks for lib/modules.
[ -d "$all/lib/modules" ] || ln -s usr/lib "$all/lib"
depmod -b "$all" "$release"
# Debian's newer kernels have all of theirs in one folder.
kernel=$modules/vmlinuz
[ -r "$kernel" ] || kernel=$all/boot/vmlinuz-$release
cp "$kernel" "$made/vmlinuz"
echo "$release" >"$made/release"

# take FOLDER FILE: the modules that FILE names, with all that these need, unpacked, into FOLDER
take() {
  for word in $(words "$2"); do
    name=${word%\?}
    if ! modprobe -d "$all" -S "$release" --show-depends "$name" >>"$made/needed" 2>/dev/null; then
      [ "$name" != "$word" ] || fail "the kernel $release has no module $name, which $2 names; a ? behind the name would allow that."
    fi
  done
  mkdir -p "$1/usr/lib/modules/$release"
  cp "$modules"/modules.builtin "$modules"/modules.builtin.modinfo "$modules"/modules.order \
    "$1/usr/lib/modules/$release/"
  sed -n 's/^insmod \([^ ]*\).*/\1/p' "$made/needed" | sort -u | while read -r file; do
    into=$1/usr/lib/modules/$release/${file#*/lib/modules/"$release"/}
    mkdir -p "${into%/*}"
    case $file in
      *.xz) xz -dc "$file" >"${into%.xz}" ;;
      *.zst) zstd -qdc "$file" >"${into%.zst}" ;;
      *) cp "$file" "$into" ;;
    esac
  done
  rm -f "$made/needed"
  ln -s usr/lib "$1/lib"
  depmod -b "$1" "$release"
  rm "$1/lib"
}

take "$made/root" board/common/modules
take "$made/initramfs" board/common/initramfs
mkdir "$made/dtb"
for folder in "$modules/dtb/broadcom" "$all"/usr/lib/linux-image-*/broadcom; do
  [ ! -d "$folder" ] || cp "$folder"/bcm27*.dtb "$folder"/bcm2837-rpi-*.dtb "$made/dtb/"
done
rm -rf "$all"

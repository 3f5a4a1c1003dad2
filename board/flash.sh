#!/bin/sh
# Writes an image onto a card and reads it back: flash.sh IMAGE.img.zst|IMAGE.img.xz DEVICE
#
# Everything on the card goes. So it takes a whole disk only, none that is in use, shows what it is,
# and asks for its name once more.
set -eu

fail() {
  echo "flash.sh: $*" >&2
  exit 1
}

[ $# -eq 2 ] || fail "usage: flash.sh IMAGE.img.zst|IMAGE.img.xz DEVICE, such as /dev/sdb"
image=$1
device=$2
[ -r "$image" ] || fail "$image can't be read."
[ -b "$device" ] || fail "$device is no disk: name the card reader's device, such as /dev/sdb."
name=$(basename "$(readlink -f "$device")")
[ -d "/sys/block/$name" ] || fail "$device is a part of a disk: name the whole disk."
[ -w "$device" ] || fail "$device can't be written to: run this as root."
if grep -q "^/dev/${name}[p0-9]* " /proc/mounts /proc/swaps; then
  fail "$device is in use: unmount all of it first."
fi

unpack() {
  case $image in
    *.zst) zstd -qdc "$image" ;;
    *.xz) xz -dc "$image" ;;
    *) fail "$image is neither .zst nor .xz." ;;
  esac
}

# What the image's own sum says, where it lies beside it.
if [ -r "$image.sha256" ]; then
  (cd "$(dirname "$image")" && sha256sum --quiet -c "$(basename "$image").sha256") ||
    fail "$image is damaged: fetch it again."
fi

echo "$device: $(cat "/sys/block/$name/device/model" 2>/dev/null || echo 'a card'), $(($(cat "/sys/block/$name/size") / 2097152)) GiB"
echo "Everything on it will be lost. To go on, type its name ($name):"
read -r answer
[ "$answer" = "$name" ] || fail "nothing was written."

unpack | dd of="$device" bs=4M conv=fsync status=none || fail "$device can't be written to: try another card."
blockdev --flushbufs "$device"
bytes=$(unpack | wc -c)
wanted=$(unpack | sha256sum)
is=$(head -c "$bytes" "$device" | sha256sum)
[ "$wanted" = "$is" ] || fail "what is on $device now is not what was written: try another card."
sync
echo "The image is on $device, read back and the same. The card can be taken out."

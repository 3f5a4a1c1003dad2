# shellcheck shell=sh disable=SC2034 # read by who includes it
# What u-boot knows of the two slots (board/common/boot.cmd has the words and the layout), read and
# written here by root alone; noren-helper includes it.

# Where in a slot its kernel begins, and how much a slot has room for, in blocks of 4096 bytes.
slot_boot_at=32768
slot_boot_blocks=8192
# The two copies of the state on the disk, in blocks of 512 bytes, as far apart as there is room.
state_blocks="2048 6144"
# What nobody but root writes to, and whose room nobody else takes: in memory.
own=${NOREN_OWN:-/run/noren-helper}

# device_of NUMBER: noren-helper has patterns off, and partition needs them
device_of() (
  set +f
  partition "$1"
)

# slot_device a|b
slot_device() {
  case $1 in
    a) device_of 2 ;;
    b) device_of 3 ;;
  esac
}

# Sets slot, other, slot_disk; fails on a machine that has no slots.
find_slots() {
  slot=$(kernel_word noren.slot)
  case $slot in
    a) other=b ;;
    b) other=a ;;
    *) return 1 ;;
  esac
  slot_disk=${NOREN_DISK:-}
  if [ -z "$slot_disk" ]; then
    device=$(device_of 1 2>/dev/null) || return 1
    slot_disk=/dev/$(basename "$(dirname "$(readlink -f "/sys/class/block/${device#/dev/}")")")
  fi
  [ -e "$slot_disk" ]
}

# Prints the four bytes of a file's CRC-32, as the end of a gzip file has them.
crc_bytes() {
  gzip -c <"$1" | tail -c 8 | head -c 4
}

# Reads one copy into $own/words; fails where it is not whole.
read_copy() {
  dd if="$slot_disk" of="$own/block" bs=512 skip="$1" count=1 2>/dev/null
  tail -c +5 "$own/block" >"$own/words"
  crc_bytes "$own/words" >"$own/crc"
  head -c 4 "$own/block" | cmp -s - "$own/crc"
}

# Sets good, try, left, ready and back from the first whole copy; a new card has none.
read_state() {
  good=a try='' left=0 ready='' back=''
  for copy_at in $state_blocks; do
    read_copy "$copy_at" || continue
    tr '\000' '\n' <"$own/words" >"$own/lines"
    while IFS='=' read -r key value; do
      case $key in
        good) good=$value ;;
        try) try=$value ;;
        left) left=$value ;;
        ready) ready=$value ;;
        back) back=$value ;;
      esac
    done <"$own/lines"
    break
  done
}

# Writes them, one copy after the other, and reads each back.
write_state() {
  {
    printf '%s\0' "good=$good" "try=$try" "left=$left" "ready=$ready" "back=$back"
    head -c 508 /dev/zero
  } | head -c 508 >"$own/words"
  { crc_bytes "$own/words" && cat "$own/words"; } >"$own/new"
  [ "$(stat -c %s "$own/new")" -eq 512 ] || return 1
  for copy_at in $state_blocks; do
    dd if="$own/new" of="$slot_disk" bs=512 seek="$copy_at" conv=notrunc,fsync 2>/dev/null &&
      read_copy "$copy_at" && cmp -s "$own/block" "$own/new" || return 1
  done
}

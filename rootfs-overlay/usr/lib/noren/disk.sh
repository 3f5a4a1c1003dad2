# shellcheck shell=sh
# Where the image's partitions are. Read by init.d/data, kit and noren-helper.

# Prints the partition of the disk that / comes from, by its number (board/common/genimage.cfg).
partition() {
  uuid=
  read -r words </proc/cmdline
  for word in $words; do
    case $word in
      root=PARTUUID=*)
        uuid=${word#root=PARTUUID=}
        uuid=${uuid%-*}
        ;;
    esac
  done
  for event in /sys/class/block/*/uevent; do
    if grep -qix "PARTUUID=$uuid-0$1" "$event"; then
      sed -n 's|^DEVNAME=|/dev/|p' "$event"
      return
    fi
  done
  echo "the disk has no partition $1." >&2
  return 1
}

# shellcheck shell=sh
# Where the image's partitions are, and what the kernel was told. Read by init.d/data and devices, kit and
# noren-helper.

# Prints the value of a word of the kernel's command line.
kernel_word() {
  read -r words <"${NOREN_CMDLINE:-/proc/cmdline}"
  for each in $words; do
    case $each in "$1"=*) echo "${each#"$1"=}" ;; esac
  done
}

# Prints the partition of the disk that / comes from, by its number (board/common/genimage.cfg).
partition() {
  uuid=$(kernel_word root)
  uuid=${uuid#PARTUUID=}
  uuid=${uuid%-*}
  for event in /sys/class/block/*/uevent; do
    if grep -qix "PARTUUID=$uuid-0$1" "$event"; then
      sed -n 's|^DEVNAME=|/dev/|p' "$event"
      return
    fi
  done
  echo "the disk has no partition $1." >&2
  return 1
}

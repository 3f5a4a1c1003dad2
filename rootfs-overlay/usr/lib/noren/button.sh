# shellcheck shell=sh disable=SC2154
# Whether the box's button is held, as the kernel has it: whoever has got hold of the router can say
# much, but presses no button. Read by update.sh, which has is_number.
board_file=${NOREN_BOARD:-/usr/share/noren/board}
gpio_lines=${NOREN_GPIO:-/sys/kernel/debug/gpio}

# Sets button_chip, button_line and button_low, where the board has a button.
find_button() {
  button_chip='' button_line='' button_low=no
  [ -r "$board_file" ] || return 1
  while read -r what kind chip offset flags; do
    if [ "$what $kind" != "button gpio" ] || ! is_number "$offset" 0 1023; then
      continue
    fi
    button_chip=$chip button_line=$offset
    case " $flags " in *" active-low "*) button_low=yes ;; esac
  done <"$board_file"
  [ -n "$button_chip" ] || return 1
  [ -e "$gpio_lines" ] || mount -t debugfs -o mode=0700 debugfs /sys/kernel/debug 2>/dev/null
  [ -r "$gpio_lines" ]
}

# Whether it is held at this moment. The kernel writes a line for each chip, which ends with the chip's
# name and a colon, and below it one for each of its lines in use: " gpio-3 (... ) in lo IRQ". Some
# kernels count the lines of all chips on, and say where each begins: "GPIOs 512-527".
is_button_held() {
  level=$(awk -v chip="$button_chip" -v line="$button_line" '
    /^gpiochip/ {
      sub(/, can sleep:$/, ":")
      tail = substr($0, length($0) - length(chip) - 1)
      here = tail == " " chip ":"
      base = 0
      if (match($0, /GPIOs [0-9]+-/)) base = substr($0, RSTART + 6, RLENGTH - 7) + 0
    }
    here && $1 == "gpio-" (base + line) && match($0, /\) +in +(hi|lo)/) {
      print substr($0, RSTART + RLENGTH - 2, 2)
      exit
    }' "$gpio_lines" 2>/dev/null)
  case $level-$button_low in hi-no | lo-yes) return 0 ;; esac
  return 1
}

# await_button SECONDS: whether it is held at some moment until then.
await_button() {
  looks=0
  until is_button_held; do
    looks=$((looks + 1))
    [ $looks -lt $(($1 * 4)) ] || return 1
    sleep 0.25
  done
}

# shellcheck shell=sh disable=SC2154 # group, scripts and router are noren-helper's
# The part of noren-helper that puts the router's support file onto the boot partition, where any PC can
# read it.
most_support=1500000

# The router's own file under our name for it, which the router can't make another one of: no link, no
# pipe, and not somebody else's that the router may only point at.
take_support() {
  rm -f support
  ln ../support/file support 2>/dev/null && [ -f support ] && [ ! -L support ] &&
    [ "$(stat -c %u support)" = "$router" ]
}

# Onto the card, and away here before anybody hears of it.
put_support() {
  # shellcheck disable=SC2094 # the kit's word is no file
  head -c $most_support <support | "$scripts/kit" support "$state" 3<&- >/dev/null 2>&1
  put=$?
  rm -f support
  return $put
}

write_support() {
  if [ $# -ne 0 ]; then
    refuse "support takes no argument"
  elif ! find_slots; then
    refuse "this machine has no slots, and so no such partition"
  elif ! take_support; then
    refuse "there is no support file of the router's own"
  elif [ "$(stat -c %s support)" -gt $most_support ]; then
    refuse "the support file is larger than $most_support bytes"
  elif put_support; then
    answer ok
  else
    answer "failed: the card can't be written, or it is full"
  fi
  rm -f support
}

# It has names in it, of who had the box before.
forget_support() {
  ! find_slots || "$scripts/kit" forget "$state" 3<&- >/dev/null 2>&1
}

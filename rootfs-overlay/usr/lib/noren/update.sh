# shellcheck shell=sh disable=SC2154,SC2034 # group and scripts are noren-helper's, the rest is slots.sh's
# The part of noren-helper that puts an update into the slot that does not run, has it tried, and keeps
# it when the router says that it is healthy. docs/IMAGE.md has the layout of the file.
#
# What the file says is believed only once it is in the slot and has been read back from there with the
# sums that are signed: the router could change it in between. Until then the slot's kernel lacks its
# first block, so that u-boot passes it over, whatever it knows of the slots.
update_key=${NOREN_UPDATE_KEY:-/usr/share/noren/update.pub}
release=${NOREN_RELEASE:-/usr/share/noren/release}
# A name of our own for the router's file, which can't become another one's.
update_file=image
# The first process after the kernel's that watches a trial; the initramfs leaves its number here.
trial_pid=${NOREN_TRIAL:-/dev/noren-trial}
# How long somebody has to press the button where a version is older, in seconds.
button_seconds=120
# At once, in blocks of 4096 bytes.
update_chunk=1024

# say_update WORDS: what the router and its page see
say_update() {
  echo "$*" >update.new && chgrp -- "$group" update.new && chmod 0640 update.new && mv -f update.new update
}

# At the start: what became of a trial.
begin_updates() {
  if ! { mkdir -p "$own" && chmod 0700 "$own"; }; then
    die "$own can't be made"
  fi
  if is_update_running; then
    return
  fi
  rm -f update $update_file
  find_slots || return 0
  read_state
  if [ "$try" = "$slot" ] && [ "$left" = 0 ]; then
    say_update "trying $ready"
    return
  fi
  if [ -n "$try" ] && [ "$left" = 0 ]; then
    back=$ready try='' ready=''
    write_state
  fi
  if [ -n "$back" ]; then
    say_update "returned $back"
  elif [ -n "$ready" ]; then
    say_update "ready $ready"
  else
    say_update idle
  fi
}

# Also one that an earlier helper has begun.
is_update_running() {
  lives "$own/pid"
}

# One that has said its last words ends at once.
await_update() {
  waited=0
  while is_update_running && ! grep -Eq '^(writing|older) ' update && [ $waited -lt 50 ]; do
    sleep 0.1
    waited=$((waited + 1))
  done
}

# is_version TEXT
is_version() {
  case $1 in
    '' | [!0-9A-Za-z]* | *[!0-9A-Za-z.+~_-]*) return 1 ;;
  esac
  [ ${#1} -le 64 ]
}

# is_sum TEXT
is_sum() {
  case $1 in *[!0-9a-f]*) return 1 ;; esac
  [ ${#1} -eq 64 ]
}

# Reads the signed head; sets version, seconds, root_blocks, root_sum, boot_blocks, boot_sum, or why.
read_head() {
  why=not-an-update
  rm -f $update_file
  # A file, and the same one from here on: neither a link nor a pipe that the router could put there.
  ln ../update/image $update_file 2>/dev/null || return 1
  [ -f $update_file ] && [ ! -L $update_file ] || return 1
  dd if=$update_file bs=4096 count=1 2>/dev/null | tr -d '\000' >"$own/signed"
  case $(head -c 18 "$own/signed") in 'untrusted comment:') ;; *) return 1 ;; esac
  why=signature
  rm -f "$own/text"
  signify-openbsd -V -e -q -p "$update_key" -x "$own/signed" -m "$own/text" >/dev/null 2>&1 || return 1
  why=not-an-update
  version='' seconds='' root_blocks='' boot_blocks='' root_sum='' boot_sum=''
  {
    read -r first && [ "$first" = "noren-update 1" ] || return 1
    while read -r key value sum; do
      case $key in
        version) version=$value ;;
        time) seconds=$value ;;
        root) root_blocks=$(blocks_of "$value") root_sum=$sum ;;
        boot) boot_blocks=$(blocks_of "$value") boot_sum=$sum ;;
      esac
    done
  } <"$own/text"
  is_version "$version" && is_number "$seconds" "$least_clock" "$most_clock" &&
    is_sum "$root_sum" && is_sum "$boot_sum" || return 1
  why=too-large
  is_number "$root_blocks" 1 "$slot_boot_at" && is_number "$boot_blocks" 2 "$slot_boot_blocks" || return 1
  why=older
  mine=$(sed -n 's/^time \([0-9]*\)$/\1/p' "$release" 2>/dev/null)
  [ -n "$mine" ] && [ "$seconds" -ge "$mine" ]
}

# Prints how many blocks so many bytes are; nothing for what has a part of one.
blocks_of() {
  is_number "$1" 4096 2147483647 && [ $(($1 % 4096)) -eq 0 ] && echo $(($1 / 4096))
}

# copy_blocks FROM INTO COUNT: from one place in the file to one in the slot; counts them in written
copy_blocks() {
  copied=0
  while [ "$copied" -lt "$3" ]; do
    now=$(($3 - copied))
    [ $now -le $update_chunk ] || now=$update_chunk
    dd if=$update_file of="$device" bs=4096 skip=$(($1 + copied)) seek=$(($2 + copied)) count=$now \
      conv=notrunc,fsync iflag=fullblock 2>/dev/null || return 1
    copied=$((copied + now))
    written=$((written + now))
    say_update "writing $((written * 95 / (root_blocks + boot_blocks))) $version"
  done
}

# Prints blocks AT COUNT of the slot as the card has them, not as memory remembers them.
from_card() {
  blockdev --flushbufs "$device" 2>/dev/null
  echo 1 2>/dev/null >/proc/sys/vm/drop_caches
  dd if="$device" bs=4096 skip="$1" count="$2" iflag=fullblock 2>/dev/null
}

# has_sum SUM: whether the standard input has it
has_sum() {
  [ "$(sha256sum | cut -d ' ' -f 1)" = "$1" ]
}

# first_block FILE: it becomes that of the slot's kernel
first_block() {
  dd if="$1" of="$device" bs=4096 count=1 seek="$slot_boot_at" conv=notrunc,fsync 2>/dev/null
}

# Sets ready, or why; the kernel's first block is the last thing that is written.
write_slot() {
  why=card
  # Nobody starts what is being written over.
  good=$slot try='' left=0 ready='' back='' written=0
  write_state && first_block /dev/zero && copy_blocks 1 0 "$root_blocks" || return 1
  dd if=$update_file of="$own/first" bs=4096 skip=$((1 + root_blocks)) count=1 2>/dev/null
  copy_blocks $((2 + root_blocks)) $((slot_boot_at + 1)) $((boot_blocks - 1)) || return 1
  why=damaged
  from_card 0 "$root_blocks" | has_sum "$root_sum" || return 1
  { cat "$own/first" && from_card $((slot_boot_at + 1)) $((boot_blocks - 1)); } | has_sum "$boot_sum" ||
    return 1
  why=card
  first_block "$own/first" && from_card "$slot_boot_at" "$boot_blocks" | has_sum "$boot_sum" || return 1
  ready=$version
  write_state
}

# In the background, after read_head.
install_update() {
  device=${NOREN_SLOT:-}
  if [ "$older" = yes ] && ! await_button $button_seconds; then
    say_update "failed older"
  elif [ -z "$device" ] && ! device=$(slot_device "$other"); then
    say_update "failed no-slots"
  elif write_slot; then
    say_update "ready $version"
  else
    first_block /dev/zero
    ready=''
    write_state
    say_update "failed $why"
  fi
  rm -f $update_file "$own/first" "$own/signed" "$own/text"
}

# update VERB
handle_update() {
  if [ $# -ne 1 ]; then
    refuse "update takes install, try or commit"
    return
  fi
  if ! find_slots; then
    refuse "this machine has no slots"
    return
  fi
  await_update
  if is_update_running; then
    refuse "an update is being written"
    return
  fi
  read_state
  case $1 in
    install)
      if [ "$try" = "$slot" ]; then
        refuse "this version has not proved itself yet"
        return
      fi
      older=no
      if read_head; then
        say_update "writing 0 $version"
      elif [ $why = older ] && find_button; then
        older=yes
        say_update "older $version"
      else
        rm -f $update_file
        say_update "failed $why"
        answer ok
        return
      fi
      install_update </dev/null >/dev/null 2>&1 3<&- &
      pid=$!
      ! ticks=$(began "$pid") || echo "$pid $ticks" >"$own/pid"
      answer ok
      ;;
    try)
      if [ -z "$ready" ] || [ "$try" = "$slot" ]; then
        refuse "there is nothing to try"
        return
      fi
      try=$other left=1
      if write_state; then
        restart_machine
      else
        answer "failed: the card can't be written"
      fi
      ;;
    commit)
      if [ "$try" != "$slot" ]; then
        refuse "nothing is being tried"
        return
      fi
      good=$slot try='' left=0 ready='' back=''
      if write_state; then
        [ ! -s "$trial_pid" ] || kill -USR1 "$(cat "$trial_pid")" 2>/dev/null
        say_update idle
        answer ok
      else
        answer "failed: the card can't be written"
      fi
      ;;
    *) refuse "update takes install, try or commit" ;;
  esac
}

# shellcheck shell=sh disable=SC2154 # root and name come from who reads this
# What Noren's start scripts share: a program is kept running in the background, started again when
# it ends, and ended with all that it started. Read by init.d/noren*, which set `root` (empty on a
# router; a folder in tests) and `name`.

PATH=$root/usr/sbin:$root/usr/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
pidfile=$root/run/$name.pid

# How long it rests before the program is started again, and may take to end, in seconds.
rest_seconds=2
grace_seconds=30

# Whether it is kept running; sets pid to who keeps it. Another process with that number does not count.
is_kept() {
  pid=
  { read -r pid <"$pidfile"; } 2>/dev/null || return 1
  tr '\000' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- " keep $name "
}

# start_kept COMMAND...
start_kept() {
  if is_kept; then
    echo "$name runs already."
    return 0
  fi
  mkdir -p "$root/run"
  rm -f "$pidfile"
  # In a session of its own, so that all of it can be ended together.
  setsid sh "$root/usr/lib/noren/keep" keep "$name" "$pidfile" $rest_seconds "$@" </dev/null >/dev/null 2>&1 &
  tries=0
  until is_kept; do
    tries=$((tries + 1))
    if [ $tries -gt 100 ]; then
      echo "$name could not be started." >&2
      return 1
    fi
    sleep 0.1
  done
  echo "$name is started."
}

stop_kept() {
  if ! is_kept; then
    echo "$name does not run."
    return 0
  fi
  keeper=$pid
  kill -TERM "$keeper"
  tries=0
  while is_kept; do
    tries=$((tries + 1))
    if [ $tries -gt $((grace_seconds * 10)) ]; then
      echo "$name does not end when asked, so it is killed." >&2
      kill -KILL -- "-$keeper"
      break
    fi
    sleep 0.1
  done
  # What the program has left in its session, if anything.
  kill -TERM -- "-$keeper" 2>/dev/null
  rm -f "$pidfile"
  echo "$name is stopped."
}

# As LSB has it: 0 where it runs, 3 where not.
status_kept() {
  if is_kept; then
    echo "$name runs."
  else
    echo "$name does not run."
    return 3
  fi
}

usage() {
  echo "usage: $0 start|stop|restart|status" >&2
  exit 2
}

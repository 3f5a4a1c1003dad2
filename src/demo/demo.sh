#!/usr/bin/env bash
# Two shops and the internet between them on this machine, a Noren in each; run it with `make demo`.
#
#   Tokyo                             the internet                           Osaka
#   LAN 192.168.10.1  198.51.100.2 ── .1        .1 ── 203.0.113.2  LAN 192.168.20.1
#          └──────────────── tunnel 10.77.0.1 ══ 10.77.0.2 ────────────────┘
#
# DEMO_ONCE=1 ends as soon as everything was shown: exit code 0 when all worked, 1 when not.
# Every name holds this process's number, so demos side by side do not meet, and what a killed one
# left behind is known by its number and removed by the next.
# shellcheck disable=SC2317 # the functions are called by traps and through `step`
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
noren=$root/noren
JAVA_HOME=$("$root/src/build/with-jdk.sh")
export JAVA_HOME

id=$$
work=
step_pid=
finished=
tokyo=noren-$id-tokyo
internet=noren-$id-internet
osaka=noren-$id-osaka
tokyo_if=tokyo$id
osaka_if=osaka$id
megabytes=10

in_shop() { ip netns exec "$@"; }

# --- what the watcher sees ---

ok() { printf '  \033[32m✓\033[0m %s\n' "$1"; }
bad() { printf '  \033[31m✗\033[0m %s\n' "$1"; }
title() { printf '\n%s\n' "$1"; }
indent() { sed 's/^/      /' "$@"; }
if ! [ -t 1 ]; then
  ok() { printf '  ✓ %s\n' "$1"; }
  bad() { printf '  ✗ %s\n' "$1"; }
fi

# step TEXT COMMAND...: runs it, says how it went, and ends the demo if it failed.
step() {
  local text=$1 code=0
  shift
  # In the background, so that Ctrl-C is heard at once; not in a condition, so that set -e holds in it.
  (set -e; "$@") >"$work/step.log" 2>&1 &
  step_pid=$!
  wait "$step_pid" || code=$?
  step_pid=
  if [ "$code" -ne 0 ]; then
    bad "$text"
    indent "$work/step.log"
    for log in "$work"/*-noren.log; do
      if [ -s "$log" ]; then
        printf '    the last lines of %s:\n' "${log##*/}"
        tail -n 15 "$log" | indent
      fi
    done
    exit 1
  fi
  ok "$text"
}

# --- cleaning up ---

# Ends what runs in a namespace, which nobody else knows of, and removes it.
remove_namespace() {
  local namespace=$1 signal pids pid i
  for signal in TERM KILL; do
    pids=$(ip netns pids "$namespace" 2>/dev/null) || return 0
    for pid in $pids; do
      kill "-$signal" "$pid" 2>/dev/null || true
    done
    for ((i = 0; i < 100; i++)); do
      [ -n "$(ip netns pids "$namespace" 2>/dev/null)" ] || break 2
      sleep 0.1
    done
  done
  ip netns del "$namespace" 2>/dev/null || true
}

remove_demo() {
  local number=$1
  remove_namespace "noren-$number-tokyo"
  remove_namespace "noren-$number-osaka"
  remove_namespace "noren-$number-internet"
  rm -f "/var/run/wireguard/tokyo$number.sock" "/var/run/wireguard/osaka$number.sock"
  rm -rf "${TMPDIR:-/tmp}/noren-demo.$number".*
}

# Removes what demos left behind that were killed before they could clean up.
remove_dead_demos() {
  local number
  for number in $({
    ip netns list | sed -n 's/^noren-\([0-9]*\)-\(tokyo\|internet\|osaka\)\b.*/\1/p'
    find "${TMPDIR:-/tmp}" -maxdepth 1 -name 'noren-demo.*' | sed -n 's/.*noren-demo\.\([0-9]*\)\..*/\1/p'
  } | sort -u); do
    grep -qs demo.sh "/proc/$number/cmdline" || remove_demo "$number"
  done
}

on_exit() {
  local code=$?
  trap '' INT TERM HUP PIPE
  trap - EXIT
  set +e
  printf '\n'
  if [ -n "$step_pid" ]; then
    kill "$step_pid" 2>/dev/null
  fi
  remove_demo "$id"
  ok "cleaned up"
  exit "$code"
}

on_interrupt() {
  [ -z "$finished" ] || exit 0
  exit 130
}

# --- the steps ---

make_namespaces() {
  local namespace
  for namespace in "$tokyo" "$internet" "$osaka"; do
    ip netns add "$namespace"
    ip -n "$namespace" link set lo up
  done
  ip netns exec "$internet" sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'
}

# connect NAMESPACE LAN_ADDRESS OWN_ADDRESS INTERNETS_ADDRESS INTERNETS_INTERFACE
connect() {
  ip -n "$1" link add wan type veth peer name "$5" netns "$internet"
  ip -n "$1" addr add "$3/24" dev wan
  ip -n "$1" link set wan up
  ip -n "$internet" addr add "$4/24" dev "$5"
  ip -n "$internet" link set "$5" up
  ip -n "$1" route add default via "$4"
  # The shop's own network: a cable with both ends here.
  ip -n "$1" link add lan type veth peer name lan-socket
  ip -n "$1" addr add "$2/24" dev lan
  ip -n "$1" link set lan up
  ip -n "$1" link set lan-socket up
}

make_keys() {
  local shop
  for shop in tokyo osaka; do
    "$noren" genkey >"$work/$shop.key"
    "$noren" pubkey <"$work/$shop.key" >"$work/$shop.pub"
  done
  "$noren" genpsk >"$work/psk"
}

# write_config SHOP FILE TUNNEL_ADDRESS PEER PEER_ENDPOINT PEER_ALLOWED_IPS
write_config() {
  local text
  text=$(<"$root/src/demo/shop.conf")
  text=${text//@SHOP@/"$1"}
  text=${text//@PRIVATE_KEY@/"$(<"$work/$1.key")"}
  text=${text//@TUNNEL_ADDRESS@/"$3"}
  text=${text//@PEER@/"$4"}
  text=${text//@PEER_PUBLIC_KEY@/"$(<"$work/$4.pub")"}
  text=${text//@PRESHARED_KEY@/"$(<"$work/psk")"}
  text=${text//@PEER_ENDPOINT@/"$5"}
  text=${text//@PEER_ALLOWED_IPS@/"$6"}
  printf '%s\n' "$text" >"$2"
}

out_of_reach() {
  ! ping_from "$tokyo" 192.168.10.1 192.168.20.1 1
}

# ping_from NAMESPACE SOURCE DESTINATION COUNT
ping_from() {
  in_shop "$1" ping -n -c "$4" -i 0.2 -W 2 -I "$2" "$3"
}

# wait_for_noren NAMESPACE INTERFACE PID OTHER_LAN: until it answers wg and its route stands.
wait_for_noren() {
  for ((i = 0; i < 600; i++)); do
    if wg show "$2" >/dev/null 2>&1 && ip -n "$1" route get "$4" 2>/dev/null | grep -qw "dev $2"; then
      return
    fi
    if ! kill -0 "$3" 2>/dev/null; then
      echo "noren has ended"
      return 1
    fi
    sleep 0.1
  done
  echo "noren is not ready after a minute"
  return 1
}

wait_for_web() {
  for ((i = 0; i < 100; i++)); do
    ! in_shop "$tokyo" curl -fsS --max-time 5 -o /dev/null http://192.168.10.1:8080/ 2>/dev/null || return 0
    sleep 0.1
  done
  cat "$work/web.log"
  return 1
}

download() {
  in_shop "$osaka" curl -fsS --max-time 120 -o "$work/received" -w '%{time_total}' \
    --interface 192.168.20.1 http://192.168.10.1:8080/goods.bin >"$work/seconds"
}

same_bytes() {
  [ "$(sha256sum <"$work/www/goods.bin")" = "$(sha256sum <"$work/received")" ]
}

has_handshake() {
  [ "$(wg show "$1" latest-handshakes | cut -f 2)" -gt 0 ]
}

# --- the demo ---

umask 077
trap on_exit EXIT
trap on_interrupt INT
trap 'exit 143' TERM HUP
remove_dead_demos
work=$(mktemp -d "${TMPDIR:-/tmp}/noren-demo.$id.XXXXXX")
mkdir "$work/www"

title "Noren: two shops, one tunnel"
step "three network namespaces: $tokyo, $internet, $osaka" make_namespaces
step "Tokyo: LAN 192.168.10.1, line 198.51.100.2" connect "$tokyo" 192.168.10.1 198.51.100.2 198.51.100.1 to-tokyo
step "Osaka: LAN 192.168.20.1, line 203.0.113.2" connect "$osaka" 192.168.20.1 203.0.113.2 203.0.113.1 to-osaka
step "the lines work: Tokyo reaches Osaka's router" ping_from "$tokyo" 198.51.100.2 203.0.113.2 2
step "but not the network behind it: there is no tunnel yet" out_of_reach

title "Keys and configuration"
step "a key pair for each shop and a pre-shared key (noren genkey, pubkey, genpsk)" make_keys
step "$work/$tokyo_if.conf" write_config tokyo "$work/$tokyo_if.conf" 10.77.0.1/24 \
  osaka 203.0.113.2:51820 "10.77.0.2/32, 192.168.20.0/24"
step "$work/$osaka_if.conf" write_config osaka "$work/$osaka_if.conf" 10.77.0.2/24 \
  tokyo 198.51.100.2:51820 "10.77.0.1/32, 192.168.10.0/24"

title "A Noren in each shop (noren up FILE.conf)"
in_shop "$tokyo" "$noren" up --state "$work/tokyo" "$work/$tokyo_if.conf" >"$work/tokyo-noren.log" 2>&1 </dev/null &
tokyo_pid=$!
in_shop "$osaka" "$noren" up --state "$work/osaka" "$work/$osaka_if.conf" >"$work/osaka-noren.log" 2>&1 </dev/null &
osaka_pid=$!
step "Tokyo's is ready" wait_for_noren "$tokyo" "$tokyo_if" "$tokyo_pid" 192.168.20.1
step "Osaka's is ready" wait_for_noren "$osaka" "$osaka_if" "$osaka_pid" 192.168.10.1

title "Traffic"
step "ping, Tokyo's LAN to Osaka's LAN" ping_from "$tokyo" 192.168.10.1 192.168.20.1 3
tail -n 2 "$work/step.log" | indent
step "ping, Osaka's LAN to Tokyo's LAN" ping_from "$osaka" 192.168.20.1 192.168.10.1 3
tail -n 2 "$work/step.log" | indent
head -c $((megabytes * 1000000)) /dev/urandom >"$work/www/goods.bin"
in_shop "$tokyo" "$JAVA_HOME/bin/jwebserver" -b 192.168.10.1 -p 8080 -d "$work/www" >"$work/web.log" 2>&1 </dev/null &
step "a web server in Tokyo" wait_for_web
step "Osaka downloads $megabytes MB from it" download
awk -v megabytes="$megabytes" '{ printf "      %.2f s, %.0f Mbit/s, Java still warming up\n", $1, megabytes * 8 / $1 }' "$work/seconds"
step "every byte is the same (SHA-256)" same_bytes

title "Both ends, as wg sees them"
step "wg show $tokyo_if" has_handshake "$tokyo_if"
wg show "$tokyo_if" | indent
step "wg show $osaka_if" has_handshake "$osaka_if"
wg show "$osaka_if" | indent

if [ "${DEMO_ONCE:-}" = 1 ]; then
  title "All worked."
  exit 0
fi

finished=yes
cat <<END

All worked, and all is still up. Try as root in another terminal:

  wg show $tokyo_if
  $noren show $osaka_if
  ip netns exec $tokyo ping 192.168.20.1
  ip netns exec $osaka curl --interface 192.168.20.1 http://192.168.10.1:8080/
  ip -n $tokyo route
  ip -n $osaka link set $osaka_if mtu 1280

Ctrl-C ends the demo and cleans up.
END
ended=0
wait -n "$tokyo_pid" "$osaka_pid" || ended=$?
bad "a Noren has ended by itself, with exit code $ended:"
tail -n 15 "$work"/*-noren.log | indent
exit 1

#!/bin/sh
# Lets a router run for a moment in a network of its own that leads nowhere, on the Java of in-java21.sh,
# and writes down which classes it loads until its page is served: rehearse.sh JAR LIST, in a network
# namespace.
set -eu
jar=$1
list=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

ip link set lo up
for port in eth0 eth1; do
  ip link add "$port" type veth peer name "far-$port"
  ip link set "far-$port" up
done
mkdir -m 0700 "$work/state"
umask 077
cat >"$work/shop.json" <<END
{"schema": 1, "role": "router", "ports": {"wan": ["eth0"], "lan": ["eth1"]},
 "wan": [{"port": "eth0", "method": "static", "address": "192.0.2.2/24", "gateway": "192.0.2.1",
          "dns": ["192.0.2.1"]}],
 "lan": {"address": "192.168.9.1/24"}}
END
"$JAVA_HOME/bin/java" -jar "$jar" config import "$work/shop.json" --state "$work/state" >"$work/log" 2>&1 || {
  cat "$work/log" >&2
  exit 1
}
# Nothing comes from another archive, or the list would lack what that brings ready-made.
"$JAVA_HOME/bin/java" -Xshare:off -XX:+UseSerialGC -Xmx64m -XX:DumpLoadedClassList="$list" \
  -jar "$jar" run --state "$work/state" >"$work/log" 2>&1 </dev/null &
java=$!

page=
tries=0
while [ -z "$page" ] && kill -0 $java 2>/dev/null && [ $tries -lt 600 ]; do
  tries=$((tries + 1))
  sleep 0.2
  page=$(ss -Htln 'sport = :80' | awk '{print $4; exit}')
done
own=$(ip -4 -o address show dev eth1 2>/dev/null | awk '{sub("/.*", "", $4); print $4; exit}')
[ -z "$page" ] || curl -sS -m 20 -o /dev/null "http://${own:-169.254.0.1}/" 2>>"$work/log" || page=
kill -TERM $java 2>/dev/null || true
wait $java || true
if [ -z "$page" ]; then
  echo "the router serves no page in its rehearsal; it said:" >&2
  tail -n 20 "$work/log" >&2
  exit 1
fi

#!/bin/sh
# The tests' own hand in the box, which the image knows nothing of: it comes with the initramfs that a
# test makes out of the image's, and init runs it before the start scripts.
#
# The third port goes into a network of its own, in which a test has a far end; and what comes in by a
# port of QEMU's, a line each, is run: the answer is its output and a line with = and its exit code.
# Commands have FAR, before what is to run in that network; what busybox has too needs its whole path.
PATH=/usr/sbin:/usr/bin
export PATH
port=52:54:00:4e:52:02

# Prints the first that there is of a pattern's files whose content is $2.
whose_content_is() {
  for file in $1; do
    if [ "$(cat "$file" 2>/dev/null)" = "$2" ]; then
      echo "$file"
      return
    fi
  done
}

part_far_end() {
  modprobe virtio_net
  tries=0
  while address=$(whose_content_is '/sys/class/net/*/address' $port) && [ -z "$address" ] && [ $tries -lt 50 ]; do
    tries=$((tries + 1))
    sleep 0.1
  done
  name=${address%/address}
  busybox unshare --net sleep 1000000 &
  echo $! >/probe-far
  while [ "$(readlink /proc/$!/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do sleep 0.1; done
  ip link set "${name##*/}" netns $!
}

serve() {
  FAR="busybox nsenter -t $(cat /probe-far) -n --"
  export FAR
  name=$(whose_content_is '/sys/class/virtio-ports/*/name' probe)
  name=${name%/name}
  exec 3<>"/dev/${name##*/}"
  while :; do
    # Nobody is at the other end yet.
    if ! read -r line <&3; then
      sleep 0.2
      continue
    fi
    sh -c "$line" </dev/null >/probe-said 2>&1 3<&-
    code=$?
    { cat /probe-said && printf '\n=%s\n' $code; } >&3
  done
}

if [ "${1:-}" = serve ]; then
  serve
else
  part_far_end
  setsid "$0" serve </dev/null >/dev/null 2>&1 &
fi

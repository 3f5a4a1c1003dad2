#!/bin/sh
# Makes a Debian machine ready for one of our tasks:
# setup.sh demo|test|bench|soak|unit-java21|image|image-test
# Installs what is missing and nothing else; says nothing where all is there.
set -eu

task=${1:?usage: setup.sh demo|test|bench|soak|unit-java21|image|image-test}
here=$(dirname "$0")
PATH=$PATH:/usr/sbin:/sbin

fail() {
  echo "make $task: $*" >&2
  exit 1
}

# Sets `missing` to the packages of the commands that are not there; each argument is COMMAND:PACKAGE.
find_missing() {
  missing=
  for pair in "$@"; do
    command -v "${pair%%:*}" >/dev/null || missing="$missing ${pair#*:}"
  done
  missing=${missing# }
}

# Prints the first package with a JDK that is new enough and that apt can install; fails where it has none.
jdk_package() {
  for package in openjdk-21-jdk-headless temurin-21-jdk openjdk-25-jdk-headless temurin-25-jdk; do
    if LC_ALL=C apt-cache policy "$package" | grep -q 'Candidate: [0-9]'; then
      echo "$package"
      return
    fi
  done
  return 1
}

need_root() {
  [ "$(id -u)" -eq 0 ] ||
    fail "this needs root, since it $1: try sudo make $task (make build and make unit work without)."
}

need_networks() {
  need_root "makes network namespaces"
  if ! { : <>/dev/net/tun; } 2>/dev/null; then
    modprobe tun 2>/dev/null || true
    { : <>/dev/net/tun; } 2>/dev/null ||
      fail "/dev/net/tun cannot be opened: load the kernel's tun module, or give this container the device."
  fi
  unshare --net true 2>/dev/null ||
    fail "network namespaces cannot be made here: run this outside the container, or give it CAP_SYS_ADMIN."
}

need_mounts() {
  need_root "mounts folders and changes its root"
  unshare --mount true 2>/dev/null ||
    fail "mount namespaces cannot be made here: run this outside the container, or give it CAP_SYS_ADMIN."
}

case $task in
  unit-java21 | image) need_mounts ;;
  *) need_networks ;;
esac

set -- ip:iproute2 wg:wireguard-tools ping:iputils-ping curl:curl mvn:maven
case $task in
  demo)
    set -- "$@" nft:nftables sysctl:procps wireguard-go:wireguard-go tcpdump:tcpdump iperf3:iperf3 \
      dnsmasq:dnsmasq-base busybox:busybox udhcpc:udhcpc dig:bind9-dnsutils setpriv:util-linux
    ;;
  unit-java21) set -- mvn:maven mount:mount dpkg-deb:dpkg ;;
  image | image-test)
    [ "$task" = image ] || set -- "$@" qemu-system-aarch64:qemu-system-arm nft:nftables \
      wireguard-go:wireguard-go iperf3:iperf3 tcpdump:tcpdump dnsmasq:dnsmasq-base \
      busybox:busybox udhcpc:udhcpc dig:bind9-dnsutils sysctl:procps setpriv:util-linux \
      ssh-keygen:openssh-client
    set -- "$@" mount:mount dpkg-deb:dpkg modprobe:kmod cpio:cpio readelf:binutils xz:xz-utils \
      zstd:zstd mksquashfs:squashfs-tools genimage:genimage mcopy:mtools mkfs.vfat:dosfstools \
      mke2fs:e2fsprogs qemu-aarch64-static:qemu-user-static mkimage:u-boot-tools \
      dtc:device-tree-compiler signify-openbsd:signify-openbsd
    ;;
  *)
    set -- "$@" nft:nftables wireguard-go:wireguard-go iperf3:iperf3 tcpdump:tcpdump \
      shellcheck:shellcheck mount:mount sysctl:procps dnsmasq:dnsmasq-base busybox:busybox \
      setpriv:util-linux udhcpc:udhcpc dig:bind9-dnsutils dhclient:isc-dhcp-client \
      kea-dhcp6:kea-dhcp6-server
    # The page is used in a real browser, which needs Japanese letters to show, and found by a name.
    [ "$task" = bench ] ||
      set -- "$@" chromium:chromium chromedriver:chromium-driver avahi-daemon:avahi-daemon \
        openssl:openssl signify-openbsd:signify-openbsd msmtp:msmtp wget:wget
    ;;
esac

find_missing "$@"
case $task in test | soak) fonts= ;; *) fonts=none ;; esac
[ -n "$fonts" ] || [ -e /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc ] ||
  missing="${missing:+$missing }fonts-noto-cjk"
# Prometheus' own client reads the metrics.
[ -n "$fonts" ] || [ -e /usr/lib/python3/dist-packages/prometheus_client/parser.py ] ||
  missing="${missing:+$missing }python3-prometheus-client"
need_jdk=
"$here/with-jdk.sh" >/dev/null 2>&1 || need_jdk=yes
[ -n "$missing$need_jdk" ] || exit 0

command -v apt-get >/dev/null ||
  fail "these Debian packages are missing and there is no apt-get to install them: $missing ${need_jdk:+and a JDK of 21 or later}."

export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# One unreachable source is no reason to stop: what counts is whether the packages can be had.
apt-get -qq update </dev/null >"$log" 2>&1 || true

if [ -n "$need_jdk" ]; then
  if ! jdk=$(jdk_package); then
    # shellcheck disable=SC1091 # read on the machine it runs on
    debian=$(. /etc/os-release && echo "${PRETTY_NAME:-this system}")
    fail "Noren needs a JDK of 21 or later and $debian has no package of one: install Eclipse Temurin 21 (adoptium.net explains how), or unpack any JDK of 21 or later and set JAVA_HOME to its folder."
  fi
  missing=${missing:+$missing }$jdk
fi

echo "Installing $missing"
# shellcheck disable=SC2086 # a list of package names
if ! apt-get -qq -y --no-install-recommends -o Dpkg::Use-Pty=0 install $missing </dev/null >"$log" 2>&1; then
  cat "$log" >&2
  fail "apt-get could not install $missing; its own words stand above."
fi

find_missing "$@"
[ -z "$missing" ] || fail "still missing after the installation: $missing."
"$here/with-jdk.sh" >/dev/null

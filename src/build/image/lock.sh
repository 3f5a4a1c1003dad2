#!/bin/sh
# Writes down which packages in which versions an image is made of, the newest ones there are:
# lock.sh FILE. Lines of: what for (root, kernel, java, boot), name, version.
set -eu
# shellcheck source=src/build/image/common.sh
. "$(dirname "$0")/common.sh"
# shellcheck source=src/build/image/apt.sh
. src/build/image/apt.sh

file=$1
mkdir -p "$cache"

# all_of PACKAGE...: these and what they depend on, with versions
all_of() {
  own_apt apt-get --no-install-recommends -s install "$@" |
    sed -n 's/^Inst \([^ ]*\) (\([^ ]*\) .*/\1 \2/p' | sort
}

# version_of PACKAGE
version_of() {
  own_apt apt-cache policy "$1" |
    sed -n 's/^ *Candidate: \([0-9].*\)/\1/p'
}

fetch_lists
left_out=" $(words board/common/packages | sed -n 's/^-//p' | tr '\n' ' ')"
{
  echo "# Made by make image-lock: what for, package, version."
  # shellcheck disable=SC2046 # names
  all_of $(words board/common/packages | grep -v '^-') >"$cache/all"
  while read -r name version; do
    case $left_out in *" $name "*) ;; *) echo "root $name $version" ;; esac
  done <"$cache/all"
  {
    all_of "linux-image-$architecture/$release-backports" -t "$release-backports" | sed 's/^/kernel-backports /'
    all_of "linux-image-$architecture" | sed 's/^/kernel-stable /'
  } | grep '^[^ ]* linux-\(image\|modules\|binary\|base\)-[0-9]'
  echo "java openjdk-21-jdk-headless $(version_of openjdk-21-jdk-headless)"
  for name in raspi-firmware u-boot-rpi u-boot-qemu; do
    echo "boot $name $(version_of $name)"
  done
} >"$file.new"
rm -f "$cache/all"
for what in root kernel-backports kernel-stable java boot; do
  grep -q "^$what [^ ]* [0-9]" "$file.new" ||
    fail "Debian $release has no package for $what, so $file stays as it is."
done
mv "$file.new" "$file"

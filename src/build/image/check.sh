#!/bin/sh
# Checks a root file system before it is packed: check.sh FOLDER. Each library that a program needs is
# there, each script's interpreter, each link's target; nothing runs with more rights than who starts
# it, and nothing can be written to by everybody.
set -eu
root=$1
wrong=$(mktemp)
trap 'rm -f "$wrong"' EXIT

libraries=$(find "$root/usr/lib" -name '*.so*' | sed 's|.*/||' | sort -u)

# shellcheck disable=SC2129 # one after the other
find "$root" -xdev -type f -size +1 ! -name '*.ko' | while read -r file; do
  case $(head -c 4 "$file" | tr '\000-\037\177' '.') in
    .ELF)
      readelf -d "$file" 2>/dev/null | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | while read -r library; do
        echo "$libraries" | grep -qxF -- "$library" || echo "$file needs the library $library"
      done
      interpreter=$(readelf -lW "$file" 2>/dev/null | sed -n 's/.*interpreter: \(.*\)\].*/\1/p')
      [ -z "$interpreter" ] || [ -e "$root$interpreter" ] || echo "$file needs the loader $interpreter"
      ;;
    '#!'*)
      read -r line <"$file" || true
      interpreter=$(echo "${line#\#!}" | awk '{print $1}')
      [ -e "$root$interpreter" ] || [ -L "$root$interpreter" ] || echo "$file is run by $interpreter"
      ;;
  esac
done >>"$wrong"

find "$root" -xdev -type l | while read -r link; do
  target=$(readlink "$link")
  case $target in
    /proc/* | /run | /run/*) continue ;;
    /*) [ -e "$root$target" ] || [ -L "$root$target" ] ;;
    *) [ -e "${link%/*}/$target" ] || [ -L "${link%/*}/$target" ] ;;
  esac || echo "$link leads to $target, which is not there"
done >>"$wrong"

find "$root" -xdev ! -type l -perm /6000 -exec echo "sets another user or group:" {} \; >>"$wrong"
find "$root" -xdev ! -type l -perm -0002 ! -perm -1000 -exec echo "everybody can write to it:" {} \; >>"$wrong"

if [ -s "$wrong" ]; then
  sed "s|$root||g; s/^/make image: /" "$wrong" >&2
  exit 1
fi

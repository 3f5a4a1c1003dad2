#!/bin/sh
# Fetches the packages of the lock file that are not there yet, and forgets the others.
# shellcheck source=src/build/image/common.sh
. "$(dirname "$0")/common.sh"
# shellcheck source=src/build/image/apt.sh
. src/build/image/apt.sh

debs=$(made debs)
mkdir -p "$debs"

wanted=
missing=
while read -r what name version; do
  case $what in '' | \#*) continue ;; esac
  case $what in kernel-*) [ "$what" = "kernel-$kernel" ] || continue ;; esac
  file=$(deb_of "$name" "$version")
  wanted="$wanted $file"
  set -- "$debs/${file}"_*.deb
  [ -e "$1" ] || missing="$missing $name=$version"
done <"$lock"

if [ -n "$missing" ]; then
  fetch_lists
  # shellcheck disable=SC2086 # a list of packages
  (cd "$debs" && own_apt apt-get download $missing) ||
    fail "some packages of $lock cannot be fetched; apt's own words stand above. If a version is gone because Debian has a newer one, make image-lock writes that down."
fi
for deb in "$debs"/*.deb; do
  file=${deb##*/}
  case "$wanted " in *" ${file%_*} "*) ;; *) rm -f "$deb" ;; esac
done

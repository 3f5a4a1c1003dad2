#!/bin/sh
# Makes a signed update file: update.sh ROOT BOOT VERSION SECONDS FILE
#
# Its first 4096 bytes are a text that signify has signed, and NUL bytes; then ROOT and BOOT follow,
# which have whole blocks of 4096 bytes. Any PC can check it (signify-openbsd, or OpenBSD's signify):
#
#   head -c 4096 FILE | tr -d '\000' >signed; signify-openbsd -V -e -p KEY -x signed -m text
#
# UPDATE_KEY is the folder with update.sec and update.pub of who releases. Without it, target/update-key
# is taken, which key.sh makes: what that signs is taken only by images of the same machine.
set -eu
umask 022
root=$1
boot=$2
version=$3
seconds=$4
file=$5
key=${UPDATE_KEY:-target/update-key}

sum() {
  sha256sum <"$1" | cut -d ' ' -f 1
}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
{
  echo noren-update 1
  echo "version $version"
  echo "time $seconds"
  echo "root $(stat -c %s "$root") $(sum "$root")"
  echo "boot $(stat -c %s "$boot") $(sum "$boot")"
} >"$folder/text"
signify-openbsd -S -e -s "$key/update.sec" -m "$folder/text" -x "$folder/signed" ||
  { echo "make image: the update can't be signed with $key/update.sec; signify's own words stand above." >&2; exit 1; }
truncate -s 4096 "$folder/signed"
cat "$folder/signed" "$root" "$boot" >"$file.new"
mv "$file.new" "$file"

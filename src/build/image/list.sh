#!/bin/sh
# Makes the signed list of versions that boxes read: list.sh URL FILE...
#
# URL is the folder where the update files FILE will lie, with / at its end or without. What is new in a
# version stands in FILE.about, if that is there: lines of en TEXT and ja TEXT. docs/IMAGE.md has the layout.
# The list is target/image/noren.updates, and is to lie at the address in board/common/updates. Boxes tell
# their owners of one that is older than 90 days, so make it anew before, with the same files.
#
# UPDATE_KEY is the folder with update.sec and update.pub of who releases; else it is target/update-key.
set -eu
umask 022
fail() {
  echo "make update-list: $*" >&2
  exit 1
}
url=${1:-}
case $url in
  http://?* | https://?*) ;;
  *) fail "URL has to be where the files will lie, as in URL=https://noren.example/releases" ;;
esac
case $url in */) ;; *) url=$url/ ;; esac
shift
[ -e "${1:-}" ] || fail "there is no update file: make image makes target/image/noren-VERSION.update"
key=${UPDATE_KEY:-target/update-key}
list=${UPDATE_LIST:-target/image/noren.updates}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
{
  echo noren-updates 1
  echo "time $(date +%s)"
} >"$folder/text"
for file; do
  head -c 4096 "$file" | tr -d '\000' >"$folder/head"
  signify-openbsd -V -e -q -p "$key/update.pub" -x "$folder/head" -m "$folder/of" ||
    fail "$file is not signed with $key/update.sec"
  version=$(sed -n 's/^version //p' "$folder/of")
  seconds=$(sed -n 's/^time //p' "$folder/of")
  echo "version $version $seconds $(stat -c %s "$file") $(sha256sum <"$file" | cut -d ' ' -f 1) $url${file##*/}"
  [ ! -r "$file.about" ] || sed -n 's/^\(en\|ja\) /about \1 /p' "$file.about"
done >>"$folder/text"
signify-openbsd -S -e -s "$key/update.sec" -m "$folder/text" -x "$folder/signed" ||
  fail "the list can't be signed with $key/update.sec; signify's own words stand above."
[ "$(stat -c %s "$folder/signed")" -le 16384 ] || fail "the list has more than 16 KiB: name fewer files"
cp "$folder/signed" "$list.new"
mv "$list.new" "$list"

#!/bin/sh
# Builds the image of the commit once more, in a clone that has nothing but the packages, and compares
# what a slot holds with the first build's; ends with 1 where they differ.
# shellcheck source=src/build/image/common.sh
. "$(dirname "$0")/common.sh"

[ -z "$(git status --porcelain --untracked-files=no)" ] ||
  fail "this folder has changes that its commit has not: commit them, or two builds can't be alike."
key=$(realpath "$update_key")
java=$(realpath target/java21)
clone=$(mktemp -d "$PWD/target/alike.XXXXXX")
trap 'rm -rf "$clone"' EXIT

git clone -q . "$clone/noren"
mkdir -p "$clone/noren/target/image-cache"
ln -s "$java" "$clone/noren/target/java21"
touch "$java/made"
ln -s "$(made debs)" "$clone/noren/target/image-cache/debs"
UPDATE_KEY=$key make --no-print-directory -C "$clone/noren" -s image BOARD=qemu-virt

differ=
for file in noren/usr/share/noren/noren.jar archive system/root.squashfs system/initrd.img system/vmlinuz slot; do
  (cd "$cache" && find "$file" -type f ! -name log ! -name '*.sig' -exec sha256sum {} +) |
    sort -k 2 >"$clone/here"
  (cd "$clone/noren/target/image-cache" && sha256sum -c --quiet "$clone/here") >"$clone/said" 2>&1 ||
    differ="$differ $file"
  sed 's/^/image:   /' "$clone/said"
done
[ -z "$differ" ] || fail "two builds of one commit differ in$differ."
echo "image: two builds of one commit are alike: root.squashfs $(sha256sum <"$cache/system/root.squashfs" | cut -c 1-64)"

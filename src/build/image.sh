#!/bin/sh
# Makes the image of a board: image.sh BOARD, into target/image/noren-VERSION-BOARD.img.zst,
# and for all boards the update file, target/image/noren-VERSION.update, and what it is made of, .cdx.json.
# Each has its sha256 beside it, and that signed.
#
#   IMAGE_KERNEL=stable    Debian's stable kernel instead of backports' newer one
#   IMAGE_FAST=yes         compresses little, for the desk
#   UPDATE_KEY=FOLDER      signs the update file with its update.sec; the image takes what update.pub checks
#   IMAGE_NEWEST=yes       the newest packages, whatever board/common/packages.lock says
#
# Stages, each a script in src/build/image/ that has a stamp: one runs again only when what it is made
# of has changed, so when its script, its data or a stage before it did. What they make lies in
# target/image-cache/. Only the first needs a network, and only what is not there yet.
set -eu
# shellcheck source=src/build/image/common.sh
. "$(dirname "$0")/image/common.sh"

board=${1:?usage: image.sh BOARD}
[ -r "board/$board/boot/noren.env" ] ||
  fail "there is no image for a board $board: make image BOARD=$(boards | tr '\n' '|' | sed 's/|$//')"
export board
if [ -z "${UPDATE_KEY:-}" ]; then
  src/build/image/key.sh "$update_key"
  echo "image: signed with this machine's own key, $update_key: boxes take updates from here alone. A release wants UPDATE_KEY."
fi

stage packages "$lock"
stage root @packages board/common/packages board/common/keep board/common/prune board/common/applets
stage java @packages board/common/java-modules
stage kernel @packages board/common/modules board/common/initramfs
stage noren target/noren.jar noren "$update_key/update.pub" init.d rootfs-overlay board
stage archive @root @java target/noren.jar src/build/archive.sh src/build/image/rehearse.sh
stage system @root @java @kernel @archive @noren src/build/image/check.sh board/common/init
stage slot @system src/build/image/update.sh src/build/image/fit.sh board
stage disk @slot "board/$board" board/common/boot board/common/boot.cmd board/common/genimage.cfg
stage bom "$lock" target/runtime.list

#!/bin/sh
# Makes the image of a board: image.sh BOARD, into target/image/noren-VERSION-BOARD.img.zst
#
#   IMAGE_KERNEL=stable    Debian's stable kernel instead of backports' newer one
#   IMAGE_FAST=yes         compresses little, for the desk
#   IMAGE_NEWEST=yes       the newest packages, whatever board/common/packages.lock says
#
# Stages, each a script in src/build/image/ that has a stamp: one runs again only when what it is made
# of has changed, so when its script, its data or a stage before it did. What they make lies in
# target/image-cache/. Only the first needs a network, and only what is not there yet.
set -eu
# shellcheck source=src/build/image/common.sh
. "$(dirname "$0")/image/common.sh"

board=${1:?usage: image.sh BOARD}
[ -r "board/$board/boot/cmdline.txt" ] ||
  fail "there is no image for a board $board: make image BOARD=$(boards | tr '\n' '|' | sed 's/|$//')"
export board

stage packages "$lock"
stage root @packages board/common/packages board/common/keep board/common/prune board/common/applets
stage java @packages board/common/java-modules
stage kernel @packages board/common/modules board/common/initramfs
stage noren target/noren.jar noren init.d rootfs-overlay board
stage archive @root @java target/noren.jar src/build/archive.sh
stage system @root @java @kernel @archive @noren src/build/image/check.sh board/common/init
stage disk @system "board/$board" board/common/boot board/common/genimage.cfg

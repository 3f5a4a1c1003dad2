#!/bin/sh
# Makes a key for signing updates, where there is none: key.sh FOLDER
set -eu
umask 077
folder=$1
[ ! -r "$folder/update.sec" ] || exit 0
mkdir -p "$folder"
rm -f "$folder"/update.*
# Without a passphrase: it is for the machine that builds. A release's key has one.
signify-openbsd -G -n -c Noren -p "$folder/update.pub" -s "$folder/update.sec"

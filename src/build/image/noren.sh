#!/bin/sh
# Lays over the root file system what is ours: the start scripts, the launcher, the jar with JNA's
# library for this architecture, and what is true of each board.
# shellcheck source=src/build/image/common.sh
. "$(dirname "$0")/common.sh"

made=$(made noren)
rm -rf "$made"
mkdir -p "$made/etc/init.d" "$made/usr/bin" "$made/usr/share/noren/boards"

(cd rootfs-overlay && find . -type f ! -name '*.md' | cpio -pdm --quiet "$made")
for script in init.d/*; do
  case $script in *.md) ;; *) cp "$script" "$made/etc/init.d/" ;; esac
done
cp noren "$made/usr/bin/noren"
cp target/noren.jar "$made/usr/share/noren/noren.jar"
jna=com/sun/jna/linux-aarch64
mkdir -p "$made/usr/share/noren/native/$jna"
cp "target/native/$jna"/* "$made/usr/share/noren/native/$jna/"

for board in $(boards); do
  mkdir "$made/usr/share/noren/boards/$board"
  for file in board/"$board"/*; do
    [ ! -f "$file" ] || cp "$file" "$made/usr/share/noren/boards/$board/"
  done
done

# What an update is measured by: noren-helper takes none that is older, or that another key has signed.
printf 'version %s\ntime %s\n' "$version" "$SOURCE_DATE_EPOCH" >"$made/usr/share/noren/release"
cp "$update_key/update.pub" "$made/usr/share/noren/update.pub"
# Where it looks for one.
cp board/common/updates "$made/usr/share/noren/updates"

echo noren >"$made/etc/hostname"
printf '127.0.0.1 localhost noren\n::1 localhost\n' >"$made/etc/hosts"
cat >"$made/etc/os-release" <<END
NAME="Noren"
ID=noren
ID_LIKE=debian
VERSION_ID="$version"
PRETTY_NAME="Noren $version"
END
# What files are for everybody to read, programs to run, and folders to enter.
chmod -R u=rwX,go=rX "$made"

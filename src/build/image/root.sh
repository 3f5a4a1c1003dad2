#!/bin/sh
# Unpacks the packages into a root file system: by extraction alone, none of their scripts runs. What
# those would have made that a router needs is made here.
# shellcheck source=src/build/image/common.sh
. "$(dirname "$0")/common.sh"

root=$(made root)
debs=$(made debs)
rm -rf "$root"
mkdir -p "$root"

# unpack NAME VERSION
unpack() {
  set -- "$1" "$debs/$(deb_of "$1" "$2")"_*.deb
  kept=$(sed -n "s/^$1\( .*\)*$/\1 /p" board/common/keep)
  if [ -z "$kept" ]; then
    dpkg-deb -x "$2" "$root" || fail "$2 is damaged: delete it."
    return
  fi
  rm -rf "$root.part"
  dpkg-deb -x "$2" "$root.part" || fail "$2 is damaged: delete it."
  for folder in bin sbin usr/bin usr/sbin usr/libexec; do
    for file in "$root.part/$folder"/*; do
      case "$kept" in *" ${file##*/} "*) ;; *) rm -rf "$file" ;; esac
    done
  done
  cp -a "$root.part/." "$root/"
  rm -rf "$root.part"
}

# The folders that became links into /usr come with base-files, so that is first.
for first in yes no; do
  while read -r what name package_version; do
    [ "$what" = root ] || continue
    case $name in base-files) is_first=yes ;; *) is_first=no ;; esac
    [ $first != $is_first ] || unpack "$name" "$package_version"
  done <"$lock"
done

cp "$root/usr/share/base-passwd/passwd.master" "$root/etc/passwd"
cp "$root/usr/share/base-passwd/group.master" "$root/etc/group"
# Nobody signs in: there is no password and no program that asks for one.
sed -i 's|:/bin/bash$|:/usr/sbin/nologin|; s|:/bin/sh$|:/usr/sbin/nologin|' "$root/etc/passwd"
echo 'noren:x:900:900:the router:/var/lib/noren:/usr/sbin/nologin' >>"$root/etc/passwd"
echo 'noren:x:900:' >>"$root/etc/group"
echo '_chrony:x:901:901:the clock:/data/chrony:/usr/sbin/nologin' >>"$root/etc/passwd"
echo '_chrony:x:901:' >>"$root/etc/group"
rm -rf "$root/usr/share/base-passwd"

certificates=$root/etc/ssl/certs/ca-certificates.crt
mkdir -p "${certificates%/*}"
find "$root/usr/share/ca-certificates" -name '*.crt' | sort | xargs cat >"$certificates"
rm -rf "$root/usr/share/ca-certificates"

lines board/common/prune | while read -r pattern; do
  # shellcheck disable=SC2086 # a pattern
  (cd "$root" && rm -rf -- $pattern)
done

ln -sf dash "$root/usr/bin/sh"
qemu-aarch64-static "$root/usr/bin/busybox" --list >"$(made applets)"
for applet in $(words board/common/applets); do
  grep -qxF -- "$applet" "$(made applets)" ||
    fail "this busybox is not called $applet, as board/common/applets has it: is there a package with that program?"
  set -- "$root"/usr/bin/"$applet" "$root"/usr/sbin/"$applet"
  { [ -e "$1" ] || [ -L "$1" ] || [ -e "$2" ] || [ -L "$2" ]; } || ln -s busybox "$1"
done
for program in init halt reboot poweroff; do
  rm -f "$root/usr/bin/$program"
  ln -sf ../bin/busybox "$root/usr/sbin/$program"
done
# As Debian has them.
rm -f "$root/usr/bin/sysctl"
ln -sf ../bin/busybox "$root/usr/sbin/sysctl"

mkdir -p "$root/data" "$root/boot" "$root/run" "$root/var/lib/noren" "$root/etc/noren"
rm -rf "$root/var/run" "$root/var/lock"
ln -s /run "$root/var/run"
ln -s /run/lock "$root/var/lock"
ln -sf /proc/self/mounts "$root/etc/mtab"

chmod -R ug-s "$root"

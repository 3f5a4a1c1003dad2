#!/bin/sh
# Makes the archive of classes that lets a tunnel start fast: archive.sh JAVA_HOME JAR [LIST]
#
# It lies beside the jar and fits exactly this jar and this Java, whose version is in its name, so
# that the launcher finds it: noren-VERSION.jsa. Which classes go in is seen in a rehearsal
# (dev.noren.Rehearsal): each Java gets what it loads itself. Without an archive Noren only starts
# slower, so this never fails a build; it says why there is none. With LIST it only writes the names
# of these classes into that file, for a Java that can't run here.
set -eu

home=$1
jar=$(readlink -f "$2")
list=${3:-}

work=$(mktemp -d "${TMPDIR:-/tmp}/noren-archive.XXXXXX")
trap 'rm -rf "$work"' EXIT
: >"$work/log"

give_up() {
  echo "There is no archive of classes, so Noren will start slower: $1" >&2
  tail -n 20 "$work/log" >&2
  [ -z "$list" ] || exit 1
  exit 0
}

# As in the launcher.
version=$(sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"$/\1/p' "$home/release" 2>/dev/null) || true
[ -n "$version" ] || give_up "$home has no file that tells its version."

[ -n "$list" ] || rm -f "${jar%.jar}"-*.jsa
mkdir "$work/rehearsal"

# Started as the jar is, so with the same manifest, but for the main class.
{
  ln -s "$jar" "$work/noren.jar" &&
    (cd "$work" && "$home/bin/jar" --extract --file noren.jar META-INF/MANIFEST.MF) &&
    sed 's/^Main-Class:.*/Main-Class: dev.noren.Rehearsal/; /^Main-Class/a Class-Path: noren.jar' \
      "$work/META-INF/MANIFEST.MF" >"$work/manifest" &&
    "$home/bin/jar" --create --file "$work/rehearsal.jar" --manifest "$work/manifest"
} >>"$work/log" 2>&1 || give_up "the rehearsal of a tunnel can't be prepared."

# Descriptor 0 is no TUN device, and 9 no launcher that waits. Nothing comes from another archive,
# or the list would lack what that brings ready-made.
if ! WG_TUN_FD=0 NOREN_READY_FD=9 "$home/bin/java" -Xshare:off -XX:+UseSerialGC -Xmx64m \
  -XX:DumpLoadedClassList="$work/classes" -jar "$work/rehearsal.jar" "$jar" "$work/rehearsal" \
  </dev/null >>"$work/log" 2>&1 9>/dev/null; then
  give_up "the rehearsal of a tunnel failed."
fi

if [ -n "$list" ]; then
  cp "$work/classes" "$list"
  exit
fi

# Java writes objects of its own into an archive only with G1, whatever collector reads them later.
# From 24 on classes can be linked when the archive is made; before, the option is unknown.
if ! "$home/bin/java" -Xshare:dump -XX:+UseG1GC -Xmx128m \
  -XX:+IgnoreUnrecognizedVMOptions -XX:+AOTClassLinking \
  -XX:SharedClassListFile="$work/classes" -XX:SharedArchiveFile="$work/archive" -jar "$jar" \
  </dev/null >>"$work/log" 2>&1; then
  give_up "$home can't make one."
fi
# The name appears when the file is whole. Java 21 makes it read-only, so one left half copied is too.
cp -f "$work/archive" "${jar%.jar}.jsa.new"
mv "${jar%.jar}.jsa.new" "${jar%.jar}-$version.jsa"

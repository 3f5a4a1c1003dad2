#!/bin/sh
# Finds a JDK of 21 or later and runs a command with it: with-jdk.sh COMMAND [ARGUMENT...]
# Sets JAVA_HOME and puts the JDK's bin first in PATH. Without a command it prints the JDK's folder.
#
# JAVA_HOME wins where it is new enough. Else the oldest one that is new enough is taken, since it is
# the nearest to the Java 21 that a router runs. No Java is started to look: each JDK has a `release`
# file that tells its version.
set -eu

least=21

# Prints the major version of the JDK in folder $1; fails where there is none.
version_of() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*)
        major=${line#*\"}
        major=${major%%[!0-9]*}
        [ -n "$major" ] && echo "$major"
        return
        ;;
    esac
  done <"$1/release"
  return 1
}

find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && version=$(version_of "$JAVA_HOME") && [ "$version" -ge "$least" ]; then
    echo "$JAVA_HOME"
    return
  fi
  on_path=$(command -v javac) && on_path=$(readlink -f "$on_path") && on_path=${on_path%/bin/javac}
  found=
  found_version=
  # Under sudo, HOME is root's: the JDKs of who called it count too.
  for jdk in "${on_path:-/nonexistent}" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/*jdk* \
    "${SDKMAN_DIR:-${HOME:-/root}/.sdkman}"/candidates/java/* "${HOME:-/root}"/.jdks/* \
    "/home/${SUDO_USER:-nobody}"/.sdkman/candidates/java/* "/home/${SUDO_USER:-nobody}"/.jdks/*; do
    version=$(version_of "$jdk") || continue
    if [ "$version" -ge "$least" ] && [ "$version" -lt "${found_version:-999}" ]; then
      found=$jdk
      found_version=$version
    fi
  done
  [ -n "$found" ] && echo "$found"
}

if ! home=$(find_jdk); then
  echo "No JDK of $least or later was found: install one (Debian 13: apt-get install openjdk-21-jdk-headless; elsewhere: Eclipse Temurin 21), or set JAVA_HOME to its folder." >&2
  exit 1
fi
if [ $# -eq 0 ]; then
  echo "$home"
  exit
fi
if ! command -v "$1" >/dev/null && [ ! -x "$home/bin/$1" ]; then
  case $1 in mvn) package=maven ;; *) package=$1 ;; esac
  echo "$1 was not found: install it (Debian: apt-get install $package)." >&2
  exit 1
fi
if [ "$1" = mvn ] && [ "$(version_of "$home")" -ge 24 ]; then
  # From 24 on Java warns about what Maven's own libraries do; our tests' flags stand in pom.xml.
  MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-}"
  export MAVEN_OPTS
fi
JAVA_HOME=$home
PATH=$home/bin:$PATH
export JAVA_HOME PATH
exec "$@"

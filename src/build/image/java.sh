#!/bin/sh
# Makes the Java of the image out of Debian's modules for its architecture, with the jlink of the same
# release that runs here (src/build/java21-root.sh).
# shellcheck source=src/build/image/common.sh
. "$(dirname "$0")/common.sh"

java=$(made java)
jdk=$(made jdk)
rm -rf "$java" "$jdk"
set -- "$(made debs)"/openjdk-21-jdk-headless_*.deb
dpkg-deb -x "$1" "$jdk" || fail "$1 is damaged: delete it."
jmods=$(find "$jdk/usr/lib/jvm" -type d -name jmods)
full=$(dpkg-deb -f "$1" Version)

src/build/in-java21.sh jlink --module-path "$jmods" \
  --add-modules "$(words board/common/java-modules | paste -sd , -)" \
  --strip-java-debug-attributes --no-header-files --no-man-pages --compress zip-0 \
  --release-info "add:JAVA_RUNTIME_VERSION=\"$full\"" --output "$java" ||
  fail "jlink can't make the image's Java; its own words stand above."
rm -rf "$jdk"

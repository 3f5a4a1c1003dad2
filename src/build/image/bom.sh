#!/bin/sh
# Writes down what an image is made of, as CycloneDX 1.6 in JSON: Debian's packages of the lock file and
# the jars that went into noren.jar (target/runtime.list, which make image has Maven make).
# shellcheck source=src/build/image/common.sh
. "$(dirname "$0")/common.sh"

mkdir -p target/image
file=target/image/noren-$version.cdx.json

# Prints one component: GROUP (or -) NAME VERSION PURL
component() {
  [ "$1" = - ] && group= || group="\"group\": \"$1\", "
  printf ',\n    {"type": "library", %s"name": "%s", "version": "%s", "purl": "%s", "bom-ref": "%s"}' \
    "$group" "$2" "$3" "$4" "$4"
}

# As a purl has them.
escaped() {
  echo "$1" | sed 's/+/%2B/g; s/:/%3A/g; s/~/%7E/g'
}

{
  while read -r what name package_version; do
    case $what in '' | \#*) continue ;; esac
    case $what in kernel-*) [ "$what" = "kernel-$kernel" ] || continue ;; esac
    component - "$name" "$package_version" \
      "pkg:deb/debian/$(escaped "$name")@$(escaped "$package_version")?arch=$architecture&distro=debian-$release"
  done <"$lock"
  sed -n 's/^ *\([^: ]*\):\([^: ]*\):jar:\([^: ]*\).*/\1 \2 \3/p' target/runtime.list | sort |
    while read -r group name jar_version; do
      component "$group" "$name" "$jar_version" "pkg:maven/$group/$name@$(escaped "$jar_version")?type=jar"
    done
} >"$cache/components"
grep -q pkg:maven "$cache/components" || fail "target/runtime.list names no jar: delete it, and make image makes it anew."
# As long as the parts are the same, so is the document's number.
sum=$(sha256sum <"$cache/components")
number=$(echo "$sum" | sed 's/^\(.\{8\}\)\(.\{4\}\).\(.\{3\}\).\(.\{3\}\)\(.\{12\}\).*/\1-\2-4\3-8\4-\5/')
{
  printf '{\n  "bomFormat": "CycloneDX",\n  "specVersion": "1.6",\n'
  printf '  "serialNumber": "urn:uuid:%s",\n  "version": 1,\n' "$number"
  printf '  "metadata": {"timestamp": "%s", "component": {"type": "firmware", "name": "noren", "version": "%s", "bom-ref": "noren"}},\n' \
    "$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)" "$version"
  printf '  "components": [\n'
  # Without the first comma.
  sed 1d "$cache/components"
  printf '\n  ]\n}\n'
} >"$file"
rm "$cache/components"
publish "$file"

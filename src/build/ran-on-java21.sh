#!/bin/sh
# Says how many unit tests ran on which Java 21, by the reports that the tests' own JVM has filled;
# fails where one of them is of another Java, or there is none.
set -eu
cd "$(dirname "$0")/../../target/surefire-reports"

set -- TEST-*.xml
[ -e "$1" ] || { echo "No unit test ran on Java 21: target/surefire-reports has no report." >&2 && exit 1; }
others=$(grep -L '<property name="java.specification.version" value="21"/>' "$@") || true
if [ -n "$others" ]; then
  echo "These unit tests did not run on Java 21, see target/surefire-reports: $others" >&2
  exit 1
fi
# Each report has one line with the version, and the number of its tests before that.
sed -n 's/.* name="java.runtime.version" value="\([^"]*\)".*/\1/p' "$@" | sort | uniq -c |
  while read -r classes version; do
    echo "$classes classes of unit tests ran on Java $version"
  done

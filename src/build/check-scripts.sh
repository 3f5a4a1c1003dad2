#!/bin/sh
# Checks every shell script of the project with shellcheck.
set -eu
cd "$(dirname "$0")/../.."

if ! command -v shellcheck >/dev/null; then
  echo "shellcheck is not installed, so the scripts were not checked (Debian: apt-get install shellcheck)."
  exit 0
fi
find noren .ci/run src init.d rootfs-overlay board -type f \
  ! -name '*.md' \
  \( -name noren -o -name run -o -name '*.sh' -o -path '*/sbin/*' -o -path '*/lib/noren/*' \
  -o -path 'init.d/*' -o -path board/common/init \) -exec shellcheck -x {} +

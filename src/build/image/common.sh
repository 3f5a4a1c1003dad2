# shellcheck shell=sh disable=SC2034 # read by the stages of the image, which use what is set here
# What the stages of the image share: where things lie, and how a stage is run only when it has to be.
cd "$(dirname "$0")/.." && while [ ! -r pom.xml ]; do cd ..; done
PATH=$PATH:/usr/sbin:/sbin
LC_ALL=C
export PATH LC_ALL
umask 022

cache=$PWD/target/image-cache
release=trixie
architecture=arm64
kernel=${IMAGE_KERNEL:-backports}
lock=board/common/packages.lock
[ -z "${IMAGE_NEWEST:-}" ] || lock=target/image-cache/packages.lock
version=$(sed -n 's|^  <version>\(.*\)</version>$|\1|p' pom.xml)
# Where the key is that signs updates.
update_key=${UPDATE_KEY:-target/update-key}
# All files of an image have this time, so that two builds of one commit are alike.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || stat -c %Y pom.xml)
export SOURCE_DATE_EPOCH
# The archive of classes fits only a jar of this time, whichever commit each of them was made at.
jar_time=@946684800

fail() {
  echo "make image: $*" >&2
  exit 1
}

# The words of a data file, without remarks.
words() {
  sed 's/#.*//' "$@" | xargs -n 1
}

# The lines of a data file, without remarks.
lines() {
  sed 's/#.*//; /^[ \t]*$/d' "$@"
}

boards() {
  for file in board/*/boot/noren.env; do
    file=${file%/boot/noren.env}
    echo "${file##*/}"
  done
}

# What the environment asks for.
switches() {
  echo "$kernel ${IMAGE_FAST:-}"
}

# Where the deb of package $1 in version $2 begins, as apt calls it: NAME_VERSION_ARCHITECTURE.deb
deb_of() {
  echo "$1_$2" | sed 's/:/%3a/'
}

# What stage $1 makes; a stage fills it anew.
made() {
  echo "$cache/$1"
}

# publish FILE: its sha256 beside it, and that signed, which signify-openbsd -C -p KEY -x FILE.sha256.sig checks
publish() {
  (cd "${1%/*}" && sha256sum --tag "${1##*/}" >"${1##*/}.sha256")
  signify-openbsd -S -e -s "$update_key/update.sec" -m "$1.sha256" -x "$1.sha256.sig" ||
    fail "$1 can't be signed with $update_key/update.sec; signify's own words stand above."
}

# stage NAME INPUT...: an input is a file, a folder, or @ and an earlier stage.
stage() {
  stage=$1
  shift
  case $stage in
    disk) stamp=$cache/stamps/$stage-${board:-} ;;
    *) stamp=$cache/stamps/$stage ;;
  esac
  mkdir -p "$cache/stamps"
  key=$({
    switches
    for input in src/build/image/common.sh "src/build/image/$stage.sh" "$@"; do
      case $input in @*) input=$cache/stamps/${input#@} ;; esac
      find "$input" -type f -exec sha256sum {} + | sort -k 2
    done
  } | sha256sum)
  [ ! -r "$stamp" ] || [ "$(cat "$stamp")" != "$key" ] || return 0
  rm -f "$stamp"
  began=$(date +%s)
  sh -eu "src/build/image/$stage.sh"
  echo "$key" >"$stamp"
  echo "image: $stage, $(($(date +%s) - began)) s"
}

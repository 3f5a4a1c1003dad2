# shellcheck shell=sh
# Read by kit and screen, which run as root.

# Prints the set-up code of a box without an owner, by its state folder. The file is the router's own:
# it is not followed elsewhere, and no more of it is taken than a code has.
setup_code() {
  if [ ! -e "$1/owner" ] && [ -f "$1/setup-code" ] && [ ! -L "$1/setup-code" ]; then
    head -c 32 "$1/setup-code" | tr -cd '0-9A-Za-z-'
  fi
}

#!/bin/sh
# Before every start, as root: is the release whole, and has a new one shown in time that it works? Otherwise the terminal goes back to
# the release before. A shell script outside of the slots, because a broken release cannot judge itself. Every change is one rename.
# Usage: boot-check [SLOTS [DATA [CONFIG]]]
set -eu
slots=${1:-/opt/suretill}
data=${2:-/var/lib/suretill}
config=${3:-/etc/suretill}

say() { echo "suretill boot check: $*"; }
put() {
  printf '%s\n' "$2" >"$slots/$1.new"
  sync -f "$slots"
  mv -f "$slots/$1.new" "$slots/$1"
  sync -f "$slots"
}
drop() {
  rm -f "$slots/$1"
  sync -f "$slots"
}
go_to() {
  ln -sfn "$1" "$slots/current.new"
  mv -fT "$slots/current.new" "$slots/current"
  sync -f "$slots"
}
is_whole() { [ -f "$slots/$1/manifest.json" ] && (cd "$slots/$1" && sha256sum --quiet --strict -c files.sha256) >/dev/null 2>&1; }
# The terminal has left the hash of its manifest.
is_good() { [ -n "$2" ] && [ -f "$slots/$1/manifest.json" ] && [ "$2" = "$(sha256sum <"$slots/$1/manifest.json" | cut -c1-64)" ]; }
# Not older than the release that was last found good allows.
is_allowed() { [ ! -f "$slots/floor" ] || cat "$slots/floor" "$slots/$1/version" | sort -VC; }
# As the terminal's own user: nothing in the data folder may come to belong to root.
as_terminal() {
  if [ "$(id -u)" = 0 ] && id suretill >/dev/null 2>&1; then runuser -u suretill -- "$@"; else "$@"; fi
}
# What once opened the journal may have changed it so that an older release cannot read it: then going back would stop the shop.
can_sell() { is_whole "$1" && is_allowed "$1" && as_terminal "$slots/$1/bin/suretill" update self-test --config "$config" --data "$data" >/dev/null 2>&1; }

current=$(readlink "$slots/current")
if [ -f "$slots/trial" ]; then
  read -r slot previous tries <"$slots/trial" || :
  if [ "$slot" != "$current" ]; then
    drop trial # the switch never happened, or somebody has gone back
  elif is_good "$current" "$(cat "$data/release.good" 2>/dev/null || :)"; then
    cp "$slots/$current/minimum-version" "$slots/floor.new"
    sync -f "$slots"
    mv -f "$slots/floor.new" "$slots/floor"
    drop trial
    say "release in slot $current is good"
  elif [ "$tries" -gt 0 ]; then
    put trial "$slot $previous $((tries - 1))"
  elif can_sell "$previous"; then
    go_to "$previous"
    drop trial
    say "release in slot $slot did not become ready; back to slot $previous"
    current=$previous
  else
    say "release in slot $slot did not become ready, and slot $previous cannot take over: it is damaged or cannot read the journal any more"
  fi
fi

is_whole "$current" && exit 0
case $current in a) other=b ;; *) other=a ;; esac
say "slot $current is damaged"
if can_sell "$other"; then
  go_to "$other"
  say "slot $other takes over"
  exit 0
fi
say "no release can be started: install a bundle again"
exit 1

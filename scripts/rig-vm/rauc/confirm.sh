#!/bin/sh
# After each start: an image that is not good yet is marked good when the terminal's own self-test passes in it. Exit code 1: start again.
config=/usr/local/lib/suretill/config/demo
[ "$(cat "/data/state.$(cat /data/started)")" = good ] && exit 0
suretill update self-test --json --config "$config" --data /data/suretill || exit 1
suretill update image mark-good --json --config "$config" --data /data/suretill

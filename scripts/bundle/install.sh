#!/bin/sh
# The first installation on a machine that has nothing: takes the program out of the bundle and lets it install the bundle. Later ones are
# `suretill update install FILE`; this does the same where a terminal is set up. Needs a shell, tar, gzip and coreutils.
# Usage: install.sh BUNDLE --key release.pem [--destdir FOLDER] [--answers FILE]
# What is run first comes out of the bundle before anything is verified: compare the SHA-256 with the one that was published.
set -eu
usage() {
  echo 'Usage: install.sh BUNDLE --key release.pem [--destdir FOLDER] [--answers FILE]' >&2
  exit 2
}
[ $# -ge 1 ] || usage
bundle=$1
shift
key='' destdir='' answers=''
while [ $# -ge 2 ]; do
  case $1 in
    --key) key=$2 ;;
    --destdir) destdir=$2 ;;
    --answers) answers=$2 ;;
    *) usage ;;
  esac
  shift 2
done
[ $# -eq 0 ] || usage
for file in "$bundle" "${key:-release.pem}" ${answers:+"$answers"}; do
  [ -f "$file" ] || {
    echo "There is no file $file. Nothing was installed." >&2
    usage
  }
done
[ -n "$key" ] || usage
if [ -f "$bundle.sha256" ]; then
  expected=$(cut -d' ' -f1 "$bundle.sha256")
  [ "$(sha256sum "$bundle" | cut -d' ' -f1)" = "$expected" ] || {
    echo "$bundle is not what $bundle.sha256 says. Nothing was installed; copy it again." >&2
    exit 1
  }
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tar -xzf "$bundle" -C "$work" || {
  echo "$bundle cannot be unpacked. Nothing was installed; copy it again." >&2
  exit 1
}
slots=$destdir/opt/suretill
config=$destdir/etc/suretill
data=$destdir/var/lib/suretill
is_set_up=''
if [ -f "$config/terminal.yaml" ]; then is_set_up=yes; fi
if [ -n "$answers" ] && [ -n "$is_set_up" ]; then
  echo "This terminal is set up: $answers is not used."
  answers=''
fi
# Answers that cannot be used leave the machine as it was.
[ -z "$answers" ] || "$work/bin/suretill" setup --check --answers "$answers" --into "$config" --data "$data"
# The same build once more after a set-up that failed is no update.
build() { if [ -f "$1/manifest.json" ]; then sha256sum <"$1/manifest.json"; fi; }
if [ -n "$is_set_up" ] || [ "$(build "$work")" != "$(build "$slots/current")" ]; then
  "$work/bin/suretill" update install "$bundle" --key "$key" --destdir "$destdir"
fi
[ -z "$answers" ] || "$work/bin/suretill" setup --answers "$answers" --into "$config" --data "$data"

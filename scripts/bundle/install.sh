#!/bin/sh
# The first installation on a machine that has nothing: takes the program out of the bundle and lets it install the bundle. Later ones are
# `suretill update install FILE`. Needs a shell, tar, gzip and coreutils.
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
if [ $# -ne 0 ] || [ ! -f "$bundle" ] || [ ! -f "$key" ]; then usage; fi
if [ -f "$bundle.sha256" ]; then
  expected=$(cut -d' ' -f1 "$bundle.sha256")
  [ "$(sha256sum "$bundle" | cut -d' ' -f1)" = "$expected" ] || {
    echo "$bundle is not what $bundle.sha256 says. Nothing was installed; copy it again." >&2
    exit 1
  }
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tar -xzf "$bundle" -C "$work"
"$work/bin/suretill" update install "$bundle" --key "$key" --destdir "$destdir"
if [ -n "$answers" ]; then
  "$work/bin/suretill" setup --answers "$answers" --into "$destdir/etc/suretill" --data "$destdir/var/lib/suretill"
  [ -n "$destdir" ] || chown -R suretill:suretill /etc/suretill /var/lib/suretill
fi

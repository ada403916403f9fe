#!/bin/sh
# The program of this slot, run by the runtime of this slot.
# Nothing of a card or a key leaves by a crash, also where no service manager sees to it.
ulimit -c 0
# Without links: the terminal knows its slot by the name of this folder.
if [ -L "$0" ]; then program=$(readlink -f -- "$0"); else program=$0; fi
here=$(CDPATH='' cd -P -- "${program%/*}/.." && pwd -P)
processor=x64
if [ -d "$here/runtime/arm64" ]; then case $(uname -m) in aarch64 | arm64) processor=arm64 ;; esac fi
node=$here/runtime/$processor/node
. "$here/config/launch.sh"

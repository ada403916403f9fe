#!/bin/sh
# The program of this slot, run by the runtime of this slot. No signal opens a debugger, and no report shows the environment. What is young
# and soon forgotten gets 2 MB in the place of 16: a terminal that waits then holds some 7 MB less. A terminal goes on from the snapshot of
# its heap, where the release has one for this processor: that halves its start.
# Nothing of a card or a key leaves by a crash, also where no service manager sees to it.
ulimit -c 0
here=$(readlink -f -- "$0")
here=${here%/bin/*}
processor=x64
if [ -d "$here/runtime/arm64" ]; then case $(uname -m) in aarch64 | arm64) processor=arm64 ;; esac fi
snapshot=$here/program/snapshot/$processor.blob
wanted=${1-}
set -- "$here/program/start.cjs" "$@"
if [ "$wanted" = run ] && [ -f "$snapshot" ]; then set -- --snapshot-blob "$snapshot" "$@"; fi
# One arena of the C library and one thread beside the engine's own hold some 3 MB less.
export MALLOC_ARENA_MAX=1
exec "$here/runtime/$processor/node" --disable-sigusr1 --report-exclude-env --v8-pool-size=1 --min-semi-space-size=2 --max-semi-space-size=2 "$@"

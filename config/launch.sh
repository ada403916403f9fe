# Read by the launcher of an installation, which has set `here` (the folder of the release), `node` (its runtime) and `processor`; "$@" is the
# command. No signal opens a debugger, and no report shows the environment. What is young and soon forgotten gets 1 MB in the place of 16: a
# terminal that waits then holds some 9 MB less. One arena of the C library and one thread beside the engine's own hold some 3 MB less. In large
# pages, where the kernel gives them, the snapshot is laid out with half as many interruptions.
flags='--disable-sigusr1 --report-exclude-env --v8-pool-size=1 --min-semi-space-size=1 --max-semi-space-size=1'
export MALLOC_ARENA_MAX=1 GLIBC_TUNABLES=glibc.malloc.hugetlb=1
start=$here/program/start.cjs
snapshots=$here/program/snapshot
snapshot=$snapshots/$processor.blob
if [ "${1-}" != run ] || [ ! -f "$snapshot" ]; then exec "$node" $flags "$start" "$@"; fi

# A terminal goes on from the snapshot of its heap, which halves its start. A runtime that does not take it (another build, a file cut short)
# ends at once, so it is tried first, unless the last start went well with these very files: then a terminal that was ready has left a mark
# in its data folder, newer than both. The mark is wiped before each start: one that failed, however it did, is followed by a try.
data='' before=''
for word in "$@"; do
  case $before in --data) data=$word ;; esac
  case $word in --data=*) data=${word#--data=} ;; esac
  before=$word
done
mark=$data/snapshot.fits
fits=''
if [ -n "$data" ] && [ -f "$mark" ] && [ "$mark" -nt "$snapshot" ] && [ "$mark" -nt "$node" ]; then read -r fits <"$mark" || :; fi
if [ "$fits" != "$snapshot" ] || ! { true >"$mark"; } 2>/dev/null; then
  if ! { (cd "$snapshots" && sha256sum -c "$processor.sha256") && "$node" $flags --snapshot-blob "$snapshot" "$start" fits; } >/dev/null 2>&1; then
    echo 'suretill: the snapshot of this release is damaged, or made for another runtime. The terminal starts without it: it sells as always, and takes longer to start. "suretill doctor" says what to do.' >&2
    export SURETILL_SNAPSHOT=refused
    exec "$node" $flags "$start" "$@"
  fi
fi
export SURETILL_SNAPSHOT="$snapshot"
exec "$node" $flags --snapshot-blob "$snapshot" "$start" "$@"

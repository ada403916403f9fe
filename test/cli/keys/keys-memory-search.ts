/**
 * Run as a process of its own: a key ceremony with typed components, then a search for the components and the key in all of its memory and
 * in a heap snapshot, as bytes, hex and base64. `text` handles them as text beforehand and shows that the search would see.
 */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { writeHeapSnapshot } from 'node:v8'
import { initialState } from '#core/terminal/recover.ts'
import { fixedBytes } from '#crypto/bytes.ts'
import { holdCeremony } from '#shell/commission/key-ceremony.ts'
import { createPrompt } from '#shell/commission/prompt.ts'
import { openServiceBook } from '#shell/commission/service-book.ts'
import { openJournal } from '#shell/journal/journal.ts'
import { checkValueOf } from '#shell/keys/components.ts'
import { openDeviceKey } from '#shell/keys/device-key.ts'
import { createDisk } from '#shell/keys/disk.ts'
import { openSoftwareKeyStore } from '#shell/keys/software-key-store.ts'
import { systemClock } from '#shell/system-clock.ts'
import { people } from '../people.ts'

const KEY_BYTES = 16
const CHUNK_BYTES = 1 << 20
const [way = 'ceremony', folder = '.'] = process.argv.slice(2)

/** Byte `at` of component 1, component 2, the key: no literal and no text of them stands anywhere. */
const BYTES: readonly ((at: number) => number)[] = [
  (at) => (at * 37 + 91) & 0xff,
  (at) => (at * at * 11 + at * 53 + 7) & 0xff,
  (at) => ((at * 37 + 91) & 0xff) ^ ((at * at * 11 + at * 53 + 7) & 0xff),
]
const UPPER = (digit: number): number => digit + (digit < 10 ? 0x30 : 0x37)
const LOWER = (digit: number): number => digit + (digit < 10 ? 0x30 : 0x57)
/** What stands in the place `at` of the form, for each way in which bytes are written. */
const FORMS = BYTES.flatMap((byte) => [
  { length: KEY_BYTES, mark: byte },
  ...[UPPER, LOWER].map((digit) => ({
    length: KEY_BYTES * 2,
    mark: (at: number) => digit(at % 2 === 0 ? byte(at >> 1) >> 4 : byte(at >> 1) & 15),
  })),
  { length: 20, mark: (at: number) => sextet(byte, at) },
])

const kept: string[] = []
if (way === 'text')
  for (const byte of BYTES)
    kept.push(
      Buffer.from(Array.from({ length: KEY_BYTES }, (_, at) => byte(at)))
        .toString('hex')
        .toUpperCase(),
    )
const loaded = ceremony()
const memory = search('/proc/self/mem', regions())
const snapshot = join(folder, 'heap.heapsnapshot')
writeHeapSnapshot(snapshot)
console.log(
  JSON.stringify({
    loaded,
    memory,
    snapshot: search(snapshot, null),
    ...(kept.length > 99 ? { kept } : {}),
  }),
)

function ceremony(): boolean {
  const opened = openJournal(join(folder, 'journal.db'))
  if (!opened.ok) throw new Error(opened.detail)
  opened.journal.commit({
    entries: [],
    state: { ...initialState(), operators: people() },
    sealed: [],
  })
  const disk = createDisk()
  const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))
  const device = openDeviceKey({ file: join(folder, 'device.key'), disk, random })
  if (!device.ok) throw new Error(device.why)
  const store = openSoftwareKeyStore({
    file: join(folder, 'keys.json'),
    disk,
    profile: 'demo',
    deviceKey: device.key,
    random,
    warn: () => undefined,
  })
  if (!store.ok) throw new Error(store.why)
  const outcome = holdCeremony(
    {
      prompt: createPrompt(typing()),
      book: openServiceBook(opened.journal, systemClock),
      words: (key) => key,
    },
    { what: 'master', kind: 'tdes', components: 2 },
    (key) => {
      const imported = store.keys.importMaster(key)
      return imported.ok ? null : imported.why
    },
  )
  opened.journal.close()
  return outcome.ok
}

/** The first component wrong once, then right; digits are made one by one as they are asked for. */
function typing() {
  const lines = [
    text('99'),
    text('730264'),
    hex(0, 4),
    text(check(0)),
    hex(0, 0),
    text(check(0)),
    text('00'),
    text('915038'),
    hex(1, 0),
    text(check(1)),
    text(check(2)),
  ]
  let line = 0
  let at = 0
  return {
    read: (into: Uint8Array): number => {
      const now = lines[line]
      if (now === undefined) return 0
      const mark = now(at)
      at = mark === null ? 0 : at + 1
      line += mark === null ? 1 : 0
      into[0] = mark ?? 0x0a
      return 1
    },
    write: () => undefined,
    echo: () => undefined,
  }
}

function text(line: string): (at: number) => number | null {
  return (at) => (at < line.length ? line.charCodeAt(at) : null)
}

/** `wrong` is added to the last digit; its lowest bit is parity, which no check value sees. */
function hex(which: number, wrong: number): (at: number) => number | null {
  const byte = BYTES[which] ?? (() => 0)
  return (at) => {
    if (at >= KEY_BYTES * 2) return null
    const digit = at % 2 === 0 ? byte(at >> 1) >> 4 : byte(at >> 1) & 15
    return UPPER(at === KEY_BYTES * 2 - 1 ? (digit + wrong) & 15 : digit)
  }
}

function check(which: number): string {
  const key = fixedBytes(KEY_BYTES)
  const byte = BYTES[which] ?? (() => 0)
  for (let at = 0; at < KEY_BYTES; at++) key[at] = byte(at)
  const value = checkValueOf('tdes', key).slice(0, 6)
  key.fill(0)
  return value
}

function sextet(byte: (at: number) => number, at: number): number {
  const bit = at * 6
  const first = byte(bit >> 3)
  const pair = (first << 8) | byte((bit >> 3) + 1)
  const value = (pair >> (10 - (bit & 7))) & 63
  if (value < 26) return value + 0x41
  if (value < 52) return value + 0x47
  if (value < 62) return value - 4
  return value === 62 ? 0x2b : 0x2f
}

type Span = { readonly from: number; readonly to: number }

function regions(): readonly Span[] {
  return readFileSync('/proc/self/maps', 'utf8')
    .split('\n')
    .flatMap((line) => {
      const region = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line)
      return region === null
        ? []
        : [{ from: Number.parseInt(region[1] ?? '', 16), to: Number.parseInt(region[2] ?? '', 16) }]
    })
}

function search(file: string, spans: readonly Span[] | null): number {
  const handle = openSync(file, 'r')
  const chunk = new Uint8Array(CHUNK_BYTES)
  let found = 0
  for (const { from, to } of spans ?? [{ from: 0, to: Number.MAX_SAFE_INTEGER }]) {
    for (let at = from; at < to; at += CHUNK_BYTES - KEY_BYTES * 2) {
      const length = read(handle, chunk, { at, to })
      if (length === 0) break
      found += count(chunk.subarray(0, length))
    }
  }
  closeSync(handle)
  return found
}

function read(handle: number, chunk: Uint8Array, { at, to }: { at: number; to: number }): number {
  try {
    return readSync(handle, chunk, 0, Math.min(CHUNK_BYTES, to - at), at)
  } catch {
    // A region that the kernel does not lend cannot hold what we look for.
    return 0
  }
}

/** By the first four marks of each form, which the machine finds quickly; the rest is compared mark by mark. */
function count(bytes: Uint8Array): number {
  const searched = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  let found = 0
  for (const { length, mark } of FORMS) {
    const first = Buffer.from([mark(0), mark(1), mark(2), mark(3)])
    let at = searched.indexOf(first)
    while (at >= 0 && at + length <= searched.length) {
      let place = first.length
      while (place < length && searched[at + place] === mark(place)) place++
      if (place === length) found++
      at = searched.indexOf(first, at + 1)
    }
  }
  return found
}

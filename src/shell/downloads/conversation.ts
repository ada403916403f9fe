/**
 * How parameters, CA keys and AIDs come from the host: parameters in one answer, tables by asking which
 * entries there are and then for each. What comes is bytes; whether they are good is for others to say.
 */
import type { DownloadName } from '#core/link/chore.ts'
import { toHex } from '#crypto/hex.ts'
import { parseTlv, type TlvObject } from '#emv/tlv.ts'
import { buildTlv } from '#emv/tlv-build.ts'
import {
  ALL_HERE,
  type Ask,
  type Fetched,
  failure,
  isGood,
  MORE,
  NOTHING,
  unusable,
} from './answer.ts'
import { type BlacklistForm, fetchBlacklist } from './fetch-blacklist.ts'

/** Hosts hold some dozens; the number of entries already received has two digits. */
const ENTRIES_LIMIT = 99

/** 60.3 of the question what there is, of one entry, and of the end; and the tags that name an entry. */
const TABLES = {
  caKeys: { list: '372', entry: '370', end: '371', names: ['9F06', '9F22'] },
  aids: { list: '382', entry: '380', end: '381', names: ['9F06'] },
} as const
const PARAMETERS = { run: '360', end: '361' }
/** No message ends it, as far as is known. */
const CONTACTLESS = '394'

type Table = (typeof TABLES)[keyof typeof TABLES]

export async function fetchDownload(
  name: DownloadName,
  ask: Ask,
  blacklist?: BlacklistForm,
): Promise<Fetched> {
  if (name === 'parameters') return await fetchParameters(ask)
  if (name === 'contactless') return await fetchContactless(ask)
  return name === 'blacklist'
    ? await fetchBlacklist(ask, blacklist)
    : await fetchTable(TABLES[name], ask)
}

async function fetchParameters(ask: Ask): Promise<Fetched> {
  const run = await ask('0800', PARAMETERS.run, null)
  if (!isGood(run)) return failure(run)
  await ask('0800', PARAMETERS.end, null)
  return { ok: true, entries: [run.field62] }
}

async function fetchContactless(ask: Ask): Promise<Fetched> {
  const run = await ask('0800', CONTACTLESS, null)
  return isGood(run) ? { ok: true, entries: [run.field62] } : failure(run)
}

async function fetchTable(table: Table, ask: Ask): Promise<Fetched> {
  const listed = await listEntries(table, ask)
  if (!listed.ok) return listed
  const entries: Uint8Array[] = []
  for (const name of listed.entries) {
    const answer = await ask('0800', table.entry, name)
    if (!isGood(answer)) return failure(answer)
    const entry = withoutMark(answer.field62)
    if (entry.length === 0) return unusable('an entry is empty')
    entries.push(entry)
  }
  // The host only takes note of this; what was fetched is whole without its answer.
  await ask('0800', table.end, null)
  return { ok: true, entries }
}

async function listEntries(table: Table, ask: Ask): Promise<Fetched> {
  const names = new Map<string, Uint8Array>()
  for (;;) {
    const known = String(names.size).padStart(2, '0')
    const answer = await ask('0820', table.list, new TextEncoder().encode(`1${known}`))
    if (!isGood(answer)) return failure(answer)
    const [mark] = answer.field62
    if (mark === NOTHING) return { ok: true, entries: [...names.values()] }
    if (mark !== ALL_HERE && mark !== MORE) return unusable('the list has no mark')
    const before = names.size
    for (const name of namesIn(answer.field62.subarray(1), table)) names.set(toHex(name), name)
    if (names.size > ENTRIES_LIMIT) return unusable('too many entries')
    if (mark === ALL_HERE) return { ok: true, entries: [...names.values()] }
    // A host that says "more" and names nothing new would be asked for ever.
    if (names.size === before) return unusable('the list does not end')
  }
}

/** Each name begins with its 9F06; an expiry date beside it is for people. */
function namesIn(bytes: Uint8Array, table: Table): readonly Uint8Array[] {
  const { objects } = parseTlv(bytes)
  const starts = [...objects.keys()].filter((at) => objects[at]?.tag === '9F06')
  return starts.map((start, index) => {
    const own: readonly TlvObject[] = objects.slice(start, starts[index + 1])
    const name = own.filter(({ tag }) => table.names.some((wanted) => wanted === tag))
    return buildTlv(name.map(({ tag, value }) => ({ tag, value })))
  })
}

function withoutMark(field62: Uint8Array): Uint8Array {
  const [mark] = field62
  return mark === NOTHING || mark === ALL_HERE ? field62.slice(1) : field62
}

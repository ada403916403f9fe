/** Fetches, judges and keeps a download, and tells how it ended. The old one stays until the new one is whole. */
import type { ContactlessRules } from '#core/guard/contactless-rules.ts'
import type { DownloadName } from '#core/link/chore.ts'
import type { EventBody } from '#core/terminal/event.ts'
import type { Ask } from './answer.ts'
import { readContactlessRun } from './contactless-run.ts'
import { fetchDownload } from './conversation.ts'
import { faultOf } from './entry-check.ts'
import type { BlacklistForm } from './fetch-blacklist.ts'
import { readParameters, replyTimeoutOf } from './parameter-run.ts'
import { type HashDigits, sealEntry } from './refused-cards.ts'
import type { DownloadStore } from './store.ts'

export type Ended = Extract<EventBody, { type: 'downloadEnded' }>

/** Never rejects. What the disk refuses is not kept: the old one may or may not stand, and is read as it is found. */
export async function download(
  name: DownloadName,
  {
    ask,
    blacklist,
    store,
    hashDigits,
  }: {
    readonly ask: Ask
    /** How this acquirer writes its blacklist; absent: as usual. */
    readonly blacklist?: BlacklistForm | undefined
    readonly store: DownloadStore
    readonly hashDigits: HashDigits | undefined
  },
): Promise<Ended> {
  const fetched = await fetchDownload(name, ask, blacklist)
  if (!fetched.ok) return ended(name, fetched.outcome, { code: fetched.code })
  const { entries: received } = fetched
  const fault = received.map((entry) => faultOf(name, entry)).find((one) => one !== null)
  if (fault !== undefined) return ended(name, 'unusable', { code: fault ?? '' })
  const isList = name === 'blacklist'
  if (isList && hashDigits === undefined) return ended(name, 'unusable', { code: 'no key for it' })
  const entries =
    hashDigits !== undefined && isList
      ? received.map((digits) => sealEntry(digits, hashDigits))
      : received
  // "Nothing" says that the host has none for us now, not that ours are to go; a blacklist is always the whole of it.
  if (entries.length === 0 && !isList) return ended(name, 'kept', {})
  const digest = write(store, name, entries)
  if (digest === null) return ended(name, 'notWritten', {})
  const replyTimeoutMs = name === 'parameters' ? replyTimeoutIn(entries) : null
  const rules = name === 'contactless' ? contactlessIn(entries) : null
  const contactless = rules === null ? {} : { contactless: rules }
  return ended(name, 'kept', { digest, entries: entries.length, replyTimeoutMs, ...contactless })
}

/** Null when the disk refuses: it is tried again after the next sign-on. */
function write(
  store: DownloadStore,
  name: DownloadName,
  entries: readonly Uint8Array[],
): string | null {
  try {
    return store.write(name, entries)
  } catch {
    // What the disk said is in the way of nothing here: without the entries the terminal goes on with what it has.
    return null
  }
}

/** What the parameters kept in the folder say about the wait for an answer; null: nothing. */
export function keptReplyTimeout(store: DownloadStore): number | null {
  return replyTimeoutIn(store.read('parameters'))
}

/** The limits of taps that are kept in the folder; null: none. */
export function keptContactless(store: DownloadStore): ContactlessRules | null {
  return contactlessIn(store.read('contactless'))
}

function contactlessIn([run]: readonly Uint8Array[]): ContactlessRules | null {
  return run === undefined ? null : readContactlessRun(run)
}

function replyTimeoutIn([run]: readonly Uint8Array[]): number | null {
  return run === undefined ? null : replyTimeoutOf(readParameters(run) ?? [])
}

function ended(
  name: DownloadName,
  outcome: Ended['outcome'],
  more: Partial<Pick<Ended, 'code' | 'digest' | 'entries' | 'replyTimeoutMs' | 'contactless'>>,
): Ended {
  return {
    type: 'downloadEnded',
    download: name,
    outcome,
    code: '',
    entries: 0,
    digest: '',
    replyTimeoutMs: null,
    ...more,
  }
}

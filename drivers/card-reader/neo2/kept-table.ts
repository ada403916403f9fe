/** A table that the reader is to hold, entry by entry: given to it between transactions, and once more whenever it comes back. */
import type { TableTaken } from '#core/ports/card-reader.ts'
import type { ByteLink } from '../../transport/byte-link.ts'
import type { Conversation } from './conversation.ts'
import type { Liveness } from './liveness.ts'
import { type Command, STATUS_OK } from './protocol.ts'

/** Entries taken over at most; hosts hold some dozens. */
const ENTRIES_LIMIT = 99
/** A reader checks an entry and writes it to its flash. */
const ANSWER_MS = 2000
/** A transaction that begins ends the sending of one entry; it is sent again this often. */
const TRIES = 3

export type Sending = { readonly command: Command; readonly data: Uint8Array }

export type KeptTable = {
  /** Replaces what was held before. Never rejects. */
  readonly hold: (entries: readonly Uint8Array[]) => Promise<TableTaken>
}

/** `sendingsOf`: everything to be sent for one entry, all of which the reader must take; null when the entry has not all that it needs. */
export function createKeptTable(parts: {
  readonly link: ByteLink
  readonly liveness: Liveness
  readonly conversation: Conversation
  readonly sendingsOf: (entry: Uint8Array) => readonly Sending[] | null
}): KeptTable {
  const { conversation, link, liveness, sendingsOf } = parts
  let wanted: readonly Uint8Array[] = []

  const send = async ({ command, data }: Sending): Promise<boolean> => {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      // The conversation zeroes what it has sent.
      const reply = await liveness.alone(() =>
        conversation.ask(command, data.slice(), { withinMs: ANSWER_MS }),
      )
      if (reply.kind === 'answer') return reply.status === STATUS_OK
      if (reply.kind === 'failed' && reply.why === 'gone') return false
    }
    return false
  }
  const sendEntry = async (entry: Uint8Array): Promise<boolean> => {
    const sendings = sendingsOf(entry)
    if (sendings === null) return false
    for (const sending of sendings) if (!(await send(sending))) return false
    return true
  }
  const sendAll = async (): Promise<TableTaken> => {
    const sending = wanted
    let taken = 0
    for (const entry of sending) {
      // A newer table has taken its place, or nobody is there: the rest is for the next time.
      if (wanted !== sending || link.state === 'gone') break
      if (await sendEntry(entry)) taken += 1
    }
    return { taken, refused: sending.length - taken }
  }

  link.onState((state) => {
    if (state !== 'gone' && wanted.length > 0) void sendAll()
  })
  return {
    hold: (entries) => {
      wanted = entries.slice(0, ENTRIES_LIMIT)
      return sendAll()
    },
  }
}

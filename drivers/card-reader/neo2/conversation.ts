/** Commands and their answers over the link: one at a time, with slot notices handed aside as they come. */
import type { Clock } from '#core/ports/clock.ts'
import type { ByteLink } from '../../transport/byte-link.ts'
import { createInbox } from '../../transport/inbox.ts'
import { createAnswerDecoder, encodeCommand, type ReaderEvent } from './frame.ts'
import { type Command, SLOT_NOTICE } from './protocol.ts'

export type Reply =
  /** The receiver zeroes `data` when it held card data. */
  | { readonly kind: 'answer'; readonly status: number; readonly data: Uint8Array }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'slotEmptied' }
  | { readonly kind: 'failed'; readonly why: 'gone' | 'noAnswer' | 'garbled' }

export type Conversation = {
  /** One at a time. Never rejects. Answers to other commands are thrown away. Zeroes `data`. */
  ask(command: Command, data: Uint8Array, options: AskOptions): Promise<Reply>
  /** Ends the running `ask` with `stopped`; remembered by none. */
  stop(): void
}

type AskOptions = {
  readonly withinMs: number
  /** The wait ends when the chip card is pulled out. */
  readonly untilSlotEmpty?: boolean
}

export type ConversationOptions = {
  readonly link: ByteLink
  readonly clock: Clock
  /** Called for each slot notice, also between commands. */
  readonly onSlot: (occupied: boolean) => void
}

type Item =
  | ReaderEvent
  | { readonly kind: 'gone' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'slotEmptied' }

const SLOT_EMPTY = 0x00

export function createConversation({ link, clock, onSlot }: ConversationOptions): Conversation {
  const decoder = createAnswerDecoder()
  const inbox = createInbox<Item>(clock, forget)

  link.onBytes((bytes) => {
    for (const event of decoder.push(bytes)) {
      if (event.kind !== 'answer' || event.command !== SLOT_NOTICE) inbox.push(event)
      else {
        const occupied = event.data[0] !== SLOT_EMPTY
        if (!occupied) inbox.push({ kind: 'slotEmptied' })
        onSlot(occupied)
      }
    }
  })
  link.onState((state) => {
    decoder.reset()
    if (state === 'gone') inbox.push({ kind: 'gone' })
  })

  const answerTo = async (command: Command, options: AskOptions): Promise<Reply> => {
    const deadline = clock.monotonicMs() + options.withinMs
    for (;;) {
      const item = await inbox.next(deadline - clock.monotonicMs())
      if (item === null) return { kind: 'failed', why: 'noAnswer' }
      switch (item.kind) {
        case 'answer':
          if (item.command === command.command) return item
          forget(item)
          break
        case 'garbled':
          return { kind: 'failed', why: 'garbled' }
        case 'gone':
          return { kind: 'failed', why: 'gone' }
        case 'stop':
          return { kind: 'stopped' }
        case 'slotEmptied':
          if (options.untilSlotEmpty === true) return item
      }
    }
  }

  return {
    async ask(command, data, options) {
      inbox.clear()
      const frame = encodeCommand(command.command, command.sub, data)
      data.fill(0)
      const sent = link.state === 'open' && (await link.write(frame))
      return sent ? answerTo(command, options) : { kind: 'failed', why: 'gone' }
    },
    stop() {
      inbox.push({ kind: 'stop' })
    },
  }
}

function forget(item: Item): void {
  if (item.kind === 'answer') item.data.fill(0)
}

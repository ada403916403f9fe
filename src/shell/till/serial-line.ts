/**
 * The till's door on a serial cable: the same desk, the same answers, one message a line. A cable garbles; so each line carries a check, a garbled
 * one is answered as such, and sending an order again under its reference never charges twice.
 */
import { timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { z } from 'zod'
import type { Clock } from '#core/ports/clock.ts'
import type { Note } from '../log.ts'
import type { TillAnswer, TillDesk } from './desk.ts'
import { createPace } from './pace.ts'
import { readReference, readWish } from './read-wish.ts'
import { STATUS } from './status.ts'
import { type TillError, toldError } from './told.ts'

/** What is needed of the cable; a link never throws, and says `open` and `gone`. */
export interface TillCable {
  start(): void
  /** False: it is or went away. */
  write(bytes: Uint8Array): Promise<boolean>
  onBytes(listener: (bytes: Uint8Array) => void): void
  onState(listener: (state: 'open' | 'gone') => void): void
  close(): Promise<void>
}

export type SerialTillOptions = {
  readonly cable: TillCable
  readonly secret: string
  readonly desk: TillDesk
  readonly clock: Pick<Clock, 'monotonicMs'>
  readonly note: Note
}

/** The longest order as JSON, with check, secret and frame. */
const LINE_BYTES_MOST = 33_024
/** Lines that wait for the cable; beyond, a till asks again by reference. */
const UNSENT_MOST = 64
const NEWLINE = 10

const message = z.strictObject({
  secret: z.string().max(64),
  /** Comes back with the answer. */
  id: z.int().min(0).max(999_999_999),
  do: z.enum(['order', 'ask', 'withdraw', 'day']),
  order: z.unknown().optional(),
  reference: z.string().max(64).optional(),
})

/** Listens at once; returns how to stop. Nothing that comes over the cable throws. */
export function startSerialTill(options: SerialTillOptions): { close(): Promise<void> } {
  const { cable, clock, desk, note } = options
  const hasRoom = createPace(clock)
  let held: Uint8Array = new Uint8Array(0)
  let isSkipping = false
  /** The secret was shown on this cable since it was plugged: whoever has not is told nothing. */
  let isKnown = false
  let unsent = 0
  let sending: Promise<unknown> = Promise.resolve()

  const send = (content: unknown): void => {
    if (unsent >= UNSENT_MOST) return
    unsent += 1
    const line = framed(JSON.stringify(content))
    sending = sending.then(() => cable.write(line)).then(() => (unsent -= 1))
  }
  const refuse = (id: number | null, error: TillError, detail = ''): void =>
    send({ id, status: STATUS[error], body: toldError(error, undefined, detail) })

  const take = (line: Uint8Array): void => {
    const text = unframed(line)
    if (text === null) return refuse(null, 'garbled')
    const read = parsed(text)
    if (read === null) return refuse(null, 'notJson')
    if (!isSecret(read.secret, options.secret)) {
      note('till refused', { why: 'wrongSecret' })
      return refuse(read.id, 'wrongSecret')
    }
    isKnown = true
    if (!hasRoom()) return refuse(read.id, 'tooFast')
    const told = work(desk, read)
    send({ id: read.id, ...told })
  }

  const stopTelling = desk.onChange((order) => {
    if (isKnown) send({ live: order })
  })
  cable.onState((state) => {
    if (state === 'open') return
    held = new Uint8Array(0)
    isSkipping = false
    isKnown = false
  })
  cable.onBytes((bytes) => {
    held = Buffer.concat([held, bytes])
    for (let end = held.indexOf(NEWLINE); end >= 0; end = held.indexOf(NEWLINE)) {
      const line = held.subarray(0, end)
      held = held.subarray(end + 1)
      if (isSkipping) isSkipping = false
      else if (line.length > 0) take(line)
    }
    if (held.length <= LINE_BYTES_MOST) return
    if (!isSkipping) refuse(null, 'tooLarge')
    held = new Uint8Array(0)
    isSkipping = true
  })
  cable.start()
  return {
    close: async () => {
      stopTelling()
      await cable.close()
    },
  }
}

/** `<crc32 of the JSON, eight hex digits> <JSON>\n`, in UTF-8. */
function framed(json: string): Uint8Array {
  const check = crc32(json).toString(16).padStart(8, '0')
  return Buffer.from(`${check} ${json}\n`)
}

/** The JSON, or null when the line is not as it was sent. */
function unframed(line: Uint8Array): string | null {
  const [, check, json] = /^([0-9a-f]{8}) (.*?)\r?$/.exec(Buffer.from(line).toString('utf8')) ?? []
  if (check === undefined || json === undefined) return null
  return crc32(json) === Number.parseInt(check, 16) ? json : null
}

type TillMessage = z.infer<typeof message>

function parsed(text: string): TillMessage | null {
  try {
    const checked = message.safeParse(JSON.parse(text))
    return checked.success ? checked.data : null
  } catch {
    // No JSON at all, though whole.
    return null
  }
}

function isSecret(shown: string, secret: string): boolean {
  const [one, other] = [Buffer.from(shown.padEnd(64)), Buffer.from(secret.padEnd(64))]
  return one.length === other.length && timingSafeEqual(one, other)
}

type Told = { readonly status: number; readonly body: unknown }

function work(desk: TillDesk, read: TillMessage): Told {
  if (read.do === 'day') {
    const told = desk.day()
    return told.kind === 'day'
      ? { status: 200, body: told.day }
      : { status: STATUS[told.error.error], body: told.error }
  }
  if (read.do === 'order') {
    const wish = readWish(read.order)
    return wish.ok ? toldOf(desk.order(wish.wish)) : unusable(`${wish.place}: ${wish.wanted}`)
  }
  const reference = readReference(read.reference ?? '')
  if (reference === null) return unusable('reference')
  return toldOf(read.do === 'ask' ? desk.ask(reference) : desk.withdraw(reference))
}

function unusable(detail: string): Told {
  return { status: STATUS.unusable, body: toldError('unusable', undefined, detail) }
}

function toldOf(answer: TillAnswer): Told {
  return answer.kind === 'order'
    ? { status: answer.isNew ? 201 : 200, body: answer.order }
    : { status: STATUS[answer.error.error], body: answer.error }
}

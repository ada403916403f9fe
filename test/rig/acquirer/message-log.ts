/** The last messages of the line, masked, for the bench page. */
import { maskPan } from './ledger/account.ts'
import type { Message } from './wire/message.ts'
import { readTlv } from './wire/tlv.ts'

export const MAX_LOGGED_MESSAGES = 500
const MAX_NOTE_LENGTH = 200
/** Track 2, PAN, name, tracks in discretionary form. */
const CARDHOLDER_TAGS = ['57', '5A', '5F20', '9F0B', '9F1F', '9F20', '9F6B', '56']

export type LoggedMessage = {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly direction: 'in' | 'out'
  /** Empty when the bytes were no message. */
  readonly mti: string
  /** Field number → text; PAN, track, PIN, code and keys masked. */
  readonly fields: Readonly<Record<string, string>>
  /** What was done to it on request, or why it was no message. */
  readonly note: string
}

export interface MessageLog {
  add(line: Omit<LoggedMessage, 'fields' | 'mti'> & { readonly message: Message | null }): void
  /** Newest last, at most 500. */
  lines(): readonly LoggedMessage[]
}

/** A log that forgets its oldest line when full. */
export function createMessageLog(): MessageLog {
  const lines: LoggedMessage[] = []
  return {
    add({ at, direction, note, message }) {
      const mti = message?.mti ?? ''
      const fields = message === null ? {} : maskFields(message)
      lines.push({ at, direction, mti, fields, note: note.slice(0, MAX_NOTE_LENGTH) })
      if (lines.length > MAX_LOGGED_MESSAGES) lines.shift()
    },
    lines: () => [...lines],
  }
}

/** Every field as text; the secret ones masked or only counted. */
function maskFields(message: Message): Readonly<Record<string, string>> {
  const masked: Record<string, string> = {}
  for (const [number, value] of message.fields) masked[String(number)] = maskField(number, value)
  return masked
}

function maskField(number: number, value: string): string {
  switch (number) {
    case 2:
      return maskPan(value)
    case 35:
    case 36:
      return '*'.repeat(value.length)
    case 52:
      return '*'.repeat(16)
    case 59:
      return value.length < 11 ? '*'.repeat(value.length) : maskCode(value)
    case 55:
      return maskChipData(value)
    case 62:
      return `(${value.length / 2} bytes)`
    default:
      return value
  }
}

/** Objects that name the cardholder have no business here; a terminal that sends them is not to fill our log with them. */
function maskChipData(value: string): string {
  const objects = readTlv(value)
  if (objects === null) return `(${value.length / 2} bytes)`
  return [...objects]
    .map(([tag, content]) => `${tag}=${CARDHOLDER_TAGS.includes(tag) ? '*' : content}`)
    .join(' ')
}

function maskCode(value: string): string {
  return `${value.slice(0, 7)}${'*'.repeat(value.length - 11)}${value.slice(-4)}`
}

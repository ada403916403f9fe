/** What a fault does to a reply: first to its fields, then to its bytes on the line. */
import { joinBytes } from '../wire/hex.ts'
import type { Message } from '../wire/message.ts'
import { writeTlv } from '../wire/tlv.ts'
import type { Fault } from './fault.ts'

/** One thing done on the connection, in order; `afterMs` counts from the step before. */
export type Step =
  | { readonly kind: 'send'; readonly afterMs: number; readonly bytes: Uint8Array }
  | { readonly kind: 'close'; readonly afterMs: number }

const GARBAGE_BYTES = 40

/** The reply with wrong content; its MAC is still made over what is sent, so that only the named thing is wrong. */
export function spoilFields(reply: Message, fault: Fault | null): Message {
  if (fault?.kind === 'wrongStan') return changed(reply, 11, (stan) => addDigits(stan, 1))
  if (fault?.kind === 'wrongAmount') return changed(reply, 4, (amount) => addDigits(amount, 1))
  if (fault?.kind === 'wrongTid') return changed(reply, 41, otherTid)
  if (fault?.kind === 'issuerScript') return withScript(reply, fault.script)
  if (fault?.kind === 'wrongMti') return { ...reply, mti: addDigits(reply.mti, 20) }
  return reply
}

/** Tag 72 behind whatever field 55 has already; an answer without a chip's data gets none. */
function withScript(reply: Message, script: string): Message {
  return changed(reply, 55, (chip) => `${chip}${writeTlv('72', script)}`)
}

/** The reply's MAC, made wrong when the fault says so. */
export function spoilMac(mac: Uint8Array, fault: Fault | null): Uint8Array {
  if (fault?.kind !== 'wrongMac') return mac
  return mac.map((byte) => (byte === 0x30 ? 0x31 : 0x30))
}

/** The finished frame → what happens on the line. No steps = silence. */
export function spoilBytes(
  frame: Uint8Array,
  fault: Fault | null,
  random: (length: number) => Uint8Array,
): readonly Step[] {
  const half = frame.slice(0, frame.length >> 1)
  if (fault === null) return [send(frame)]
  switch (fault.kind) {
    case 'dropReply':
    case 'dropRequest':
    case 'lateRequest':
    case 'lateReply':
      return []
    case 'delayReply':
      return [send(frame, fault.ms)]
    case 'duplicateReply':
      return [send(frame), send(frame, fault.ms)]
    case 'replyTwiceGlued':
      return [send(joinBytes(frame, frame))]
    case 'halfFrame':
      return [send(half)]
    case 'closeMidFrame':
      return [send(half), { kind: 'close', afterMs: 0 }]
    case 'closeBeforeReply':
      return [{ kind: 'close', afterMs: 0 }]
    case 'garbage':
      return [send(joinBytes(Uint8Array.of(0, GARBAGE_BYTES), random(GARBAGE_BYTES)))]
    case 'noise':
      return [send(random(GARBAGE_BYTES))]
    case 'slowBytes':
      return [...frame].map((byte) => send(Uint8Array.of(byte), fault.ms))
    case 'wrongStan':
    case 'wrongAmount':
    case 'wrongTid':
    case 'wrongMti':
    case 'wrongMac':
    case 'noMac':
    case 'askPassword':
    case 'stillPaying':
    case 'paidBeforeCancel':
    case 'approvePart':
    case 'decline':
    case 'issuerScript':
    case 'hostRequest':
    case 'refuseConnections':
      return [send(frame)]
  }
}

function send(bytes: Uint8Array, afterMs = 0): Step {
  return { kind: 'send', afterMs, bytes }
}

function changed(reply: Message, number: number, change: (value: string) => string): Message {
  const value = reply.fields.get(number)
  if (value === undefined) return reply
  return { mti: reply.mti, fields: new Map(reply.fields).set(number, change(value)) }
}

function otherTid(tid: string): string {
  return `${tid.slice(0, -1)}${tid.endsWith('9') ? '8' : '9'}`
}

function addDigits(digits: string, by: number): string {
  const sum = (Number(digits) + by) % 10 ** digits.length
  return String(sum).padStart(digits.length, '0')
}

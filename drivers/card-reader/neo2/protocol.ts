/** What is said to the reader and what its answers mean, as numbers of the wire. Pure. Assumptions are marked in the README. */
import type { CardInterface, CardRequest, OnlineAnswer } from '#core/ports/card-reader.ts'
import { fromHex } from '#crypto/hex.ts'
import { parseTlv } from '#emv/tlv.ts'
import { buildTlv } from '#emv/tlv-build.ts'
import type { DataObjects } from './objects.ts'

export type Command = { readonly command: number; readonly sub: number }

export const PING: Command = { command: 0x18, sub: 0x01 }
export const FIRMWARE_VERSION: Command = { command: 0x29, sub: 0x00 }
export const ACTIVATE: Command = { command: 0x02, sub: 0x40 }
export const CANCEL: Command = { command: 0x05, sub: 0x01 }
export const SET_CA_KEY: Command = { command: 0xd0, sub: 0x03 }
export const SET_CONTACT_AID: Command = { command: 0x60, sub: 0x03 }
export const SET_CONTACTLESS_AID: Command = { command: 0x04, sub: 0x02 }
export const APPLY_HOST_RESPONSE: Command = { command: 0x60, sub: 0x12 }
/** Comes unasked: data 00 = a chip card left the slot, 01 = one was put in. */
export const SLOT_NOTICE = 0xc0

export const STATUS_OK = 0x00
export const STATUS_TIMED_OUT = 0x08
export const STATUS_FAILED = 0x0a
export const STATUS_ONLINE_REQUESTED = 0x23

const TAG_DFEF37_INTERFACE = 'DFEF37'
const TAG_DFEF38_HOST_ANSWERED = 'DFEF38'
export const TAG_DFEF4D_STRIPE_TRACK2 = 'DFEF4D'

const ALL_INTERFACES = 0x07
const INTERFACE_OF_BIT: Readonly<Record<number, CardInterface>> = {
  1: 'stripe',
  2: 'contactless',
  4: 'chip',
}
/** 8A of a transaction that could not go online and is refused (EMV Book 4, A6). */
const ARC_UNABLE_TO_GO_ONLINE = 'Z3'
/** DE 55 holds 255 bytes. */
const MAX_ISSUER_DATA_HEX = 510
const ISSUER_TAGS: readonly string[] = ['91', '71', '72']
const LONGEST_WAIT_SECONDS = 255

/** Timeout byte in seconds, then the objects the kernels need to know. */
export function activationData(request: CardRequest): Uint8Array {
  const objects = buildTlv([
    { tag: '9F02', value: digits(String(request.amountMinor), 6) },
    { tag: '9F03', value: new Uint8Array(6) },
    { tag: '9C', value: digits(request.transactionType, 1) },
    { tag: '5F2A', value: digits(request.currency, 2) },
    { tag: '9A', value: digits(request.date, 3) },
    { tag: '9F21', value: digits(request.time, 3) },
    { tag: TAG_DFEF37_INTERFACE, value: Uint8Array.of(ALL_INTERFACES) },
  ])
  return Uint8Array.of(waitSeconds(request.timeoutMs), ...objects)
}

/** Packed digits, zeros in front; the core gives digits only, so anything else is a bug and throws. */
function digits(text: string, bytes: number): Uint8Array {
  const packed = /^[0-9]+$/.test(text) ? fromHex(text.padStart(2 * bytes, '0')) : null
  if (packed?.length !== bytes) throw new RangeError(`${bytes} packed bytes of digits expected`)
  return packed
}

/** Whole seconds as the wire carries them, 1 to 255. */
export function waitSeconds(timeoutMs: number): number {
  return Math.min(LONGEST_WAIT_SECONDS, Math.max(1, Math.ceil(timeoutMs / 1000)))
}

/** 8A, whether the host answered, and of its DE 55 only 91, 71 and 72 in their order; what cannot be read is left out. */
export function hostResponseData(answer: OnlineAnswer): Uint8Array {
  const code = answer.online ? answer.responseCode : ARC_UNABLE_TO_GO_ONLINE
  return buildTlv([
    { tag: '8A', value: Uint8Array.from(code, (character) => character.charCodeAt(0)) },
    { tag: TAG_DFEF38_HOST_ANSWERED, value: Uint8Array.of(answer.online ? 1 : 0) },
    ...(answer.online ? issuerObjects(answer.issuerData) : []),
  ])
}

/** A host may repeat 8A or add its own objects; the card is given those it knows. Scripts may come more than once. */
function issuerObjects(
  hex: string,
): readonly { readonly tag: string; readonly value: Uint8Array }[] {
  const bytes = hex.length <= MAX_ISSUER_DATA_HEX ? fromHex(hex) : null
  if (bytes === null) return []
  return parseTlv(bytes).objects.filter(({ tag }) => ISSUER_TAGS.includes(tag))
}

/** Data of a failed transaction: error code, SW1, SW2, radio state, then objects. */
export type Failure = {
  readonly why:
    | 'severalCards'
    | 'cardMute'
    | 'cardDeclined'
    | 'cardRemoved'
    | 'notAccepted'
    | 'other'
  readonly interface: CardInterface | null
}

const FAILURE_OF_CODE: Readonly<Record<number, Failure['why']>> = {
  0x21: 'severalCards',
  0x30: 'cardMute',
  0x31: 'cardRemoved',
  0x32: 'notAccepted', // no application of the card is in the reader's list
  0x42: 'cardDeclined', // the card generated an AAC
}
export const FAILURE_HEAD_BYTES = 4

export function failureReason(data: Uint8Array, objects: DataObjects | null): Failure {
  return {
    why: FAILURE_OF_CODE[data[0] ?? 0] ?? 'other',
    interface: objects === null ? null : interfaceUsed(objects),
  }
}

/** The one bit of DFEF37 in an answer, or null when there is not exactly one. */
export function interfaceUsed(objects: DataObjects): CardInterface | null {
  const value = objects.get(TAG_DFEF37_INTERFACE)
  return value?.length === 1 ? (INTERFACE_OF_BIT[value[0] ?? 0] ?? null) : null
}

/** DE 55 order of the terminal dialect (domain: sale; 9F63 is there for contactless only). */
export const ONLINE_REQUEST_TAGS: readonly string[] =
  '9F26 9F27 9F10 9F37 9F36 95 9A 9C 9F02 5F2A 82 9F1A 9F03 9F33 9F34 9F35 9F1E 84 9F09 9F41 9F63'.split(
    ' ',
  )
/** What slip and reversal need after the second GENERATE AC. */
export const COMPLETION_TAGS: readonly string[] = '9F26 9F27 95 9B 9F10 9F36 DF31'.split(' ')

/** What is said to the reader and what its answers mean, as numbers of the wire. Pure. Assumptions are marked in the README. */
import type { CardInterface, CardRequest, OnlineAnswer } from '#core/ports/card-reader.ts'
import { fromHex, type TlvObjects, tlvObject, toHex } from './tlv.ts'

export type Command = { readonly command: number; readonly sub: number }

export const PING: Command = { command: 0x18, sub: 0x01 }
export const FIRMWARE_VERSION: Command = { command: 0x29, sub: 0x00 }
export const ACTIVATE: Command = { command: 0x02, sub: 0x40 }
export const CANCEL: Command = { command: 0x05, sub: 0x01 }
export const APPLY_HOST_RESPONSE: Command = { command: 0x60, sub: 0x12 }
/** Comes unasked: data 00 = a chip card left the slot, 01 = one was put in. */
export const SLOT_NOTICE = 0xc0

export const STATUS_OK = 0x00
export const STATUS_TIMED_OUT = 0x08
export const STATUS_FAILED = 0x0a
export const STATUS_ONLINE_REQUESTED = 0x23

export const TAG_DFEF37_INTERFACE = 'DFEF37'
export const TAG_DFEF38_HOST_ANSWERED = 'DFEF38'
export const TAG_DFEF4D_STRIPE_TRACK2 = 'DFEF4D'

const ALL_INTERFACES = 0x07
const INTERFACE_OF_BIT: Readonly<Record<number, CardInterface>> = {
  1: 'stripe',
  2: 'contactless',
  4: 'chip',
}
/** 8A of a transaction that could not go online and is refused (EMV Book 4, A6). */
const ARC_UNABLE_TO_GO_ONLINE = 'Z3'
/** DE 55 of an answer: authentication data and scripts, passed on as they came. */
const MAX_ISSUER_DATA_HEX = 510
const LONGEST_WAIT_SECONDS = 255

/** Timeout byte in seconds, then the objects the kernels need to know. */
export function activationData(request: CardRequest): Uint8Array {
  const amount = String(request.amountMinor).padStart(12, '0')
  return Uint8Array.of(
    waitSeconds(request.timeoutMs),
    ...tlvObject('9F02', fromHex(amount)),
    ...tlvObject('9F03', new Uint8Array(6)),
    ...tlvObject('9C', fromHex(request.transactionType)),
    ...tlvObject('5F2A', fromHex(request.currency.padStart(4, '0'))),
    ...tlvObject('9A', fromHex(request.date)),
    ...tlvObject('9F21', fromHex(request.time)),
    ...tlvObject(TAG_DFEF37_INTERFACE, Uint8Array.of(ALL_INTERFACES)),
  )
}

/** Whole seconds as the wire carries them, 1 to 255. */
export function waitSeconds(timeoutMs: number): number {
  return Math.min(LONGEST_WAIT_SECONDS, Math.max(1, Math.ceil(timeoutMs / 1000)))
}

/** 8A, whether the host answered, and its 91, 71, 72 as they came; unreadable issuer data is left out. */
export function hostResponseData(answer: OnlineAnswer): Uint8Array {
  const code = answer.online ? answer.responseCode : ARC_UNABLE_TO_GO_ONLINE
  const usable =
    answer.online &&
    answer.issuerData.length <= MAX_ISSUER_DATA_HEX &&
    /^(?:[0-9A-Fa-f]{2})*$/.test(answer.issuerData)
  return Uint8Array.of(
    ...tlvObject(
      '8A',
      Uint8Array.from(code, (character) => character.charCodeAt(0)),
    ),
    ...tlvObject(TAG_DFEF38_HOST_ANSWERED, Uint8Array.of(answer.online ? 1 : 0)),
    ...(usable ? fromHex(answer.issuerData) : []),
  )
}

/** Data of a failed transaction: error code, SW1, SW2, radio state, then objects. */
export type Failure = {
  readonly why: 'severalCards' | 'cardMute' | 'cardDeclined' | 'cardRemoved' | 'other'
  readonly interface: CardInterface | null
}

const FAILURE_OF_CODE: Readonly<Record<number, Failure['why']>> = {
  0x21: 'severalCards',
  0x30: 'cardMute',
  0x31: 'cardRemoved',
  0x42: 'cardDeclined', // the card generated an AAC
}
export const FAILURE_HEAD_BYTES = 4

export function failureReason(data: Uint8Array, objects: TlvObjects | null): Failure {
  return {
    why: FAILURE_OF_CODE[data[0] ?? 0] ?? 'other',
    interface: objects === null ? null : interfaceUsed(objects),
  }
}

/** The one bit of DFEF37 in an answer, or null when there is not exactly one. */
export function interfaceUsed(objects: TlvObjects): CardInterface | null {
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

/** The named objects that are there, in the order named, as BER-TLV hex. */
export function collectHex(objects: TlvObjects, tags: readonly string[]): string {
  return tags
    .map((tag) => {
      const value = objects.get(tag)
      return value === undefined ? '' : toHex(tlvObject(tag, value))
    })
    .join('')
}

/** The packets of a VISA-II PIN pad as bytes. Pure; the account number and the PIN block are never text here. */
export type PinAnswer =
  /** `block` is raw bytes, owned by the receiver; `ksn` as 20 hex digits, or empty. */
  | { readonly kind: 'block'; readonly block: Uint8Array; readonly ksn: string }
  /** Enter was pressed without digits. */
  | { readonly kind: 'bypassed' }
  /** The error character of packet 71, such as `A` (no key). */
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'unreadable' }

export type PinEntry = {
  /** ASCII digits, 8 to 19 of them. Copied; the caller keeps the original. */
  readonly account: Uint8Array
  /** Wrapped under the selected master key: 16 or 32 hex digits. Null: the pad has a key of its own for each PIN. */
  readonly wrappedPinKey: string | null
  readonly amountMinor: number
}

/** Packet 11 asks for nothing but the acknowledgement. */
export const CONNECTION_TEST: readonly number[] = [0x31, 0x31]
export const READ_SERIAL_NUMBER: readonly number[] = [0x30, 0x36]
export const CANCEL: readonly number[] = [0x37, 0x32]

const DISPLAY_LINES = 2
const DISPLAY_COLUMNS = 16

const FS = 0x1c
const SUB = 0x1a
const ASCII_ZERO = 0x30
const DEBIT_FLAG = 'D'
const KSN_HEX_DIGITS = { least: 10, most: 20 }
const UNIQUE_BLOCK_HEX_DIGITS = 16
const SHORTEST_ISO_9564_PIN = 4
const LONGEST_ISO_9564_PIN = 12
const HIGHEST_MASTER_KEY_INDEX = 9

/**
 * Packet 70: shows the amount, takes the PIN, enciphers under the session key; with DUKPT a D (debit) stands in the place of that key. The
 * receiver zeroes the packet.
 */
export function pinEntryPacket(entry: PinEntry): Uint8Array {
  const tail = ascii(`${entry.wrappedPinKey ?? DEBIT_FLAG}${amountText(entry.amountMinor)}`)
  const packet = new Uint8Array(3 + entry.account.length + 1 + tail.length)
  packet.set(ascii('70.'))
  packet.set(entry.account, 3)
  packet[3 + entry.account.length] = FS
  packet.set(tail, 4 + entry.account.length)
  return packet
}

/** The pad splits key and amount by the point: whole units, a point, two digits, no separators. */
export function amountText(amountMinor: number): string {
  const digits = String(amountMinor).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** What the key of an entry makes of its answer. */
export type PinAnswerForm =
  | { readonly kind: 'session'; readonly blockBytes: 8 | 16 }
  | { readonly kind: 'dukpt' }

/**
 * Packet 71: `71.0` and then by the key; or `71` and an error character. Session key: two digits of PIN length, `01` for ISO 9564 format 0, the
 * block as hex. DUKPT: 10 to 20 hex digits of KSN and 16 of block, or nothing for no PIN.
 */
export function readPinAnswer(data: Uint8Array, form: PinAnswerForm): PinAnswer {
  if (!startsWith(data, '71')) return { kind: 'unreadable' }
  const dotted = data[2] === 0x2e
  const body = data.subarray(dotted ? 3 : 2)
  if (body.length === 1 && body[0] !== ASCII_ZERO) {
    return { kind: 'refused', code: printable(body) }
  }
  if (!startsWith(body, '0')) return { kind: 'unreadable' }
  return form.kind === 'dukpt' ? readUnique(body) : readSession(body, form.blockBytes)
}

function readSession(body: Uint8Array, blockBytes: number): PinAnswer {
  if (body.length !== 5 + blockBytes * 2) return { kind: 'unreadable' }
  const pinLength = decimal(body.subarray(1, 3))
  if (pinLength === null || !startsWith(body.subarray(3), '01')) return { kind: 'unreadable' }
  if (pinLength === 0) return { kind: 'bypassed' }
  if (pinLength < SHORTEST_ISO_9564_PIN || pinLength > LONGEST_ISO_9564_PIN) {
    return { kind: 'unreadable' }
  }
  const block = hexBytes(body.subarray(5))
  return block === null ? { kind: 'unreadable' } : { kind: 'block', block, ksn: '' }
}

/** A KSN that begins with F may be sent without them. */
function readUnique(body: Uint8Array): PinAnswer {
  if (body.length === 1) return { kind: 'bypassed' }
  const ksnDigits = body.length - 1 - UNIQUE_BLOCK_HEX_DIGITS
  if (ksnDigits < KSN_HEX_DIGITS.least || ksnDigits > KSN_HEX_DIGITS.most)
    return { kind: 'unreadable' }
  const ksn = printable(body.subarray(1, 1 + ksnDigits))
  const block = /^[0-9A-F]+$/.test(ksn) ? hexBytes(body.subarray(1 + ksnDigits)) : null
  return block === null
    ? { kind: 'unreadable' }
    : { kind: 'block', block, ksn: ksn.padStart(KSN_HEX_DIGITS.most, 'F') }
}

/** Packet 08; null when the pad has no such slot. */
export function selectMasterKeyPacket(index: number): Uint8Array | null {
  const slot = Number.isInteger(index) && index >= 0 && index <= HIGHEST_MASTER_KEY_INDEX
  return slot ? ascii(`08${index}`) : null
}

/** A wrapped key as packet 70 takes it: single or double length in hex, upper case as the family prints it. */
export function isUsableKey(wrappedPinKey: string): boolean {
  return /^(?:[0-9A-F]{16}|[0-9A-F]{32})$/.test(wrappedPinKey)
}

/** True for the answer `080`; a pad does not check here whether the slot holds a key. */
export function masterKeySelected(data: Uint8Array): boolean {
  return data.length === 3 && startsWith(data, '080')
}

/** Packet Z2: clears, then shows two lines of 16 ASCII characters; others become `?`. No lines: Z1, back to the idle display. */
export function displayPacket(lines: readonly string[]): Uint8Array {
  if (lines.length === 0) return Uint8Array.of(0x5a, 0x31)
  const text = Array.from({ length: DISPLAY_LINES }, (_, line) =>
    (lines[line] ?? '').slice(0, DISPLAY_COLUMNS).padEnd(DISPLAY_COLUMNS),
  ).join('')
  const clean = text.replace(/[^\x20-\x7e]/g, '?')
  return Uint8Array.of(0x5a, 0x32, SUB, ...ascii(clean))
}

/** The serial number of packet 06, or null when the answer is another one. */
export function readSerialNumber(data: Uint8Array): string | null {
  return startsWith(data, '06') ? printable(data.subarray(2)) : null
}

function startsWith(data: Uint8Array, text: string): boolean {
  return text.length <= data.length && ascii(text).every((byte, at) => data[at] === byte)
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

function printable(data: Uint8Array): string {
  return String.fromCharCode(...data).replace(/[^\x20-\x7e]/g, '?')
}

function decimal(digits: Uint8Array): number | null {
  let value = 0
  for (const byte of digits) {
    if (byte < ASCII_ZERO || byte > 0x39) return null
    value = value * 10 + byte - ASCII_ZERO
  }
  return value
}

function hexBytes(digits: Uint8Array): Uint8Array | null {
  const bytes = new Uint8Array(digits.length / 2)
  for (let at = 0; at < digits.length; at++) {
    const nibble = hexNibble(digits[at] ?? 0)
    if (nibble === null) {
      bytes.fill(0)
      return null
    }
    bytes[at >> 1] = ((bytes[at >> 1] ?? 0) << 4) | nibble
  }
  return bytes
}

function hexNibble(byte: number): number | null {
  if (byte >= ASCII_ZERO && byte <= 0x39) return byte - ASCII_ZERO
  if (byte >= 0x41 && byte <= 0x46) return byte - 0x37
  return byte >= 0x61 && byte <= 0x66 ? byte - 0x57 : null
}

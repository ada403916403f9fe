/** The keys of one card from the issuer's master keys (EMV Book 2, A1.4). */
import { createHash } from 'node:crypto'
import { type Bytes, concat } from '../bytes.ts'
import { desEncrypt } from '../des.ts'

export type CardNumber = {
  /** PAN digits; test cards only, so text will do here. */
  readonly pan: string
  /** PAN sequence number, two digits; `00` when the card has none. */
  readonly sequence: string
}

/** Option A: the sixteen rightmost digits of PAN and sequence number. Sixteen bytes, parity as it falls out. */
export function cardKeyOptionA(issuerKey: Uint8Array, card: CardNumber): Bytes {
  return fromDigits(issuerKey, digitsOf(card).slice(-16).padStart(16, '0'))
}

/** Option B: as A up to sixteen digits of PAN, beyond that sixteen digits out of SHA-1 over PAN and sequence number. */
export function cardKeyOptionB(issuerKey: Uint8Array, card: CardNumber): Bytes {
  if (card.pan.length <= 16) return cardKeyOptionA(issuerKey, card)
  const digits = digitsOf(card)
  const whole = digits.length % 2 === 0 ? digits : `0${digits}`
  const hash = createHash('sha1').update(Buffer.from(whole, 'hex')).digest('hex')
  return fromDigits(issuerKey, decimalize(hash).slice(0, 16))
}

/** Digits first as they come, then the letters A to F as 0 to 5 (EMV Book 2, A1.4.2; also Visa PVV). */
export function decimalize(hex: string): string {
  const digits = hex.replace(/[^0-9]/g, '')
  const letters = hex.replace(/[^a-fA-F]/g, '')
  return digits + Array.from(letters, (letter) => Number.parseInt(letter, 16) - 10).join('')
}

function digitsOf(card: CardNumber): string {
  if (!/^[0-9]{1,19}$/.test(card.pan)) throw new RangeError('a PAN has 1 to 19 digits')
  if (!/^[0-9]{2}$/.test(card.sequence)) throw new RangeError('a sequence number has two digits')
  return card.pan + card.sequence
}

function fromDigits(issuerKey: Uint8Array, digits: string): Bytes {
  const left = Uint8Array.from(Buffer.from(digits, 'hex'))
  const right = left.map((byte) => byte ^ 0xff)
  return concat(desEncrypt(issuerKey, left), desEncrypt(issuerKey, right))
}

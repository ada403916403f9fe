/** Requests as a terminal would send them, so that tests say only what matters to them. */
import {
  applicationCryptogram,
  cardKey,
  pbocSessionKey,
} from '../rig/acquirer/security/cryptogram.ts'
import { fromHex, toHex } from '../rig/acquirer/wire/hex.ts'
import { writeTlv } from '../rig/acquirer/wire/tlv.ts'
import { CARDS } from './probe.ts'
import type { Fields } from './terminal-side.ts'

export type TestCard = (typeof CARDS.cards)[number]

/** A card of cards.yaml by its name there. */
export function card(id: string): TestCard {
  const found = CARDS.cards.find((candidate) => candidate.id === id)
  if (found === undefined) throw new Error(`no card ${id}`)
  return found
}

/** Fen as DE 4. */
export function de4(amountMinor: number): string {
  return String(amountMinor).padStart(12, '0')
}

/** A contactless sale without PIN. */
export function cardSale(id: string, amountMinor: number, stan: string, more: Fields = {}): Fields {
  const { pan, expiry, panSequence } = card(id)
  return {
    2: pan,
    3: '000000',
    4: de4(amountMinor),
    11: stan,
    14: expiry,
    22: '072',
    23: `0${panSequence}`,
    25: '00',
    49: '156',
    55: chipData(id, amountMinor),
    60: '2200000100060',
    ...more,
  }
}

/** A sale by payment code. */
export function codeSale(code: string, amountMinor: number, stan: string): Fields {
  return {
    3: '000000',
    4: de4(amountMinor),
    11: stan,
    22: '032',
    25: '00',
    49: '156',
    59: `A3${String(code.length).padStart(3, '0')}${code}`,
    60: '2200000100060',
  }
}

/** The reversal of a request: the same numbers, and why. */
export function reversalOf(request: Fields, reason = '98'): Fields {
  const kept: Fields = { 39: reason }
  for (const number of [2, 3, 4, 11, 14, 22, 23, 25, 49, 60]) {
    const value = request[number]
    if (value !== undefined) kept[number] = value
  }
  return kept
}

/** Field 55 with a good ARQC of the card. */
function chipData(id: string, amountMinor: number): string {
  const { pan, panSequence } = card(id)
  const atc = '0007'
  const issuerData = '07010103A0A802010A01000000000098F01F52'
  const objects: readonly (readonly [string, string])[] = [
    ['9F02', de4(amountMinor)],
    ['9F03', '000000000000'],
    ['9F1A', '0156'],
    ['95', '0000000000'],
    ['5F2A', '0156'],
    ['9A', '260301'],
    ['9C', '00'],
    ['9F37', '01020304'],
    ['82', '7C00'],
    ['9F36', atc],
  ]
  const key = pbocSessionKey(cardKey(fromHex(CARDS.imk), pan, panSequence), atc)
  const covered = objects.map(([, value]) => value).join('') + issuerData.slice(6, 14)
  const arqc = toHex(applicationCryptogram(key, covered))
  return [...objects, ['9F10', issuerData] as const, ['9F26', arqc] as const]
    .map(([tag, value]) => writeTlv(tag, value))
    .join('')
}

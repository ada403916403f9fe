/** The cards' side and the kernels inside the reader: what a card gives for an amount, and how it ends after the host's answer. */
import type { TestCard } from '../../cards.ts'
import { cardKey, cryptogram, responseCryptogram, sessionKey } from './cryptogram.ts'
import { encodeObjects } from './objects.ts'

export type Via = 'chip' | 'contactless' | 'stripe'

/** What the terminal said in its activation, hex by tag. */
export type Activation = ReadonlyMap<string, string>

/** A chip that waits for its second GENERATE AC. */
export type OpenChip = {
  readonly card: TestCard
  readonly key: Buffer
  readonly arqc: Buffer
  readonly macObjects: MacObjects
}

export type Ending = {
  readonly approved: boolean
  readonly data: Buffer
  readonly arpcFits: boolean | null
}

const INTERFACE_BIT: Readonly<Record<Via, string>> = { stripe: '01', contactless: '02', chip: '04' }
const CVR_ARQC = '03A04002'
const CVR_TC = '03604002'
const CVR_AAC = '03204002'
const TVR_CHIP = '0000048000' // online PIN entered, floor limit exceeded
const TVR_CONTACTLESS = '0000000000'
const COUNTRY = '0156'

export function interfaceObject(via: Via): readonly [string, string] {
  return ['DFEF37', INTERFACE_BIT[via]]
}

/** Track 2 of the stripe in clear, with sentinels, as the reader's magnetic head gives it. */
export function swipeAnswer(card: TestCard): Buffer {
  const track = `;${card.pan}=${card.expiry}${card.serviceCode}0000000000?`
  return encodeObjects([
    interfaceObject('stripe'),
    ['DFEF4D', Buffer.from(track, 'latin1').toString('hex')],
  ])
}

export type ArqcOptions = {
  readonly card: TestCard
  readonly via: 'chip' | 'contactless'
  readonly issuerKey: Buffer
  readonly counter: number
  readonly unpredictable: string
  readonly activation: Activation
  readonly contactlessNoPinMinor: number
}

/** First GENERATE AC (or the one cryptogram of a tap): the objects for the terminal, and the chip left open. */
export function arqcAnswer(options: ArqcOptions): { data: Buffer; chip: OpenChip } {
  const { card, via, activation, counter } = options
  const chipContact = via === 'chip'
  const macObjects: MacObjects = {
    '9F02': activation.get('9F02') ?? '',
    '9F03': activation.get('9F03') ?? '000000000000',
    '9F1A': COUNTRY,
    '95': chipContact ? TVR_CHIP : TVR_CONTACTLESS,
    '5F2A': activation.get('5F2A') ?? '',
    '9A': activation.get('9A') ?? '',
    '9C': activation.get('9C') ?? '',
    '9F37': options.unpredictable,
    '82': '7C00',
    '9F36': counter.toString(16).padStart(4, '0'),
  }
  const key = sessionKey(cardKey(options.issuerKey, card.pan, card.panSequence), counter)
  const arqc = cryptogramOver(key, macObjects, CVR_ARQC)
  const objects: (readonly [string, string])[] = [
    interfaceObject(via),
    ['57', track2Nibbles(card)],
    ['5F20', Buffer.from('TEST/CARDHOLDER', 'latin1').toString('hex')],
    ['5F24', `${card.expiry}31`],
    ['5F34', card.panSequence],
    ['84', card.aid],
    ['50', Buffer.from(card.label, 'latin1').toString('hex')],
    ...Object.entries(macObjects),
    ['9F10', issuerApplicationData(CVR_ARQC)],
    ['9F1E', Buffer.from('SIMRDR01', 'latin1').toString('hex')],
    ['9F26', arqc.toString('hex')],
    ['9F27', '80'],
    ['9F33', 'E060C8'],
    ['9F35', '21'],
    ['9F09', '0030'],
    ['9F41', counter.toString(16).padStart(8, '0')],
  ]
  if (chipContact) {
    objects.push(['5A', packed(card.pan)], ['9F34', '420300'])
  } else {
    objects.push(['9F34', '3F0000'], ['9F63', '30313032303030300000000000000000'])
    objects.push(['9F6C', qualifiers(options)])
  }
  return { data: encodeObjects(objects), chip: { card, key, arqc, macObjects } }
}

/** Above the limit a card asks for online PIN, unless the phone has asked its owner. */
function qualifiers({ card, activation, contactlessNoPinMinor }: ArqcOptions): string {
  if (card.deviceVerified) return '0080'
  return Number(activation.get('9F02')) > contactlessNoPinMinor ? '8000' : '0000'
}

/** Second GENERATE AC. `host` holds 8A, DFEF38 and what came of 91, 71, 72. */
export function endingOf(
  chip: OpenChip,
  host: ReadonlyMap<string, string>,
  refuseAnyway: boolean,
): Ending {
  const issuerSays = host.get('91')
  const arpcFits = issuerSays === undefined ? null : authentic(chip, Buffer.from(issuerSays, 'hex'))
  const responseCode = Buffer.from(host.get('8A') ?? '', 'hex').toString('latin1')
  const approved =
    host.get('DFEF38') === '01' &&
    ['00', '10', '11'].includes(responseCode) &&
    arpcFits !== false &&
    !refuseAnyway
  const scripts = scriptResults(host)
  const macObjects = { ...chip.macObjects, '95': arpcFits === false ? '0000048040' : TVR_CHIP }
  const cvr = approved ? CVR_TC : CVR_AAC
  const objects: (readonly [string, string])[] = [
    interfaceObject('chip'),
    ['9F26', cryptogramOver(chip.key, macObjects, cvr).toString('hex')],
    ['9F27', approved ? '40' : '00'],
    ['95', macObjects['95']],
    ['9B', arpcFits === null ? 'E800' : 'F800'],
    ['9F10', issuerApplicationData(cvr)],
    ['9F36', chip.macObjects['9F36']],
  ]
  if (scripts !== null) objects.push(['DF31', scripts])
  return { approved, arpcFits, data: encodeObjects(objects) }
}

/** 91 = eight bytes of ARPC and the response code they were made with. */
function authentic(chip: OpenChip, issuerSays: Buffer): boolean {
  if (issuerSays.length !== 10) return false
  const code = issuerSays.toString('latin1', 8)
  return issuerSays.subarray(0, 8).equals(responseCryptogram(chip.key, chip.arqc, code))
}

/** The chip takes every script that comes: result nibble 2, then the script's own number. */
function scriptResults(host: ReadonlyMap<string, string>): string | null {
  const scripts = ['71', '72'].map((tag) => host.get(tag)).filter((script) => script !== undefined)
  if (scripts.length === 0) return null
  return scripts
    .map((script) => `20${script.startsWith('9F1804') ? script.slice(6, 14) : '00000000'}`)
    .join('')
}

/** Cryptogram version 01: these objects in this order, then the card verification results. */
type MacObjects = Readonly<
  Record<'9F02' | '9F03' | '9F1A' | '95' | '5F2A' | '9A' | '9C' | '9F37' | '82' | '9F36', string>
>

function cryptogramOver(key: Buffer, o: MacObjects, cvr: string): Buffer {
  const data = [
    o['9F02'],
    o['9F03'],
    o['9F1A'],
    o['95'],
    o['5F2A'],
    o['9A'],
    o['9C'],
    o['9F37'],
    o['82'],
    o['9F36'],
    cvr,
  ]
  return cryptogram(key, Buffer.from(data.join(''), 'hex'))
}

function issuerApplicationData(cvr: string): string {
  return `070101${cvr}01`
}

function track2Nibbles(card: TestCard): string {
  return packed(`${card.pan}D${card.expiry}${card.serviceCode}0000000000`)
}

function packed(nibbles: string): string {
  return nibbles.length % 2 === 0 ? nibbles : `${nibbles}F`
}

/** What the core is told of a presented card: facts without secrets. The TLV of the kernel is read here, so that the core need not. */
import type { PresentedCard } from '#core/ports/card-reader.ts'
import type { CardFacts, ChipFact } from '#core/transaction/tender.ts'
import { flattenTlv, parseTlv } from '#emv/tlv.ts'
import { buildTlv } from '#emv/tlv-build.ts'

/** DE 55 of a reversal. */
const REVERSAL_TAGS = ['95', '9F1E', '9F10', '9F36', 'DF31']
/** DE 55 of a script notice (section 2). */
const SCRIPT_TAGS = '9F33 95 9F37 9F1E 9F10 9F26 9F36 82 DF31 9F1A 9A'.split(' ')
const SCRIPT_RESULTS = 'DF31'

export function cardFacts(card: PresentedCard, handle: string, fingerprint: string): CardFacts {
  const objects = readTags(card.emv)
  return {
    handle,
    interface: card.interface,
    masked: card.pan.masked,
    fingerprint,
    serviceCode: card.serviceCode,
    panSequence: card.panSequence,
    emv: card.emv,
    reversalEmv: pickTlv(objects, REVERSAL_TAGS),
    chip: card.interface === 'stripe' ? [] : chipFacts(objects, card),
    verification: card.verification,
    label: card.label,
    aid: card.aid,
  }
}

/** The chip's last words, for the slip: they replace the first ones of the same name. */
export function completionFacts(emv: string): readonly ChipFact[] {
  const objects = readTags(emv)
  return factsOf(objects)
}

/** DE 55 of the 0400 of a chip that refused an approval: its last words where it has said them, its first ones elsewhere. */
export function lastReversalEmv(first: string, last: string): string {
  return pickTlv(new Map([...readTags(first), ...readTags(last)]), REVERSAL_TAGS)
}

/** DE 55 of a script notice; empty when the chip ran no script. */
export function scriptResult(first: string, last: string): string {
  const words = readTags(last)
  return words.has(SCRIPT_RESULTS)
    ? pickTlv(new Map([...readTags(first), ...words]), SCRIPT_TAGS)
    : ''
}

function chipFacts(objects: ReadonlyMap<string, string>, card: PresentedCard): readonly ChipFact[] {
  const fixed = [
    { name: 'AID', value: card.aid },
    { name: 'LABEL', value: card.label },
    { name: 'CSN', value: card.panSequence ?? '' },
  ]
  return [...fixed, ...factsOf(objects)].filter((fact) => fact.value !== '')
}

/** 9F27 bits 8-7: 00 AAC, 01 TC, 10 ARQC (EMV 4.4 Book 3, 6.5.5.4). */
function factsOf(objects: ReadonlyMap<string, string>): readonly ChipFact[] {
  const kind = Number.parseInt(objects.get('9F27') ?? '80', 16) >> 6
  const cryptogram = kind === 0 ? 'AAC' : kind === 1 ? 'TC' : 'ARQC'
  const rows: [string, string][] = [
    [cryptogram, '9F26'],
    ['TVR', '95'],
    ['TSI', '9B'],
    ['ATC', '9F36'],
  ]
  return rows.flatMap(([name, tag]) => {
    const value = objects.get(tag)
    return value === undefined ? [] : [{ name, value }]
  })
}

function readTags(emv: string): ReadonlyMap<string, string> {
  const parsed = parseTlv(Uint8Array.from(Buffer.from(emv, 'hex')))
  if (!parsed.ok) return new Map()
  const flat = flattenTlv(parsed.objects)
  return new Map(
    [...flat].map(([tag, value]) => [tag, Buffer.from(value).toString('hex').toUpperCase()]),
  )
}

function pickTlv(objects: ReadonlyMap<string, string>, tags: readonly string[]): string {
  const items = tags.flatMap((tag) => {
    const value = objects.get(tag)
    return value === undefined ? [] : [{ tag, value: Uint8Array.from(Buffer.from(value, 'hex')) }]
  })
  return Buffer.from(buildTlv(items)).toString('hex').toUpperCase()
}

/**
 * DE 55 of a signature: what stands on the slip, so that the acquirer can draw it again (the tags of a terminal application in the
 * field; an acquirer has to confirm them). Left out are the expiry (FF05), because none is kept, and what no host of ours has named.
 */
import type { SlipFacts, SlipType } from '#core/receipt/slip.ts'
import type { SignatureUpload } from '#core/signature/upload.ts'
import { buildTlv, type TlvItem } from '#emv/tlv-build.ts'
import { type GbkTable } from '#iso8583/characters/gbk.ts'

/** FF01, as slips name them. A settlement and the sheets are signed by nobody. */
const TYPE_NAMES: Readonly<Record<SlipType, string>> = {
  sale: '消费',
  void: '消费撤销',
  refund: '退货',
  preAuth: '预授权',
  preAuthVoid: '预授权撤销',
  completion: '预授权完成',
  completionVoid: '预授权完成撤销',
  settlement: '',
  incident: '',
  notPaid: '',
  test: '',
}
const VOIDS: readonly SlipType[] = ['void', 'preAuthVoid', 'completionVoid']
const NAMES_AUTHORIZATION: readonly SlipType[] = ['preAuthVoid', 'completion', 'completionVoid']
/** FF00 holds forty bytes. */
const MERCHANT_BYTES = 40
/** FF02 and FF70 are two digits. */
const TWO_DIGITS = 2

export function signatureElements(
  { facts }: SignatureUpload,
  {
    currencyTag,
    gbk,
    prints,
  }: {
    readonly currencyTag: 'FF0A' | 'FF09' | 'none'
    readonly gbk: GbkTable
    /** Papers that are out. */
    readonly prints: number
  },
): Uint8Array {
  return buildTlv([
    { tag: 'FF00', value: cut(gbkBytes(facts.merchantName['zh-CN'], gbk), MERCHANT_BYTES) },
    { tag: 'FF01', value: gbkBytes(TYPE_NAMES[facts.type], gbk) },
    ...digits('FF02', facts.operator.padStart(TWO_DIGITS, '0').slice(-TWO_DIGITS)),
    ...text('FF04', facts.issuer.trim()),
    ...digits('FF06', facts.dateTime.replaceAll(/\D/g, '')),
    ...text('FF07', facts.authCode.trim()),
    ...(currencyTag === 'none' ? [] : text(currencyTag, facts.currency)),
    ...chip(facts),
    ...(facts.dueMinor === undefined || facts.dueMinor === facts.amountMinor
      ? []
      : digits('FF49', String(facts.amountMinor).padStart(12, '0'))),
    ...original(facts),
    ...digits('FF70', String(Math.min(prints, 99)).padStart(TWO_DIGITS, '0')),
  ])
}

const CHIP_TAGS: readonly (readonly [name: string, tag: string])[] = [
  ['AID', 'FF22'],
  ['ARQC', 'FF23'],
]

function chip({ chip: facts }: SlipFacts): readonly TlvItem[] {
  const label = facts.find(({ name }) => name === 'LABEL')?.value ?? ''
  return [
    ...text('FF30', label),
    ...CHIP_TAGS.flatMap(([name, tag]) =>
      digits(tag, facts.find((fact) => fact.name === name)?.value ?? ''),
    ),
  ]
}

function original({ original: of, type }: SlipFacts): readonly TlvItem[] {
  if (of === undefined) return []
  const monthAndDay = of.date.replaceAll(/\D/g, '').slice(-4)
  return [
    ...(VOIDS.includes(type) ? digits('FF60', of.trace) : []),
    ...(type === 'refund' ? digits('FF62', of.reference) : []),
    ...(type === 'refund' ? digits('FF63', monthAndDay) : []),
    ...(NAMES_AUTHORIZATION.includes(type) ? text('FF64', of.authCode.trim()) : []),
  ]
}

/** Packed digits or bytes as hex; what is no whole number of bytes is left out, like what is empty. */
function digits(tag: string, value: string): readonly TlvItem[] {
  return /^([0-9A-Fa-f]{2})+$/.test(value)
    ? [{ tag, value: Uint8Array.from(Buffer.from(value, 'hex')) }]
    : []
}

/** ASCII; what is not is left out. */
function text(tag: string, value: string): readonly TlvItem[] {
  return /^[ -~]+$/.test(value) ? [{ tag, value: new TextEncoder().encode(value) }] : []
}

const QUESTION_MARK = 0x3f

function gbkBytes(value: string, table: GbkTable): Uint8Array {
  return Uint8Array.from(
    Array.from(value).flatMap((character) => {
      const unit = character.charCodeAt(0)
      if (unit < 0x80) return [unit]
      const pair = table.toWire(unit)
      return pair === 0 ? [QUESTION_MARK] : [pair >> 8, pair & 0xff]
    }),
  )
}

/** Whole characters of at most `most` bytes. */
function cut(bytes: Uint8Array, most: number): Uint8Array {
  let end = 0
  for (let at = 0; at < bytes.length && at <= most; at += (bytes[at] ?? 0) < 0x80 ? 1 : 2) end = at
  return bytes.length <= most ? bytes : bytes.subarray(0, end)
}

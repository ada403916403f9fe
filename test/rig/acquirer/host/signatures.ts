/**
 * What customers signed on their screens (0820, 60.1 = 07): pictures and slip elements, joined from packets, each kept once for its payment.
 */
import type { Entry } from '../ledger/entry.ts'
import { decodeGbk } from '../wire/gbk.ts'
import { fromHex } from '../wire/hex.ts'
import { type Picture, readJbig } from '../wire/jbig.ts'
import { readTlv } from '../wire/tlv.ts'
import { type Answer, amountOf, CODE_APPROVED, type Exchange, field, field60 } from './exchange.ts'

export const SIGNATURE_TYPE = '07'
/** 60.3 of a packet with more behind it; any other is the last one. */
const MORE = '801'
const CODE_MAC = 'A0'
const CODE_FORMAT = '30'
const CODE_UNKNOWN = '25'
const CODE_AMOUNT = '13'
const CODE_KNOWN = '94'
const CODE_FULL = '96'

const MAX_SIGNATURES = 500
/** Hex characters of a picture that is still coming. */
const MAX_WAITING = 20_000
/** How a picture begins: layers 0 to 0, one plane, a byte of nothing. */
const JBIG_START = '00000100'

export type KeptSignature = {
  readonly tid: string
  readonly batch: string
  readonly stan: string
  readonly rrn: string
  readonly amountMinor: number
  readonly picture: Picture
  /** Packets that it came in. */
  readonly packets: number
  /** Tag → text; FF00 and FF01 are GBK, packed digits are hex. */
  readonly elements: Readonly<Record<string, string>>
}

export type SignatureBook = {
  readonly kept: KeptSignature[]
  /** Parts of pictures, by payment. */
  readonly waiting: Map<string, { readonly hex: string; readonly packets: number }>
}

export function createSignatureBook(): SignatureBook {
  return { kept: [], waiting: new Map() }
}

/** 00 kept, 94 kept before, 25 no such payment, 13 another amount, 30 no picture, A0 field 64 is there and wrong. */
export function takeSignature(exchange: Exchange, book: SignatureBook, macIsGood: boolean): Answer {
  if (exchange.terminal.keys === null) return { code: CODE_MAC }
  if (exchange.request.fields.has(64) && !macIsGood) return { code: CODE_MAC }
  const payment = paymentOf(exchange)
  if (payment === null) return { code: CODE_UNKNOWN }
  if (amountOf(exchange.request) !== payment.amountMinor) return { code: CODE_AMOUNT }
  if (book.kept.some((one) => one.rrn === payment.rrn)) return { code: CODE_KNOWN }
  if (book.kept.length === MAX_SIGNATURES) return { code: CODE_FULL }
  return join(exchange, book, payment)
}

/** By reference number, else by batch and STAN; only what was approved can have been signed for. */
function paymentOf(exchange: Exchange): Entry | null {
  const { ledger, request, terminal } = exchange
  const rrn = field(exchange, 37)
  const { batch } = field60(request)
  const named =
    rrn === ''
      ? ledger.byKey({ tid: terminal.tid, batch, stan: field(exchange, 11) })
      : (ledger.entries.find((one) => one.rrn === rrn && one.tid === terminal.tid) ?? null)
  return named?.outcome === 'approved' ? named : null
}

/** A packet that begins like a picture begins it anew: an answer before it was lost. */
function join(exchange: Exchange, book: SignatureBook, payment: Entry): Answer {
  const key = `${payment.tid}/${payment.rrn}`
  const packet = field(exchange, 62)
  const before = packet.startsWith(JBIG_START) ? undefined : book.waiting.get(key)
  const hex = `${before?.hex ?? ''}${packet}`
  const packets = (before?.packets ?? 0) + 1
  book.waiting.delete(key)
  if (hex.length > MAX_WAITING) return { code: CODE_FORMAT }
  if (field60(exchange.request).management === MORE) {
    book.waiting.set(key, { hex, packets })
    return { code: CODE_APPROVED }
  }
  const picture = readJbig(fromHex(hex))
  const elements = readTlv(field(exchange, 55))
  if (picture === null || elements === null) return { code: CODE_FORMAT }
  const { amountMinor, batch, rrn, stan, tid } = payment
  book.kept.push({
    tid,
    batch,
    stan,
    rrn,
    amountMinor,
    picture,
    packets,
    elements: Object.fromEntries([...elements].map(([tag, value]) => [tag, textOf(tag, value)])),
  })
  return { code: CODE_APPROVED }
}

const TEXTS = ['FF00', 'FF01', 'FF03', 'FF04', 'FF07', 'FF09', 'FF0A', 'FF30', 'FF64']

function textOf(tag: string, value: string): string {
  return TEXTS.includes(tag) ? decodeGbk(fromHex(value)) : value
}

/** How a customer pays, as facts without secrets: the secrets stay in the arena under the handle. */
import type { CardholderVerification, CardInterface } from '../ports/card-reader.ts'

export type CodeChannel = 'wechat' | 'alipay' | 'unionpay' | 'ecny'

export type ChipFact = { readonly name: string; readonly value: string }

export type CardFacts = {
  /** Names the secrets of this card in the shell's custody; dead after `forgetTender`. */
  readonly handle: string
  readonly interface: CardInterface
  /** First 6 and last 4. */
  readonly masked: string
  /** Keyed hash of the PAN, for refunds to the same card. */
  readonly fingerprint: string
  readonly serviceCode: string | null
  readonly panSequence: string | null
  /** For DE 55 of the request, BER-TLV hex without cardholder data; empty for a stripe. */
  readonly emv: string
  /** For DE 55 of a reversal: 95 9F1E 9F10 9F36. */
  readonly reversalEmv: string
  /** As the slip prints them. */
  readonly chip: readonly ChipFact[]
  readonly verification: CardholderVerification
  readonly label: string
  readonly aid: string
  /** True: the acquirer has said not to take it. Absent: it has not. */
  readonly listed?: boolean
}

export type CodeFacts = {
  readonly handle: string
  readonly channel: CodeChannel
  readonly masked: string
  /** Keyed hash of the code, to refuse a second use. */
  readonly fingerprint: string
}

export type Tender =
  | { readonly kind: 'card'; readonly card: CardFacts }
  | { readonly kind: 'code'; readonly code: CodeFacts }

export function lastFour(tender: Tender): string {
  return (tender.kind === 'card' ? tender.card.masked : tender.code.masked).slice(-4)
}

/** Locale key `channels.<channel>`. */
export function channelOf(tender: Tender): string {
  return tender.kind === 'card' ? 'card' : tender.code.channel
}

export function handleOf(tender: Tender): string {
  return tender.kind === 'card' ? tender.card.handle : tender.code.handle
}

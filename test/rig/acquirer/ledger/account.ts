/** Who pays: a card's account or a wallet behind a payment code. */
import type { Cards } from '../cards-file.ts'

export type CardAccount = {
  readonly kind: 'card'
  readonly id: string
  readonly pan: string
  readonly panSequence: string
  /** `YYMM`. */
  readonly expiry: string
  readonly hasChip: boolean
  readonly pin: string
  /** `active`, `lost`, `stolen`; anything else is restricted. */
  readonly status: string
  readonly openingMinor: number
  /** Wrong PINs in a row. */
  pinTries: number
}

export type WalletAccount = {
  readonly kind: 'wallet'
  readonly id: string
  /** First digits of its payment codes, and how long these are. */
  readonly prefix: string
  readonly codeLength: number
  readonly openingMinor: number
}

export type Account = CardAccount | WalletAccount

/** Accounts in the order of the file. */
export function openAccounts(cards: Cards): readonly Account[] {
  return [
    ...cards.cards.map(
      (card): CardAccount => ({
        kind: 'card',
        id: card.id,
        pan: card.pan,
        panSequence: card.panSequence,
        expiry: card.expiry,
        hasChip: /^[26]/.test(card.serviceCode),
        pin: card.pin,
        status: card.status,
        openingMinor: card.balanceMinor,
        pinTries: 0,
      }),
    ),
    ...cards.wallets.map(
      (wallet): WalletAccount => ({
        kind: 'wallet',
        id: wallet.id,
        prefix: wallet.prefix,
        codeLength: wallet.length,
        openingMinor: wallet.balanceMinor,
      }),
    ),
  ]
}

/** First six and last four digits; a wallet shows its name only. */
export function maskedNumber(account: Account): string {
  return account.kind === 'card' ? maskPan(account.pan) : account.id
}

/** First six and last four digits of a PAN, the rest stars; too short for that: only stars. */
export function maskPan(pan: string): string {
  if (pan.length < 12) return '*'.repeat(pan.length)
  return `${pan.slice(0, 6)}${'*'.repeat(pan.length - 10)}${pan.slice(-4)}`
}

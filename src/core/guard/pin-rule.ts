/**
 * Whether the customer is asked for a PIN. China: a stripe or inserted card always; a tap only above the no-PIN limit
 * (小额双免, 1000 yuan per transaction since 2018-06-01), or when card or kernel ask for it; never for codes.
 */
import type { MinorUnits } from '../money.ts'
import type { Setup } from '../terminal/setup.ts'
import type { TransactionKind } from '../transaction/kinds.ts'
import type { CardFacts } from '../transaction/tender.ts'
import { noPinLimit } from './contactless-rules.ts'

/** Unless the configuration says otherwise: wherever the card pays or tells what it holds; not where money goes back. */
export const PIN_FOR: readonly TransactionKind[] = ['sale', 'preAuth', 'balance']

export function asksForPin(card: CardFacts, amountMinor: MinorUnits, setup: Setup): boolean {
  if (card.verification === 'onlinePin') return true
  if (card.interface !== 'contactless') return card.verification !== 'deviceVerified'
  return amountMinor > noPinLimit(setup)
}

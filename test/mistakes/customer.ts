/** Whoever stands before the counter: which card or phone is held out, at which try, and what is noticed. */

import type { Order } from '#core/transaction/attempt.ts'
import type { CardFacts } from '#core/transaction/tender.ts'
import type { Random } from '../simulation/random.ts'
import { wantedOf } from './books.ts'
import { paymentCode, WRONG_CODES } from './code-scanner.ts'
import type { Planned, TrueOrder } from './day-script.ts'
import type { Hands } from './hands.ts'
import type { Shown } from './task.ts'
import type { World } from './world.ts'

export type Customers = {
  /** What this order's customer holds out when asked; with the mistake in it, if it is one of this sort. */
  readonly holdsOut: (planned: Planned) => (attempt: number, order: Order) => void
  /** Pays as this order should be paid. */
  readonly paysRight: (order: TrueOrder, asked: Order) => void
}

/** A customer says less often that the amount is too low. No measurement known; on the careful side. */
const TELLS_IN_OWN_FAVOUR = 0.5
/** Both phones come into view within this time. */
export const TOGETHER_MS = 1_500

export function createCustomers(world: World, hands: Hands): Customers {
  let serial = 0
  const code = (payer: string): void => {
    serial += 1
    world.scanner.hold(paymentCode(serial), payer === '' ? '' : `Q-${payer}-${serial}`)
  }
  const card = (payer: string): void => {
    serial += 1
    world.reader.present(cardOf(payer, serial))
  }
  const paysRight = (order: TrueOrder, asked: Order): void => {
    const byCard =
      asked.original !== undefined || asked.kind === 'preAuth' || order.tender === 'card'
    if (byCard) card(order.payer)
    else code(order.payer)
  }
  return {
    paysRight,
    holdsOut:
      ({ order, mistake }) =>
      (attempt, asked) => {
        if (attempt > 1 || mistake === null) return paysRight(order, asked)
        const { error, where, luck } = mistake
        if (error === 'wrongCode') {
          const text = WRONG_CODES[Math.floor(where * WRONG_CODES.length)] ?? WRONG_CODES[0]
          world.scanner.hold(text, '')
        } else if (error === 'refundOtherCard') card(`X${order.index}`)
        else if (error === 'nextPhone') {
          code(`P${order.index + 1}`)
          if (luck >= 0.5) return
          hands.pass(where * TOGETHER_MS)
          code(order.payer)
        } else paysRight(order, asked)
      },
  }
}

/** Whether this customer says that what the display shows is wrong. */
export function noticesOnDisplay(
  { order, attention, look }: Pick<Planned, 'order' | 'attention' | 'look'>,
  { kind, amountMinor }: Pick<Shown, 'kind' | 'amountMinor'>,
): boolean {
  if (kind === order.kind && amountMinor === order.amountMinor) return false
  const paysLess = kind === 'sale' && order.kind === 'sale' && amountMinor < order.amountMinor
  return look < attention * (paysLess ? TELLS_IN_OWN_FAVOUR : 1)
}

/**
 * Whether a wrong payment is noticed while people are still there, on the slip or on a phone: half as likely as on a display made for it.
 * Whoever pays too much speaks up; where nobody does, whoever gains by it.
 */
export function noticesOnSlip(
  { order, attention }: Planned,
  effect: ReadonlyMap<string, number>,
  random: Random,
): boolean {
  const wanted = wantedOf(order)
  const people = new Set([...wanted.keys(), ...effect.keys()])
  const loses = [...people].some((one) => (effect.get(one) ?? 0) > (wanted.get(one) ?? 0))
  return random.chance((attention / 2) * (loses ? 1 : TELLS_IN_OWN_FAVOUR))
}

function cardOf(payer: string, serial: number): CardFacts {
  return {
    handle: `card-${serial}`,
    interface: 'contactless',
    masked: `622202*********${String(serial % 10_000).padStart(4, '0')}`,
    fingerprint: `C-${payer}`,
    serviceCode: '201',
    panSequence: '001',
    emv: '9F2608112233445566778',
    reversalEmv: '9505',
    chip: [],
    verification: 'none',
    label: 'UICC DEBIT',
    aid: 'A000000333010101',
  }
}

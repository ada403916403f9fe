/**
 * Who makes which mistake: classes and weights (guesses: no field rates are published). Written without a look at
 * what the terminal guards against, and imports nothing of it, so that it cannot be kind to the guards.
 */
import type { Random } from '../simulation/random.ts'
import { FINGER_SLIPS, type FingerSlip } from './slips-of-the-finger.ts'

export type ErrorClass =
  | FingerSlip
  | 'leavesOrCut'
  | 'saleForRefund'
  | 'refundForSale'
  | 'preAuthForSale'
  | 'wrongCode'
  | 'nextPhone'
  | 'blindConfirm'
  | 'refundNeighbour'
  | 'refundOtherCard'
  | 'repeatAfterTimeout'

/** No trustworthy field rates were found; these are the suggested weights, the two ways of one mix-up with half of it each. */
export const WEIGHTS: Readonly<Record<ErrorClass, number>> = {
  extraZero: 15,
  missingDigit: 15,
  doubleKey: 12,
  swappedDigits: 10,
  neighbourKey: 12,
  pointLost: 8,
  oldAmount: 5,
  leavesOrCut: 8,
  saleForRefund: 2,
  refundForSale: 2,
  preAuthForSale: 3,
  wrongCode: 10,
  nextPhone: 4,
  blindConfirm: 10,
  refundNeighbour: 4,
  refundOtherCard: 3,
  repeatAfterTimeout: 5,
}

export const CLASSES: readonly ErrorClass[] = Object.keys(WEIGHTS).filter(isClass)

export type Mistake = {
  readonly error: ErrorClass
  /** The slip of the fingers that goes with it; null for none. */
  readonly slip: FingerSlip | null
  /** Three numbers, 0 ≤ value < 1, that settle where and how. */
  readonly where: number
  readonly which: number
  readonly luck: number
}

/** What the true order must be for this mistake to be possible. */
export function needs(error: ErrorClass): {
  readonly kind: 'sale' | 'refund'
  readonly tender?: 'card' | 'code'
} {
  switch (error) {
    case 'saleForRefund':
    case 'refundNeighbour':
      return { kind: 'refund' }
    case 'refundOtherCard':
      return { kind: 'refund', tender: 'card' }
    case 'preAuthForSale':
      return { kind: 'sale', tender: 'card' }
    case 'wrongCode':
    case 'nextPhone':
      return { kind: 'sale', tender: 'code' }
    case 'extraZero':
    case 'missingDigit':
    case 'doubleKey':
    case 'swappedDigits':
    case 'neighbourKey':
    case 'pointLost':
    case 'oldAmount':
    case 'leavesOrCut':
    case 'refundForSale':
    case 'blindConfirm':
    case 'repeatAfterTimeout':
      return { kind: 'sale' }
  }
}

/** `rate`: share of the orders in which somebody makes a mistake. */
export function drawMistake(random: Random, rate: number): Mistake | null {
  if (!random.chance(rate)) return null
  const error = weighted(CLASSES, random)
  const slip = isSlip(error)
    ? error
    : error === 'blindConfirm'
      ? weighted(FINGER_SLIPS, random)
      : null
  return { error, slip, where: random.next(), which: random.next(), luck: random.next() }
}

function weighted<Name extends ErrorClass>(names: readonly Name[], random: Random): Name {
  let left = random.next() * names.reduce((sum, name) => sum + WEIGHTS[name], 0)
  for (const name of names) {
    left -= WEIGHTS[name]
    if (left < 0) return name
  }
  const [first] = names
  if (first === undefined) throw new Error('there is nothing to draw from')
  return first
}

function isClass(name: string): name is ErrorClass {
  return name in WEIGHTS
}

function isSlip(name: ErrorClass): name is FingerSlip {
  return FINGER_SLIPS.some((slip) => slip === name)
}

/**
 * Which mistakes anything in a terminal could see before a request leaves. Decided from the true order, the mistake and the prices of the shop,
 * never from what a guard did, and with more knowledge than a guard has: it is the upper bound that guards are held against.
 */
import { createRandom } from '../simulation/random.ts'
import { noticesOnDisplay, TOGETHER_MS } from './customer.ts'
import type { Planned } from './day-script.ts'
import { WEIGHTS } from './injector.ts'
import { HOLDING, OPENS_AT, type Shop } from './shops.ts'
import { FINGER_SLIPS, type FingerSlip, keysOf, slipped } from './slips-of-the-finger.ts'

/** True: whoever had all that a terminal can have would have known. */
export type Sight = (planned: Planned) => boolean

/** Doubted at most: the share of honest sales that goals allow to be disturbed. */
const DOUBTED = 0.02
const SAMPLES = 40_000
/** An amount drawn so often is looked at by itself; rarer ones together with those of the same size and ending. */
const OFTEN = 40
/** Two codes within this time are two phones in view, not one queue moving on. */
const BOTH_IN_VIEW_MS = 1_000
const HOUR_MS = 3_600_000

/** The prices of a shop are drawn one by one: nothing that was sold before says more about the next one than these do. */
export function createSight(shop: Shop, seed: number): Sight {
  const parts = new Map<boolean, (amountMinor: number) => boolean>()
  const doubted = (amountMinor: number, atMs: number): boolean => {
    const hour = OPENS_AT + Math.floor(atMs / HOUR_MS)
    const late = hour >= 15
    const known = parts.get(late) ?? bestCheck(shop, hour, seed)
    parts.set(late, known)
    return known(amountMinor)
  }
  return (planned) => {
    const { mistake, order } = planned
    if (mistake === null) return false
    const customerSees = (kind: string, amountMinor: number) =>
      noticesOnDisplay(planned, { kind, amountMinor })
    const { error, luck, slip, where, which } = mistake
    if (slip !== null) {
      const typed = amountOf(slippedKeys(slip, order.amountMinor, { where, which, luck }))
      return doubted(typed, order.atMs) || customerSees('sale', typed)
    }
    switch (error) {
      case 'saleForRefund':
        // A card that pays something else once more is an ordinary second purchase.
        return (
          (order.tender === 'card' && order.amountMinor === order.soldMinor) ||
          customerSees('sale', order.amountMinor)
        )
      case 'preAuthForSale':
        return !HOLDING.includes(shop.kind) || customerSees('preAuth', order.amountMinor)
      case 'nextPhone':
        return luck < 0.5 && where * TOGETHER_MS <= BOTH_IN_VIEW_MS
      case 'extraZero':
      case 'missingDigit':
      case 'doubleKey':
      case 'swappedDigits':
      case 'neighbourKey':
      case 'pointLost':
      case 'oldAmount':
      case 'blindConfirm':
      case 'leavesOrCut':
      case 'refundForSale':
      case 'wrongCode':
      case 'refundNeighbour':
      case 'refundOtherCard':
      case 'repeatAfterTimeout':
        return true
    }
  }
}

/** Keys of an amount with one slip in them; `luck` says what the last customer's abandoned amount had left. */
export function slippedKeys(
  slip: FingerSlip,
  amountMinor: number,
  { luck, where, which }: { readonly luck: number; readonly where: number; readonly which: number },
): readonly string[] {
  const before = String(Math.floor(1 + luck * 99)).split('')
  return slipped(slip, keysOf(amountMinor), { where, which, before })
}

/**
 * The best check that looks at one amount (Neyman and Pearson 1933): knows what honest sales and mistyped ones of this hour come to, and doubts the
 * amounts that speak most for a mistake, until one honest sale in fifty is doubted. No memory of a terminal can do better.
 */
function bestCheck(shop: Shop, hour: number, seed: number): (amountMinor: number) => boolean {
  const random = createRandom(seed)
  const honest: number[] = []
  const mistaken: number[] = []
  const weights = FINGER_SLIPS.reduce((sum, slip) => sum + WEIGHTS[slip], 0)
  for (let sample = 0; sample < SAMPLES; sample++) {
    const price = shop.price(random, hour)
    const slip = drawn(random.next() * weights)
    const how = { where: random.next(), which: random.next(), luck: random.next() }
    const typed = amountOf(slippedKeys(slip, price, how))
    honest.push(price)
    if (typed !== price) mistaken.push(typed)
  }
  const often = new Set(
    [...counted([...honest, ...mistaken], String)].flatMap(([amount, times]) =>
      times >= OFTEN ? [amount] : [],
    ),
  )
  const cell = (amount: number): string =>
    often.has(String(amount)) ? String(amount) : kinOf(amount)
  const [right, wrong] = [counted(honest, cell), counted(mistaken, cell)]
  const speaks = [...wrong].map(([name, times]) => {
    const honestly = right.get(name) ?? 0
    return { name, honestly, weight: times / (honestly + 0.5) }
  })
  const doubted = new Set<string>()
  let left = honest.length * DOUBTED
  for (const { name, honestly } of speaks.toSorted((one, other) => other.weight - one.weight)) {
    left -= honestly
    if (left < 0) break
    doubted.add(name)
  }
  return (amount) => {
    const name = cell(amount)
    return doubted.has(name) || (!right.has(name) && !wrong.has(name))
  }
}

/** As often as the weights say. */
function drawn(point: number): FingerSlip {
  let left = point
  return FINGER_SLIPS.find((slip) => (left -= WEIGHTS[slip]) < 0) ?? 'extraZero'
}

/** Eighteen sizes to a factor of ten, by the last digit of the yuan and whether there are fen. */
function kinOf(amountMinor: number): string {
  const size = Math.floor(Math.log10(Math.max(1, amountMinor)) * 18)
  return `${size}/${Math.floor(amountMinor / 100) % 10}/${amountMinor % 100 === 0 ? 0 : amountMinor % 10 === 0 ? 1 : 2}`
}

function counted(
  amounts: readonly number[],
  name: (amount: number) => string,
): Map<string, number> {
  const counts = new Map<string, number>()
  for (const amount of amounts) counts.set(name(amount), (counts.get(name(amount)) ?? 0) + 1)
  return counts
}

/** What these keys come to: digits behind the second decimal are refused by every keypad for money. */
function amountOf(keys: readonly string[]): number {
  const [whole = '', fen = ''] = keys.join('').split('.')
  return Number(whole === '' ? '0' : whole) * 100 + Number(fen.slice(0, 2).padEnd(2, '0'))
}

/** The end of the day: a supervisor signs in and keys what the shop has counted for itself, before the terminal shows its own sum. */
import type { BookOrder } from '#core/report/order-book.ts'
import { wantedOf } from './books.ts'
import type { Hands } from './hands.ts'
import type { ServedOrder } from './served-order.ts'
import { keysOf } from './slips-of-the-finger.ts'
import { CASHIER } from './variants.ts'
import type { World } from './world.ts'

const TRIES = 30

/** The shop's order book: what was sold and given back, as it should have been. Holds are no money yet. */
export function orderBookMinor(served: readonly ServedOrder[]): number {
  return orderBook(served).reduce((sum, { amountMinor }) => sum + amountMinor, 0)
}

/** The same, order by order, as a register gives it out. */
export function orderBook(served: readonly ServedOrder[]): readonly BookOrder[] {
  return served
    .filter(({ done, planned }) => done && planned.order.kind !== 'preAuth')
    .map(({ planned: { order }, rungAt }) => ({
      at: rungAt,
      amountMinor: [...wantedOf(order).values()].reduce((sum, one) => sum + one, 0),
      reference: String(order.index),
    }))
}

/** Whoever closes does not mistype the total: a wrong one would show as a difference, and be looked for. */
export function keyTotal(world: World, hands: Hands, totalMinor: number): void {
  const stepNow = () => world.process.state()?.step
  for (let tries = 0; tries < TRIES; tries++) {
    const state = world.process.state()
    if (state === null || hands.seesTo(state)) {
      if (state === null) hands.pass(1_000)
      continue
    }
    if (state.step.kind !== 'amount') {
      if (state.step.kind === 'openItems' && state.step.leaving === true) leave(hands)
      else hands.press('cancel')
      continue
    }
    if (state.session?.operator === CASHIER) {
      hands.press('menu', '6')
      if (stepNow()?.kind === 'signIn') hands.allow()
      continue
    }
    hands.press('menu', '0')
    const step = stepNow()
    if (step?.kind === 'totals' && step.counting !== undefined) {
      hands.press(...(totalMinor === 0 ? ['.'] : keysOf(Math.abs(totalMinor))), 'confirm')
      hands.press('cancel')
      return
    }
    hands.pass(10_000)
  }
  throw new Error(`the total cannot be keyed: ${stepNow()?.kind}`)
}

/** Slips that are owed are shown first; the counter is left all the same. */
function leave(hands: Hands): void {
  hands.choose('signOut', '')
  hands.allow()
}

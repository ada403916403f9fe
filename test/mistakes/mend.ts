/** 更正: somebody has noticed, and the terminal is told what was wrong with a payment. */
import type { Cause } from '#core/correction/cause.ts'
import type { Order } from '#core/transaction/attempt.ts'
import type { Hands } from './hands.ts'
import { keysOf } from './slips-of-the-finger.ts'
import type { World } from './world.ts'

export type Mending = {
  readonly record: string
  readonly cause: Cause
  /** What should have been charged; asked for with `wrongAmount`. */
  readonly rightMinor: number
  /** Who is still there holds something out; false: nobody who could. */
  readonly present: (order: Order) => boolean
}

const TURNS_LIMIT = 300
const TRIES = 3

/** Goes as far as people and terminal let it; what cannot be finished stays where the terminal keeps it. */
export function mend(world: World, hands: Hands, what: Mending): void {
  const { process, timeline } = world
  let begun = false
  let over = false
  let tries = 0
  const giveUp = (): void => {
    over = true
    hands.press('cancel')
  }
  for (let turns = 0; turns < TURNS_LIMIT; turns++) {
    const state = process.state()
    if (state === null) {
      timeline.step()
      continue
    }
    if (hands.seesTo(state)) continue
    const { step } = state
    if (step.kind === 'amount') {
      if (state.reversal !== null || state.advice !== null) hands.pass(2_000)
      else if (over || begun) return
      else hands.press('menu')
    } else if (over) hands.press(step.kind === 'result' ? 'confirm' : 'cancel')
    else if (step.kind === 'menu') hands.press(step.sheet === 0 ? '9' : '6')
    else if (step.kind === 'records') {
      begun = true
      hands.choose('correct', what.record)
      if (process.state()?.step.kind === 'records') giveUp()
    } else if (step.kind === 'whatWasWrong') {
      hands.choose(what.cause, '')
      if (process.state()?.step.kind === 'whatWasWrong') giveUp()
    } else if (step.kind === 'enterAmount') {
      hands.press('clear', ...keysOf(what.rightMinor), 'confirm')
      if (process.state()?.step.kind === 'enterAmount') giveUp()
    } else if (step.kind === 'confirmAmount') {
      hands.press('confirm')
      const after = process.state()
      if (after?.step.kind === 'confirmAmount' && after.page === state.page) giveUp()
    } else if (step.kind === 'rekeyAmount') hands.press(...keysOf(step.order.dueMinor), 'confirm')
    else if (step.kind === 'approve') hands.allow()
    else if (step.kind === 'present') {
      hands.pass(2_500)
      if (process.state()?.page !== state.page) continue
      if (++tries > TRIES || !what.present(step.order)) giveUp()
      else hands.pass(1_500)
    } else if (step.kind === 'result') {
      if (step.outcome === 'notPaid' && step.mayTryAgain && ++tries <= TRIES)
        hands.choose('retry', '')
      else hands.press('confirm')
    } else hands.press('cancel')
  }
  throw new Error(`the correction is stuck at ${process.state()?.step.kind}`)
}

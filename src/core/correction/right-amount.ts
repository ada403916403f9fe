/** What should have been charged is keyed: the difference is collected, or goes back. */
import { message } from '../message.ts'
import { type MinorUnits, minor } from '../money.ts'
import { goHome } from '../order/home.ts'
import { type Decision, goTo, say } from '../terminal/decision.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import { remainingMinor, type TransactionRecord } from '../transaction/record.ts'
import { askCollected, heldMinor, isBeingCollected, type Mended } from './collected.ts'
import { owe } from './follow-up.ts'
import { isInDoubt, objection, used } from './judge-original.ts'
import { newest } from './mark-original.ts'
import { giveBackPart, said, takeBack } from './take-back.ts'

export function askRightAmount(
  state: TerminalState,
  { collected, original }: Mended,
  exchange: { readonly exchange?: true } = {},
): Decision {
  const step: Step = {
    kind: 'enterAmount',
    transaction: original.kind,
    original,
    typed: '',
    correcting: true,
    ...exchange,
    ...(collected === undefined ? {} : { collected }),
  }
  const question = exchange.exchange === true ? 'correct.exchangePrice' : 'correct.rightAmount'
  return goTo(state, step, { message: message(question, said(original)), tone: 'key' })
}

/** What the shop has for it now; where that is unknown or nothing, `then` is not asked. */
function withHeld(
  state: TerminalState,
  mended: Mended,
  then: (original: TransactionRecord, held: MinorUnits) => Decision,
): Decision {
  const original = newest(state, mended.original)
  const gone = used(original)
  if (gone !== null) return say(state, gone, { tone: 'refused' })
  if (isInDoubt(state, original))
    return say(state, message('refund.openAlready'), { tone: 'refused' })
  if (isBeingCollected(state, mended))
    return say(state, message('correct.beingCollected'), { tone: 'refused' })
  const held = heldMinor(state, { ...mended, original })
  return held === null
    ? askCollected({ ...state, tone: 'refused' }, original)
    : then(original, held)
}

/** Other goods for the same payment: what they cost more is collected, linked; what they cost less goes back as a part (S2-10). */
export function onExchangePrice(
  state: TerminalState,
  mended: Mended,
  priceMinor: MinorUnits,
): Decision {
  return withHeld(state, mended, (original, held) => {
    if (priceMinor === held) return goHome(state, message('correct.exchangeEven', said(original)))
    if (priceMinor > held)
      return owe(state, original, {
        kind: 'sale',
        dueMinor: minor(priceMinor - held),
        why: 'exchange',
      })
    return giveBackPart(state, original, { dueMinor: minor(held - priceMinor), cause: 'exchange' })
  })
}

/** The amount that should have been charged is known: more is collected, less goes back. */
export function onRightAmount(
  state: TerminalState,
  mended: Mended,
  rightMinor: MinorUnits,
): Decision {
  return withHeld(state, mended, (original, held) => {
    const cause = 'wrongAmount'
    if (rightMinor === held) return say(state, message('correct.same'), { tone: 'refused' })
    if (original.kind === 'preAuth')
      return takeBack(state, original, {
        cause,
        afterwards: { kind: 'preAuth', dueMinor: rightMinor },
      })
    if (rightMinor > held)
      return owe(state, original, {
        kind: 'sale',
        dueMinor: minor(rightMinor - held),
        why: 'topUp',
      })
    // A void takes back this payment alone, and what was collected after it would stand beside the right amount.
    const isAlone = held === remainingMinor(original)
    return isAlone && original.kind === 'sale' && objection(state, 'void', original) === null
      ? takeBack(state, original, { cause, afterwards: { kind: 'sale', dueMinor: rightMinor } })
      : giveBackPart(state, original, { dueMinor: minor(held - rightMinor), cause })
  })
}

/** A till asks, and takes back. What it sends stands on the page "is the amount right?" and waits there for one key of the cashier. */
import { confirmChosen } from '../correction/confirm-chosen.ts'
import { type Message, message } from '../message.ts'
import { stopPin } from '../order/decide-pin.ts'
import { forgetHeld } from '../order/decide-present.ts'
import { goHome } from '../order/home.ts'
import { STOP_READING } from '../order/stop-reading.ts'
import { andThen, type Decision, refuse } from '../terminal/decision.ts'
import type { Effect } from '../terminal/effect.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { TerminalState } from '../terminal/state.ts'
import { objectionToWish } from './judge.ts'
import { liveOrder, tillOrderOnPage } from './live.ts'
import { refundable } from './refundable.ts'
import type { TillWish } from './wish.ts'

type Of<T extends TerminalEvent['type']> = Extract<TerminalEvent, { type: T }>

/** No check of the amount is asked for: nobody typed it. The one confirming key stays. */
export function onTillOrdered(state: TerminalState, event: Of<'tillOrdered'>): Decision {
  const { wish, known, originals } = event
  if (objectionToWish(state, wish, known, originals) !== null) return refuse(state, 'tillMustWait')
  const { amountMinor: dueMinor, lines, reference } = wish
  const till = { reference, lines }
  if (wish.kind === 'sale')
    return confirmChosen(state, { kind: 'sale', dueMinor, till }, tellingOf(wish))
  const original = refundable(originals, wish)
  if (original === null) return refuse(state, 'tillMustWait')
  return confirmChosen(state, { kind: 'refund', original, dueMinor, till }, tellingOf(wish))
}

function tellingOf({ kind, reference, of }: TillWish): Message {
  return message(kind === 'sale' ? 'till.sale' : 'till.refund', { reference, of })
}

/** The till takes its order back. Once the acquirer has been asked it cannot: the outcome decides. */
export function onTillWithdrew(state: TerminalState, { reference }: Of<'tillWithdrew'>): Decision {
  const isShown = tillOrderOnPage(state)?.reference === reference
  if (!isShown || liveOrder(state, reference)?.phase !== 'waiting')
    return refuse(state, 'tillMustWait')
  const home = (from: TerminalState): Decision =>
    goHome(from, message('till.withdrawn', { reference }))
  const { step } = state
  if (step.kind === 'pin') return andThen(stopPin(state, step, 'pin.cancelled'), home)
  return { ...home(state), effects: letGo(state) }
}

/** What a page that waits for the customer has started. */
function letGo({ step }: TerminalState): readonly Effect[] {
  if (step.kind === 'present') return [...STOP_READING, ...forgetHeld(step)]
  if (step.kind === 'confirmCode')
    return [...STOP_READING, { do: 'forgetTender', handle: step.code.handle }]
  return step.kind === 'lookAtAmount' ? [{ do: 'stopTimer', timer: 'look' }] : []
}

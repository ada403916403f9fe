/**
 * 更正, one function for every mistake after a payment: somebody says what was wrong, and the terminal picks the means:
 * void within the batch, else refund; the difference when too little was charged; what takes its place is collected afterwards, linked.
 */

import { askWhichIncident } from '../incident/record.ts'
import { message } from '../message.ts'
import { formatMinor, minor } from '../money.ts'
import { goHome } from '../order/home.ts'
import { andThen, type Decision, goTo, refuse, say } from '../terminal/decision.ts'
import type { Key } from '../terminal/event.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import type { TransactionKind } from '../transaction/kinds.ts'
import { remainingMinor, type TransactionRecord } from '../transaction/record.ts'
import { askAmount, correct } from './begin.ts'
import type { Cause } from './cause.ts'
import { askCollected, collectedMinor, isBeingCollected, type Mended } from './collected.ts'
import { numberOnSlip } from './elsewhere-id.ts'
import { FOLLOW_UPS_LIMIT, followUps, owe } from './follow-up.ts'
import { objection, used } from './judge-original.ts'
import { newest } from './mark-original.ts'
import { askRightAmount } from './right-amount.ts'
import { said, takeBack } from './take-back.ts'

type WrongStep = Extract<Step, { kind: 'whatWasWrong' }>

const CAUSES: Readonly<Record<TransactionKind, readonly Cause[]>> = {
  sale: ['wrongAmount', 'wrongPayer', 'paidTwice', 'holdMeant', 'customerWish', 'exchange'],
  preAuth: ['wrongAmount', 'saleMeant', 'customerWish'],
  completion: ['wrongAmount', 'customerWish'],
  refund: ['saleMeant'],
  void: ['saleMeant'],
  preAuthVoid: [],
  completionVoid: [],
  balance: [],
}

/** The causes that this record can have, with the digit that chooses each. */
export function causesOf(record: TransactionRecord): readonly { id: Cause; key: string }[] {
  return CAUSES[record.kind].map((id, index) => ({ id, key: String(index + 1) }))
}

/** The page's answers: the causes, and that none of the ways of mending can be gone now. */
export function wrongOptions(
  record: TransactionRecord,
): readonly { readonly id: Cause | 'cannotMend'; readonly key: string }[] {
  return [...causesOf(record), { id: 'cannotMend', key: '9' }]
}

export function askWhatWasWrong(state: TerminalState, chosen: TransactionRecord): Decision {
  const original = newest(state, chosen)
  if (original.outcome !== 'approved')
    return say(state, message('original.notPaid'), { tone: 'refused' })
  if (causesOf(original).length === 0)
    return say(state, message('original.notVoidable'), { tone: 'refused' })
  if (followUps(state).length >= FOLLOW_UPS_LIMIT)
    return say(state, message('followUp.tooMany'), { tone: 'refused' })
  const params = { trace: numberOnSlip(original), amount: formatMinor(original.paidMinor) }
  const telling = { message: message('correct.whatWasWrong', params), tone: 'key' as const }
  return andThen(goTo(state, { kind: 'whatWasWrong', original }, telling), (next) =>
    askCollected(next, original),
  )
}

export function onWrongKey(state: TerminalState, step: WrongStep, key: Key): Decision {
  if (key === 'cancel') return goHome(state)
  if (key === '9') return askWhichIncident(state, step.original)
  const cause = causesOf(step.original).find((one) => one.key === key)
  return cause === undefined ? refuse(state, 'keyHasNoMeaningHere') : mend(state, step, cause.id)
}

export function onWrongOption(state: TerminalState, step: WrongStep, option: string): Decision {
  if (option === 'cannotMend') return askWhichIncident(state, step.original)
  const cause = causesOf(step.original).find((one) => one.id === option)
  return cause === undefined ? refuse(state, 'optionNotOffered') : mend(state, step, cause.id)
}

/** What was chosen may have changed while the page stood: a refund in doubt is answered at any time. */
function mend(state: TerminalState, step: WrongStep, cause: Cause): Decision {
  const original = newest(state, step.original)
  const gone = used(original)
  if (gone !== null) return say(state, gone, { tone: 'refused' })
  if (isBeingCollected(state, step))
    return say(state, message('correct.beingCollected'), { tone: 'refused' })
  // What went back of it before was for goods that came back, or for a discount: nobody else owes that.
  const dueMinor = remainingMinor(original)
  if (step.refund === true) return refundWith(state, original, cause)
  switch (cause) {
    case 'wrongAmount':
      return askRightAmount(state, { ...step, original })
    case 'exchange':
      return askRightAmount(state, { ...step, original }, { exchange: true })
    case 'holdMeant':
      return takeBack(state, original, { cause, afterwards: { kind: 'preAuth', dueMinor } })
    case 'wrongPayer':
      return takeBack(state, original, { cause, afterwards: { kind: 'sale', dueMinor } })
    case 'paidTwice':
    case 'customerWish':
      return takeBack(state, original, { cause })
    case 'saleMeant':
      return original.kind === 'preAuth'
        ? correct(state, 'completion', original)
        : collectAgain(state, { ...step, original })
  }
}

/** What went back and should not have, as far as it was not collected before. */
function collectAgain(state: TerminalState, mended: Mended): Decision {
  const { original } = mended
  const before = collectedMinor(state, mended)
  if (before === null) return askCollected({ ...state, tone: 'refused' }, original)
  // What was collected in its place may be more: then nothing is.
  const dueMinor = original.paidMinor - before
  return dueMinor > 0
    ? owe(state, original, { kind: 'sale', dueMinor: minor(dueMinor), why: 'giveBack' })
    : say(state, message('correct.collectedAgain', said(original)), { tone: 'refused' })
}

/** What could be refunded when it was found may have gone back since. */
function refundWith(state: TerminalState, original: TransactionRecord, cause: Cause): Decision {
  const cannot = objection(state, 'refund', original)
  if (cannot !== null) return say(state, cannot, { tone: 'refused' })
  return askAmount(state, 'refund', original, cause)
}

/**
 * 更正, one function for every mistake after a payment: somebody says what was wrong, and the terminal picks the means:
 * void within the batch, else refund; the difference when too little was charged; what takes its place is collected afterwards, linked.
 */

import { askWhichIncident } from '../incident/record.ts'
import { type Message, message } from '../message.ts'
import { formatMinor, type MinorUnits, minor } from '../money.ts'
import { goHome } from '../order/home.ts'
import { type Decision, goTo, refuse, say } from '../terminal/decision.ts'
import type { Key } from '../terminal/event.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import type { Order } from '../transaction/attempt.ts'
import { type TransactionKind, voidOf } from '../transaction/kinds.ts'
import { remainingMinor, type TransactionRecord } from '../transaction/record.ts'
import { askAmount, correct } from './begin.ts'
import type { Cause } from './cause.ts'
import { type Chosen, confirmChosen } from './confirm-chosen.ts'
import {
  collect,
  FOLLOW_UPS_LIMIT,
  followUpOf,
  followUps,
  heldMinor,
  withFollowUp,
} from './follow-up.ts'
import { objection } from './judge-original.ts'
import { newest } from './mark-original.ts'

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
  const params = { trace: original.stan, amount: formatMinor(original.paidMinor) }
  return goTo(
    state,
    { kind: 'whatWasWrong', original },
    { message: message('correct.whatWasWrong', params), tone: 'key' },
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
  const dueMinor = original.paidMinor
  if (step.refund === true) return refundWith(state, original, cause)
  switch (cause) {
    case 'wrongAmount':
      return goTo(
        state,
        { kind: 'enterAmount', transaction: original.kind, original, typed: '', correcting: true },
        { message: message('correct.rightAmount', said(original)), tone: 'key' },
      )
    case 'exchange':
      return goTo(
        state,
        {
          kind: 'enterAmount',
          transaction: original.kind,
          original,
          typed: '',
          correcting: true,
          exchange: true,
        },
        { message: message('correct.exchangePrice', said(original)), tone: 'key' },
      )
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
        : later(state, original, { kind: 'sale', dueMinor, why: 'giveBack' })
  }
}

/** What could be refunded when it was found may have gone back since. */
function refundWith(state: TerminalState, original: TransactionRecord, cause: Cause): Decision {
  const cannot = objection(state, 'refund', original)
  if (cannot !== null) return say(state, cannot, { tone: 'refused' })
  return askAmount(state, 'refund', original, cause)
}

/** Other goods for the same payment: what they cost more is collected, linked; what they cost less goes back as a part (S2-10). */
export function onExchangePrice(
  state: TerminalState,
  chosen: TransactionRecord,
  priceMinor: MinorUnits,
): Decision {
  const original = newest(state, chosen)
  const paidMinor = heldMinor(state, original)
  if (original.closedBy !== '') return say(state, message('original.notPaid'), { tone: 'refused' })
  if (priceMinor === paidMinor)
    return goHome(state, message('correct.exchangeEven', said(original)))
  if (priceMinor > paidMinor)
    return later(state, original, {
      kind: 'sale',
      dueMinor: minor(priceMinor - paidMinor),
      why: 'exchange',
    })
  return giveBackPart(state, original, {
    dueMinor: minor(paidMinor - priceMinor),
    cause: 'exchange',
  })
}

/** The amount that should have been charged is known: more is collected, less goes back. */
export function onRightAmount(
  state: TerminalState,
  chosen: TransactionRecord,
  rightMinor: MinorUnits,
): Decision {
  const original = newest(state, chosen)
  const paidMinor = heldMinor(state, original)
  if (rightMinor === paidMinor) return say(state, message('correct.same'), { tone: 'refused' })
  if (original.kind === 'preAuth')
    return takeBack(state, original, {
      cause: 'wrongAmount',
      afterwards: { kind: 'preAuth', dueMinor: rightMinor },
    })
  if (rightMinor > paidMinor)
    return later(state, original, {
      kind: 'sale',
      dueMinor: minor(rightMinor - paidMinor),
      why: 'topUp',
    })
  const kind = voidOf(original.kind)
  // A void takes back this payment alone, and what was collected after it would stand beside the right amount.
  const isAlone = paidMinor === remainingMinor(original)
  if (
    isAlone &&
    original.kind === 'sale' &&
    kind !== null &&
    objection(state, kind, original) === null
  )
    return takeBack(state, original, {
      cause: 'wrongAmount',
      afterwards: { kind: 'sale', dueMinor: rightMinor },
    })
  return giveBackPart(state, original, {
    dueMinor: minor(paidMinor - rightMinor),
    cause: 'wrongAmount',
  })
}

/** The whole of it: a void while the batch is open, else a refund of what is left. Says which and why. */
function takeBack(
  state: TerminalState,
  original: TransactionRecord,
  why: { readonly cause: Cause; readonly afterwards?: NonNullable<Order['afterwards']> },
): Decision {
  const kind = voidOf(original.kind)
  const params = { ...said(original), next: formatMinor(why.afterwards?.dueMinor ?? minor(0)) }
  const suffix = why.afterwards === undefined ? '' : 'ThenCollect'
  if (kind !== null && objection(state, kind, original) === null) {
    const dueMinor = original.paidMinor
    return ask(
      state,
      { kind, original, dueMinor, ...why },
      message(`correct.void${suffix}`, params),
    )
  }
  const cannot = objection(state, 'refund', original)
  if (cannot !== null) return say(state, cannot, { tone: 'refused' })
  const dueMinor = remainingMinor(original)
  return ask(
    state,
    { kind: 'refund', original, dueMinor, ...why },
    message(`correct.refund${suffix}`, params),
  )
}

/** A refund in the place of a void that the host has refused; why it was wanted, and what is to be collected afterwards, goes along. */
export function refundInstead(
  state: TerminalState,
  { afterwards, cause, original }: Order,
): Decision {
  if (original === undefined) return refuse(state, 'optionNotOffered')
  const cannot = objection(state, 'refund', original)
  if (cannot !== null) return say(state, cannot, { tone: 'refused' })
  const dueMinor = remainingMinor(newest(state, original))
  const params = { ...said(original), next: formatMinor(afterwards?.dueMinor ?? minor(0)) }
  return ask(
    state,
    {
      kind: 'refund',
      original,
      dueMinor,
      ...(cause === undefined ? {} : { cause }),
      ...(afterwards === undefined ? {} : { afterwards }),
    },
    message(`correct.refundInstead${afterwards === undefined ? '' : 'ThenCollect'}`, params),
  )
}

function giveBackPart(
  state: TerminalState,
  original: TransactionRecord,
  { cause, dueMinor }: { readonly dueMinor: MinorUnits; readonly cause: Cause },
): Decision {
  const cannot = objection(state, 'refund', original)
  if (cannot !== null) return say(state, cannot, { tone: 'refused' })
  const params = { ...said(original), amount: formatMinor(dueMinor) }
  return ask(
    state,
    { kind: 'refund', original, dueMinor, cause },
    message(cause === 'exchange' ? 'correct.exchangeBack' : 'correct.refundPart', params),
  )
}

/** On the open list before anybody is asked to pay: a customer who has left is not forgotten. */
function later(
  state: TerminalState,
  original: TransactionRecord,
  what: Parameters<typeof followUpOf>[1],
): Decision {
  const added = followUpOf(original, what)
  return collect(withFollowUp(state, added), added.id)
}

function ask(state: TerminalState, chosen: Chosen, telling: Message): Decision {
  return confirmChosen(state, chosen, telling)
}

function said(original: TransactionRecord): Readonly<Record<string, string>> {
  return { trace: original.stan, amount: formatMinor(original.paidMinor), last4: original.last4 }
}

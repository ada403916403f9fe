/** The ways an attempt ends with its outcome known: one commit holds the record, the debt closed, the slips owed and the page. */
import { closeAdvice } from '../advice/queue.ts'
import { withCounted } from '../batch/unsettled.ts'
import { bookFollowUps, notCollectedTelling } from '../correction/follow-up.ts'
import { markOriginal } from '../correction/mark-original.ts'
import { reopenHold } from '../correction/reopen-hold.ts'
import { withUntold } from '../correction/tell-customer.ts'
import { NO_PRICES, withPrice } from '../guard/price-memory.ts'
import { withRefund } from '../guard/refund-guard.ts'
import { NO_HISTORY, withSale } from '../guard/sales-history.ts'
import { signOn } from '../link/decide.ts'
import { type Message, message } from '../message.ts'
import { formatMinor, fromDe4, type MinorUnits, minor } from '../money.ts'
import { pumpSlips, queueOriginals } from '../receipt/decide.ts'
import { disarm } from '../reversal/decide.ts'
import { askToSign } from '../signature/decide.ts'
import { andThen, type Decision, goTo, stay } from '../terminal/decision.ts'
import type { Effect } from '../terminal/effect.ts'
import { RECENT_LIMIT, type Step, type TerminalState } from '../terminal/state.ts'
import { type Attempt, idOf, kindOf, needsChip } from './attempt.ts'
import type { HostReply } from './host-reply.ts'
import { ruleOf } from './kinds.ts'
import { approvedRecord, notPaidRecord } from './make-record.ts'
import type { TransactionRecord } from './record.ts'
import { tellCard } from './tell-card.ts'
import { approvedTelling, declinedTelling } from './tellings.ts'
import { type ChipFact, channelOf, handleOf, lastFour } from './tender.ts'

/** Second durable write: the outcome, the reversal taken away, the original marked, the slips owed. */
export function endApproved(
  state: TerminalState,
  attempt: Attempt,
  reply: HostReply,
  chip: readonly ChipFact[],
): Decision {
  const record = approvedRecord(state, attempt, reply, chip)
  const booked = bookApproved(state, attempt, record)
  const shown = andThen(booked, (closed) =>
    goTo(closed, resultStep(attempt, record.id, 'approved'), {
      message: asksWhetherRight(state, record)
        ? message('host.approvedLarge', { amount: formatMinor(record.paidMinor) })
        : approvedTelling(kindOf(attempt.order), record),
      tone: 'success',
      effects: [{ do: 'forgetTender', handle: handleOf(attempt.tender) }],
    }),
  )
  const asked = andThen(shown, (next) => askToSign(next, record, reply.fields['15'] ?? ''))
  return andThen(asked, pumpSlips)
}

/** Much was taken, and the correction stands on the same page: now is when a wrong amount is cheapest to mend. */
function asksWhetherRight({ setup }: TerminalState, record: TransactionRecord): boolean {
  const above = setup.amountGuard?.askRightAboveMinor ?? null
  const isWhole = record.kind === 'sale' && record.paidMinor === record.dueMinor
  return above !== null && isWhole && record.paidMinor > above
}

/** Everything that an approval changes but the page: the debt closed, the records kept, the slips queued. */
export function bookApproved(
  state: TerminalState,
  attempt: Attempt,
  record: TransactionRecord,
): Decision {
  const queued = record.slip === null ? state : queueOriginals(state, record, record.slip)
  const booked = withUntold(bookFollowUps(queued, attempt, record), record)
  const marked = markOriginal(booked, attempt, record)
  const freed = reopenHold(marked.state, attempt)
  const changed = [marked.original, freed.hold].filter((one) => one !== null)
  return andThen(closeAttempt(remembered(freed.state, record), attempt), (closed) =>
    stay(
      closed,
      [record, ...changed].map((one): Effect => ({ do: 'keepRecord', record: one })),
    ),
  )
}

/** A balance is told and not kept: no money moved, so there is no record and no slip. */
export function endInquiry(state: TerminalState, attempt: Attempt, reply: HostReply): Decision {
  const held = balanceOf(reply)
  const shown = { ...attempt, order: { ...attempt.order, dueMinor: held } }
  return goTo(
    state,
    { ...resultStep(shown, '', 'approved'), trace: '' },
    {
      message: approvedTelling('balance', { paidMinor: held, dueMinor: held }),
      tone: 'success',
      effects: [
        ...(needsChip(attempt) ? [tellCard(attempt, reply)] : []),
        { do: 'forgetTender', handle: handleOf(attempt.tender) },
      ],
    },
  )
}

/** DE 54: account type 2, amount type 2, currency 3, sign, twelve digits; a debt counts as nothing. */
function balanceOf(reply: HostReply): MinorUnits {
  const match = /^.{7}([CD])([0-9]{12})/.exec(reply.fields['54'] ?? '')
  return match?.[1] === 'C' ? (fromDe4(match[2] ?? '') ?? minor(0)) : minor(0)
}

/** A usable answer came: neither a reversal nor a repetition of this attempt is owed. */
export function closeAttempt(state: TerminalState, attempt: Attempt): Decision {
  return ruleOf(kindOf(attempt.order)).lostAnswer === 'repeat'
    ? closeAdvice(state, idOf(attempt))
    : disarm(state)
}

export function endDeclined(
  state: TerminalState,
  attempt: Attempt,
  reply: HostReply,
  code: string,
): Decision {
  const record = notPaidRecord(state, attempt, code)
  const lastWord = needsChip(attempt) ? [tellCard(attempt, reply)] : []
  const told = andThen(closeAttempt(remembered(state, record), attempt), (disarmed) =>
    goTo(disarmed, resultStep(attempt, record.id, 'notPaid'), {
      message: notCollectedTelling(attempt.order, refusalTelling(state, attempt, code)),
      tone: 'fail',
      effects: [
        ...(ruleOf(kindOf(attempt.order)).hasAmount
          ? [{ do: 'keepRecord', record } satisfies Effect]
          : []),
        ...lastWord,
        { do: 'forgetTender', handle: handleOf(attempt.tender) },
      ],
    }),
  )
  // The host no longer knows our keys or our batch: fetched anew, so that the next try can succeed.
  return state.setup.host.signOnAgain.includes(code) ? andThen(told, signOn) : told
}

/** A code that is used up or too old is refused like any other; a fresh one is all that it needs. */
function refusalTelling(
  { setup }: TerminalState,
  { order, tender }: Attempt,
  code: string,
): Message {
  const isStale =
    tender.kind === 'code' &&
    ruleOf(kindOf(order)).takesCodes &&
    setup.host.codeExpired?.includes(code) === true
  return isStale ? message('code.expired', { code }) : declinedTelling(kindOf(order), code)
}

/** Nothing of it ever left: not paid, and nothing to undo. */
export function endUnsent(state: TerminalState, attempt: Attempt, why: Message): Decision {
  const tellCard: Effect[] = needsChip(attempt)
    ? [{ do: 'completeCard', stan: attempt.stan, reply: null }]
    : []
  const giveBack =
    attempt.tender.kind === 'code' && ruleOf(kindOf(attempt.order)).takesCodes
      ? forget(state.usedCodes, attempt.tender.code.fingerprint)
      : state.usedCodes
  return andThen(closeAttempt({ ...state, usedCodes: giveBack }, attempt), (disarmed) =>
    goTo(
      disarmed,
      { ...resultStep(attempt, idOf(attempt), 'notPaid'), trace: '' },
      {
        message: notCollectedTelling(attempt.order, why),
        tone: 'fail',
        effects: [...tellCard, { do: 'forgetTender', handle: handleOf(attempt.tender) }],
      },
    ),
  )
}

export function resultStep(
  attempt: Attempt,
  record: string,
  outcome: 'approved' | 'notPaid' | 'unknown',
): Extract<Step, { kind: 'result' }> {
  return {
    kind: 'result',
    outcome,
    order: attempt.order,
    record,
    trace: attempt.stan,
    channel: channelOf(attempt.tender),
    last4: lastFour(attempt.tender),
    mayTryAgain: outcome === 'notPaid',
  }
}

export function remembered(state: TerminalState, record: TransactionRecord): TerminalState {
  if (record.kind === 'balance') return state
  const recent = [...state.recent, record].slice(-RECENT_LIMIT)
  return { ...withHistory(state, record), ...withCounted(state, record), recent }
}

/** What the shop usually takes is learned from sales that were paid; what goes back is added up by the day. */
function withHistory(state: TerminalState, record: TransactionRecord): TerminalState {
  if (record.kind === 'refund' && record.outcome === 'approved')
    return { ...state, refunded: withRefund(state.refunded, record.paidMinor, record.at) }
  if (state.setup.amountGuard === undefined || record.kind !== 'sale') return state
  if (record.outcome !== 'approved') return state
  return {
    ...state,
    history: withSale(state.history ?? NO_HISTORY, record.dueMinor, record.at),
    prices: withPrice(state.prices ?? NO_PRICES, record.dueMinor),
  }
}

function forget(codes: readonly string[], fingerprint: string): readonly string[] {
  return codes.filter((one) => one !== fingerprint)
}

/**
 * UNKNOWN, asked every few seconds, cancelled, the cancel repeated: what each answer leads to. Paid and not paid are only ever the
 * acquirer's word; once a cancel has left, "paid" no longer makes a sale of it.
 */
import { sendAdvice } from '../advice/queue.ts'
import { alreadyCollected } from '../correction/follow-up.ts'
import { signOn } from '../link/decide.ts'
import { message } from '../message.ts'
import { formatMinor } from '../money.ts'
import { afterDebt } from '../order/ask-for-tender.ts'
import { unsentOrder } from '../order/waiting-sale.ts'
import { pumpSlips } from '../receipt/decide.ts'
import { printNotPaid } from '../receipt/not-paid-slip.ts'
import { owe, sendOwed } from '../reversal/decide.ts'
import type { Reversal, ReversalReason } from '../reversal/reversal.ts'
import { andThen, type Decision, goTo, refuse, say, stay } from '../terminal/decision.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import { kindOf } from '../transaction/attempt.ts'
import { reversalDone } from '../transaction/decide-undone.ts'
import {
  bookApproved,
  closeAttempt,
  endApproved,
  endDeclined,
  remembered,
} from '../transaction/end.ts'
import type { HostReply } from '../transaction/host-reply.ts'
import { undo } from '../transaction/leave-unknown.ts'
import { approvedRecord, notPaidRecord } from '../transaction/make-record.ts'
import { onRecordWord } from './ask-about-record.ts'
import type { CodeQuery } from './code-query.ts'
import { judgeWord } from './judge.ts'
import { askingTelling, askLater, askNow } from './queue.ts'

type Of<T extends TerminalEvent['type']> = Extract<TerminalEvent, { type: T }>
type Asked = { readonly reversal: Reversal; readonly query: CodeQuery }

export function onQueryTimer(state: TerminalState): Decision {
  const { reversal, setup } = state
  const query = reversal?.query
  const rules = setup.host.codeQuery
  if (reversal?.state !== 'asking' || query?.out !== '' || rules === undefined)
    return refuse(state, 'timerNotRunning')
  const waited: CodeQuery = { ...query, waitedMs: query.waitedMs + rules.everyMs }
  const next: TerminalState = { ...state, reversal: { ...reversal, query: waited } }
  return waited.cancelAsked && mayCancel(next, waited) ? cancel(next, '06') : askNow(next)
}

export function onQueryReplied(state: TerminalState, event: Of<'queryReplied'>): Decision {
  const ofRecord = onRecordWord(state, event)
  if (ofRecord !== null) return ofRecord
  const asked = takeAnswer(state, event.stan)
  if (asked === null) return refuse(state, 'lateAnswer')
  const { reversal, query } = asked
  const waiting: Reversal = { ...reversal, query }
  const answered: TerminalState = { ...state, reversal: waiting }
  const word = judgeWord(state.setup, { stan: event.stan, original: reversal }, event.reply)
  if (reversal.state !== 'asking') {
    if (word.kind === 'notPaid') return reversalDone(answered, reversal)
    const key = word.kind === 'paid' ? 'code.stillPaid' : 'code.noWord'
    const params = { amount: formatMinor(reversal.amountMinor), trace: reversal.stan }
    return andThen(say(answered, message(key, params), { tone: 'unknown' }), sendOwed)
  }
  switch (word.kind) {
    case 'paid':
      return query.cancelAsked
        ? askAgain({ ...state, reversal: withAuthCode(waiting, event.reply) }, null)
        : andThen(paid(answered, asked, event.reply), goOn)
    case 'notPaid':
      return andThen(notPaid(answered, asked, event.reply, word.code), goOn)
    case 'paying':
      return askAgain(answered, true)
    case 'open':
      return word.signOn && query.tries % 2 === 1
        ? andThen(askAgain(answered, null), signOn)
        : askAgain(answered, null)
  }
}

export function onQueryUnanswered(state: TerminalState, event: Of<'queryUnanswered'>): Decision {
  const ofRecord = onRecordWord(state, event)
  if (ofRecord !== null) return ofRecord
  const asked = takeAnswer(state, event.stan)
  if (asked === null) return refuse(state, 'notAskedFor')
  const answered: TerminalState = { ...state, reversal: { ...asked.reversal, query: asked.query } }
  if (asked.reversal.state === 'asking') return askAgain(answered, null)
  const { amountMinor, stan } = asked.reversal
  const params = { amount: formatMinor(amountMinor), trace: stan }
  return say(answered, message('code.noWord', params), { tone: 'unknown' })
}

/** The cashier gives it up: it is cancelled as soon as that is allowed, also when it turns out to be paid. */
export function cancelQuery(state: TerminalState): Decision {
  const { reversal } = state
  const query = reversal?.query
  if (reversal?.state !== 'asking' || query === undefined || query.cancelAsked)
    return refuse(state, 'keyHasNoMeaningHere')
  const wanted: CodeQuery = { ...query, cancelAsked: true }
  const next: TerminalState = { ...state, reversal: { ...reversal, query: wanted } }
  if (query.out === '' && mayCancel(next, wanted)) return cancel(next, '06')
  return say(next, message('cancel.willReverse'), { tone: 'key' })
}

/** The debt this answer is about, with the question no longer out; null when nobody waits for it. */
function takeAnswer({ reversal }: TerminalState, stan: string): Asked | null {
  const query = reversal?.query
  if (reversal === null || query === undefined || query.out === '' || query.out !== stan)
    return null
  return { reversal, query: { ...query, out: '' } }
}

/** The last question and the cancel follow each other without a gap, so that the customer cannot pay in between unseen. */
function askAgain(state: TerminalState, isPaying: boolean | null): Decision {
  const query = state.reversal?.query
  const rules = state.setup.host.codeQuery
  if (query === undefined || rules === undefined) return stay(state)
  const enough = query.cancelAsked || query.tries >= rules.tries
  if (enough && mayCancel(state, query)) return cancel(state, query.cancelAsked ? '06' : '98')
  const { step } = state
  if (step.kind !== 'querying' || isPaying === null || isPaying === step.isPaying)
    return askLater(state)
  const shown: TerminalState = { ...state, step: { ...step, isPaying } }
  return andThen(
    query.cancelAsked ? stay(shown) : say(shown, askingTelling(isPaying), { tone: 'unknown' }),
    askLater,
  )
}

function mayCancel({ setup }: TerminalState, { waitedMs }: CodeQuery): boolean {
  const rules = setup.host.codeQuery
  return rules !== undefined && waitedMs >= rules.cancelAfterMs
}

/** The armed reversal is the cancel: it pays back what was paid and closes what was not. */
function cancel(state: TerminalState, reason: ReversalReason): Decision {
  const { step } = state
  return step.kind === 'querying'
    ? undo(state, step.attempt, reason, message('code.cancelling'))
    : owe(state, reason)
}

function withAuthCode(reversal: Reversal, { fields }: HostReply): Reversal {
  const authCode = fields['38']?.trim() ?? ''
  return authCode === '' ? reversal : { ...reversal, authCode }
}

function paid(state: TerminalState, { query, reversal }: Asked, reply: HostReply): Decision {
  const { attempt } = query
  if (isOnPage(state)) return endApproved(state, attempt, reply, [])
  const record = approvedRecord(state, attempt, reply, [])
  const booked = andThen(bookApproved(state, attempt, record), pumpSlips)
  return andThen(booked, (next) => tellLater(next, reversal, 'code.paidLater'))
}

function notPaid(
  state: TerminalState,
  { query, reversal }: Asked,
  reply: HostReply,
  code: string,
): Decision {
  const { attempt } = query
  const record = notPaidRecord(state, attempt, code)
  if (isOnPage(state))
    return andThen(endDeclined(state, attempt, reply, code), (next) => printNotPaid(next, record))
  const closed = andThen(closeAttempt(remembered(state, record), attempt), (next) =>
    stay(next, [{ do: 'keepRecord', record }]),
  )
  const papered = andThen(closed, (next) => printNotPaid(next, record))
  return andThen(papered, (next) => tellLater(next, reversal, 'code.notPaidLater'))
}

/** What it was asked for from still shows it; the page of no other debt can be (I5). */
function isOnPage({ step }: TerminalState): boolean {
  return step.kind === 'querying'
}

/**
 * Its page is gone with the power: whoever stands at the counter is told. A sale that waits there may be the same customer's second try, so that
 * after a "paid" it is confirmed anew.
 */
function tellLater(state: TerminalState, { amountMinor, stan }: Reversal, key: LaterKey): Decision {
  const telling = message(key, { amount: formatMinor(amountMinor), trace: stan })
  const { step } = state
  const sale = key === 'code.paidLater' ? waitingSale(state) : null
  if (sale !== null)
    return goTo(state, sale, {
      message: message('code.paidWaiting', { amount: formatMinor(amountMinor), trace: stan }),
      tone: 'refused',
      effects: step.kind === 'lookAtAmount' ? [{ do: 'stopTimer', timer: 'look' }] : [],
    })
  if (step.kind === 'clearingDebt') return afterDebt(state, true, telling)
  // What an order asks is not written over.
  if ('order' in step) return stay(state)
  const tone = key === 'code.paidLater' ? 'success' : 'fail'
  return step.kind === 'openItems'
    ? goTo(state, step, { message: telling, tone })
    : say(state, telling, { tone })
}

type LaterKey = 'code.paidLater' | 'code.notPaidLater'

/** A sale that waits at the counter, as it is confirmed: nobody is asked to present while a debt is open. Null where there is none. */
function waitingSale(state: TerminalState): Extract<Step, { kind: 'confirmAmount' }> | null {
  const waiting = unsentOrder(state.step)
  if (waiting === null || kindOf(waiting.order) !== 'sale') return null
  return alreadyCollected(state, waiting.order) === null
    ? { kind: 'confirmAmount', ...waiting }
    : null
}

/** Nothing is owed to this payment any more: what waited behind it leaves. */
function goOn(state: TerminalState): Decision {
  return state.link === 'down' ? signOn(state) : sendAdvice(state)
}

/**
 * The one reversal a link may owe. Armed before a request leaves, disarmed by a usable answer, sent before anything else
 * financial, repeated until the acquirer answers, never forgotten and never turned into an approval.
 */
import type { CodeQuery } from '../code-query/code-query.ts'
import { message } from '../message.ts'
import { formatMinor } from '../money.ts'
import { type Decision, refuse, stay } from '../terminal/decision.ts'
import type { Effect } from '../terminal/effect.ts'
import type { Setup } from '../terminal/setup.ts'
import type { TerminalState } from '../terminal/state.ts'
import { type Attempt, entryMode, isFallback, kindOf } from '../transaction/attempt.ts'
import type { HostReply } from '../transaction/host-reply.ts'
import { ruleOf } from '../transaction/kinds.ts'
import { originalData } from '../transaction/original-data.ts'
import { owedTelling } from '../transaction/tellings.ts'
import { channelOf, lastFour } from '../transaction/tender.ts'
import type { Reversal, ReversalReason } from './reversal.ts'

/** `query`: where the acquirer is asked first, what is kept for that. */
export function armReversal(attempt: Attempt, query: CodeQuery | null = null): Reversal {
  const { order, tender } = attempt
  const kind = kindOf(order)
  const rule = ruleOf(kind)
  const data = originalData(rule, order.original)
  return {
    id: `${attempt.batch}-${attempt.stan}`,
    orderId: order.id,
    kind,
    stan: attempt.stan,
    batch: attempt.batch,
    amountMinor: attempt.amountMinor,
    processingCode: rule.processingCode,
    entryMode: entryMode(attempt),
    conditionCode: rule.conditionCode,
    panSequence: tender.kind === 'card' ? tender.card.panSequence : null,
    emv: tender.kind === 'card' && rule.card === 'chip' ? tender.card.reversalEmv : '',
    channel: channelOf(tender),
    last4: lastFour(tender),
    hasPan: tender.kind === 'card',
    fingerprint: tender.kind === 'card' ? tender.card.fingerprint : tender.code.fingerprint,
    operator: attempt.order.operator,
    state: 'armed',
    reason: '98',
    tries: 0,
    ...(order.till === undefined ? {} : { tillReference: order.till.reference }),
    ...(data === '' ? {} : { originalData: data }),
    ...(order.original === undefined ? {} : { original: order.original.id }),
    ...(isFallback(attempt) ? { isFallback: true } : {}),
    ...(query === null ? {} : { query }),
  }
}

/** A usable answer came: nothing is owed any more. */
export function disarm(state: TerminalState): Decision {
  if (state.reversal === null) return stay(state)
  const dropped: Effect[] = state.reversal.hasPan
    ? [{ do: 'dropSealedPan', reversal: state.reversal.id }]
    : []
  return stay({ ...state, reversal: null }, dropped)
}

/** The outcome is unknown or must be undone: the armed reversal is owed and leaves at once. */
export function owe(state: TerminalState, reason: ReversalReason): Decision {
  if (state.reversal === null) return refuse(state, 'nothingOwed')
  return sendOwed({ ...state, reversal: { ...state.reversal, state: 'owed', reason } })
}

/** Sends what is owed, unless it is on its way. Without a MAC key nothing can be sent: sign-on comes first. */
export function sendOwed(state: TerminalState): Decision {
  const owed = state.reversal
  if (owed === null || owed.state !== 'owed' || !state.keysReady) return stay(state)
  const sent: Reversal = { ...owed, state: 'sent', tries: owed.tries + 1 }
  return stay({ ...state, reversal: sent }, [
    { do: 'stopTimer', timer: 'reversal' },
    { do: 'sendReversal', reversal: sent },
  ])
}

export type ReversalVerdict = 'done' | 'notDone' | 'signOnFirst'

/** What the answer to a 0400 is worth: matched like any answer; 00, and by parameter 12 and 25, end it. */
export function judgeReversalReply(
  setup: Setup,
  owed: Reversal,
  reply: HostReply,
): ReversalVerdict {
  const fits =
    reply.mti === '0410' &&
    reply.fields['11'] === owed.stan &&
    reply.fields['41'] === setup.terminalNumber
  if (!fits) return 'notDone'
  if (reply.mac === 'bad') return newKeysInTurn(owed)
  const code = reply.fields['39'] ?? ''
  // A word that ends a debt must prove itself; a refusal that only says "sign on again" may come without MAC.
  if (setup.host.reversalDone.includes(code))
    return reply.mac === 'good' ? 'done' : newKeysInTurn(owed)
  return setup.host.signOnAgain.includes(code) ? newKeysInTurn(owed) : 'notDone'
}

/** New keys may heal it, so every other try fetches some; not every one, because a sign-on lets the reversal go again at once. */
function newKeysInTurn({ tries }: Reversal): ReversalVerdict {
  return tries % 2 === 1 ? 'signOnFirst' : 'notDone'
}

/** No answer that ends it: it stays owed and is tried again after a while, for ever. */
export function keepOwing(state: TerminalState): Decision {
  if (state.reversal === null) return refuse(state, 'nothingOwed')
  const reversal: Reversal = { ...state.reversal, state: 'owed' }
  return stay({ ...state, reversal }, [
    { do: 'startTimer', timer: 'reversal', ms: state.setup.host.reversalRetryMs },
  ])
}

export function owedMessage(owed: Reversal): ReturnType<typeof message> {
  const { kind = 'sale', query, state, tries } = owed
  const facts = { amount: formatMinor(owed.amountMinor), trace: owed.stan }
  if (query === undefined) return owedTelling(kind, facts)
  if (state === 'asking') return message('code.asking', facts)
  return message(tries < query.cancelsBeforeHelp ? 'code.cancelOwed' : 'code.cancelHelp', facts)
}

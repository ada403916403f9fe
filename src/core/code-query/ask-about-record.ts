/** "查询交易": the acquirer's word about a code payment of the records. It is told and changes nothing here; what differs is said to differ. */
import { newest } from '../correction/mark-original.ts'
import { linkHindrance } from '../link/hindrance.ts'
import { type Message, message } from '../message.ts'
import { formatMinor } from '../money.ts'
import { takeStan } from '../terminal/counters.ts'
import { type Decision, goTo, say } from '../terminal/decision.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import type { TransactionRecord } from '../transaction/record.ts'
import { judgeWord, type Word } from './judge.ts'
import { questionAbout } from './queue.ts'

type Records = Extract<Step, { kind: 'records' }>

export function askAboutRecord(
  state: TerminalState,
  step: Records,
  record: TransactionRecord,
): Decision {
  const why = hindrance(state, record)
  if (why !== null) return say(state, why, { tone: 'refused' })
  if (step.asked !== undefined) return say(state, message('query.asking'), { tone: 'refused' })
  const { stan, state: numbered } = takeStan(state)
  const asking: TerminalState = {
    ...numbered,
    step: { ...step, asked: { stan, record } },
  }
  const original = { batch: record.batch, stan: record.stan, amountMinor: record.dueMinor }
  return say(asking, message('query.asking'), {
    tone: 'key',
    effects: [{ do: 'sendQuery', question: questionAbout(state, stan, original) }],
  })
}

function hindrance(state: TerminalState, record: TransactionRecord): Message | null {
  if (record.channel === 'card' || record.kind !== 'sale') return message('query.onlyCodes')
  if (state.setup.host.codeQuery === undefined) return message('query.notOffered')
  return linkHindrance(state)
}

/** Null when the answer is not for this page. */
export function onRecordWord(
  state: TerminalState,
  event: Extract<TerminalEvent, { type: 'queryReplied' | 'queryUnanswered' }>,
): Decision | null {
  const { step } = state
  if (step.kind !== 'records' || step.asked?.stan !== event.stan) return null
  const { asked, ...list } = step
  const record = newest(state, asked.record)
  const word: Word =
    event.type === 'queryReplied'
      ? judgeWord(
          state.setup,
          { stan: event.stan, original: { amountMinor: record.dueMinor } },
          event.reply,
        )
      : { kind: 'open', signOn: false }
  const params = { amount: formatMinor(record.dueMinor), trace: record.stan }
  const telling = message(tellingOf(record, word), params)
  return goTo(state, list, { message: telling, tone: 'key' })
}

/** A payment that was voided or paid back whole is "not paid" to the acquirer, and rightly so; "paid", and the customer has nothing back. */
function tellingOf(record: TransactionRecord, word: Word): string {
  const isBack = record.closedBy !== '' || record.refundedMinor >= record.paidMinor
  const stands = record.outcome === 'approved' && !isBack
  switch (word.kind) {
    case 'paid':
      return stands ? 'query.paid' : 'query.paidNotHere'
    case 'notPaid':
      return stands ? 'query.notPaidButHere' : 'query.notPaid'
    case 'paying':
    case 'open':
      return 'query.noWord'
  }
}

/** Starts the core on a found state and answers whatever it asks, each time well, until nothing is asked any more. */
import type { BatchMessage } from '#core/batch/settlement.ts'
import type { Question } from '#core/code-query/code-query.ts'
import { toDe4 } from '#core/money.ts'
import type { Reversal } from '#core/reversal/reversal.ts'
import type { SignatureUpload } from '#core/signature/upload.ts'
import { decide } from '#core/terminal/decide.ts'
import type { Effect } from '#core/terminal/effect.ts'
import type { EventBody } from '#core/terminal/event.ts'
import { breaches } from '#core/terminal/invariants.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { type Attempt, kindOf } from '#core/transaction/attempt.ts'
import { ruleOf } from '#core/transaction/kinds.ts'
import { NOON, SETUP } from '../counter.ts'

/** More answers than this and the terminal asks for ever. */
const ANSWERS_LIMIT = 100

export type Restarted = {
  /** What left, in its order. */
  readonly left: readonly Effect[]
  readonly state: TerminalState
  /** Message of the first page. */
  readonly said: string | null
  readonly broken: readonly string[]
}

export function restarted(found: TerminalState): Restarted {
  const left: Effect[] = []
  const broken: string[] = []
  const waiting: EventBody[] = []
  let state = found
  const tell = (event: EventBody): void => {
    const before = state
    const decision = decide(before, { ...event, at: NOON })
    state = decision.state
    if (event.type !== 'started') broken.push(...breaches(before, state))
    for (const effect of decision.effects) {
      left.push(effect)
      const answer = answerTo(effect)
      if (answer !== null) waiting.push(answer)
    }
  }
  tell({ type: 'started', setup: found.setup, keysReady: found.keysReady })
  const said = state.message?.key ?? null
  for (const device of ['printer', 'pinPad', 'cardReader', 'qrScanner'] as const)
    tell({ type: 'deviceHealthChanged', health: { device, troubles: [] } })
  for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) {
    tell(event)
    if (left.length > ANSWERS_LIMIT) throw new Error('the terminal asks for ever')
  }
  return { left, state, said, broken }
}

function answerTo(effect: Effect): EventBody | null {
  if (effect.do === 'signOn') return { type: 'signedOn', batch: '000001' }
  if (effect.do === 'sendReversal') return reversalAnswer(effect.reversal)
  if (effect.do === 'sendQuery') return wordOf(effect.question)
  if (effect.do === 'sendBatch') return batchAnswer(effect.message)
  if (effect.do === 'sendAdvice') {
    const { attempt, id } = effect.advice
    return { type: 'adviceReplied', advice: id, reply: approvalOf(attempt) }
  }
  if (effect.do === 'sendSignature') return signatureAnswer(effect.upload)
  if (effect.do === 'sendNotice')
    return { type: 'noticeEnded', notice: effect.notice.id, outcome: 'answered' }
  if (effect.do === 'download') {
    const kept = { outcome: 'kept' as const, code: '', entries: 1, digest: 'AB' }
    return { type: 'downloadEnded', download: effect.download, ...kept, replyTimeoutMs: null }
  }
  if (effect.do === 'print') {
    const outcome = { kind: 'printed' as const, proof: 'processId' as const }
    return { type: 'printEnded', job: effect.slip.job, outcome }
  }
  return null
}

function reversalAnswer({ id, stan }: Reversal): EventBody {
  const fields = { '11': stan, '41': SETUP.terminalNumber, '39': '00' }
  return { type: 'reversalReplied', reversal: id, reply: { mti: '0410', mac: 'good', fields } }
}

/** It was paid. */
function wordOf({ original, stan }: Question): EventBody {
  const named = { '4': toDe4(original.amountMinor), '11': stan, '37': '112112000008', '39': '00' }
  const fields = { ...named, '41': SETUP.terminalNumber, '42': SETUP.merchantNumber }
  return { type: 'queryReplied', stan, reply: { mti: '0210', mac: 'good', fields } }
}

function signatureAnswer({ record, stan }: SignatureUpload): EventBody {
  const fields = { '11': stan, '41': SETUP.terminalNumber, '39': '00' }
  return { type: 'signatureReplied', record, reply: { mti: '0830', mac: 'absent', fields } }
}

/** The totals are balanced on both sides; every other message is taken. */
function batchAnswer({ mti, stan, totals }: BatchMessage): EventBody {
  const own = { '11': stan, '41': SETUP.terminalNumber, '39': '00' }
  if (mti === '0320')
    return { type: 'batchReplied', stan, reply: { mti: '0330', mac: 'absent', fields: own } }
  const fields = { ...own, '48': `${totals.slice(0, 30)}1${totals.slice(31, 61)}1` }
  return { type: 'batchReplied', stan, reply: { mti: '0510', mac: 'absent', fields } }
}

function approvalOf(attempt: Attempt) {
  const rule = ruleOf(kindOf(attempt.order))
  return {
    mti: '0230',
    mac: 'good' as const,
    fields: {
      '3': rule.processingCode,
      '4': toDe4(attempt.amountMinor),
      '11': attempt.stan,
      '37': '112112000009',
      '39': '00',
      '41': SETUP.terminalNumber,
      '42': SETUP.merchantNumber,
    },
  }
}

/**
 * A signature on the customer's screen. The payment is final before it is asked for and whatever comes of it; the merchant's copy waits
 * for it, and without one, for whatever reason, has a line to sign on and stands on the open list until somebody says that it is signed.
 */

import { type Message, message } from '../message.ts'
import { formatMinor } from '../money.ts'
import { pumpSlips } from '../receipt/decide.ts'
import { slipTelling } from '../receipt/tellings.ts'
import { andThen, type Decision, refuse, say, stay } from '../terminal/decision.ts'
import type { Effect } from '../terminal/effect.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { TerminalState } from '../terminal/state.ts'
import type { TransactionRecord } from '../transaction/record.ts'
import { featureCode } from './feature-code.ts'
import { isSigned, type Signing, type Unsigned } from './signature.ts'
import { isFull, queueUpload } from './upload-queue.ts'

const STOP: Effect = { do: 'stopTimer', timer: 'signature' }

/** After an approval whose slip is to be signed; `settlementDate` is DE 15. */
export function askToSign(
  state: TerminalState,
  record: TransactionRecord,
  settlementDate: string,
): Decision {
  const { signature, slips } = state.setup
  const { slip } = record
  if (signature === undefined || slip === null || !isSigned(slip.verification)) return stay(state)
  if (!slips.copies.includes('merchant')) return stay(state)
  const ms = signature.timeoutMs
  const signing: Signing = {
    record: record.id,
    trace: record.stan,
    type: slip.type,
    amountMinor: record.paidMinor,
    code: featureCode(settlementDate, record.reference),
    settlementDate,
    wait: { startedAt: state.at, deadlineAt: state.at + ms },
  }
  if (isFull(state)) return stay(withoutSigning({ ...state, signing }))
  const telling = signatureTelling('ask', signing)
  return stay({ ...state, signing, message: telling }, [
    { do: 'startTimer', timer: 'signature', ms },
  ])
}

/** `ink` empty: the customer would rather sign on paper. */
export function onSignatureGiven(
  state: TerminalState,
  { record, ink }: Extract<TerminalEvent, { type: 'signatureGiven' }>,
): Decision {
  const { signing } = state
  if (signing?.record !== record) return refuse(state, 'notAskedFor')
  return ink === '' ? signOnPaper(state) : signed(state, signing, ink)
}

/**
 * The merchant's copy carries the lines, every other paper and the record the code alone: the state is written with every commit. For good
 * the lines lie in the event, and go into the archive with its batch.
 */
function signed(state: TerminalState, signing: Signing, ink: string): Decision {
  const { record, code, settlementDate } = signing
  const slips = state.slips.map((job) => {
    const { slip } = job
    const signature = slip.copy === 'merchant' ? { code, ink } : { code }
    return job.record === record
      ? { ...job, slip: { ...slip, facts: { ...slip.facts, signature } } }
      : job
  })
  const marked = state.recent
    .filter((one) => one.id === record)
    .map((one) => ({
      ...one,
      slip: one.slip === null ? null : { ...one.slip, signature: { code } },
    }))
  const recent = state.recent.map((one) => marked.find(({ id }) => id === one.id) ?? one)
  const kept = marked.map((one): Effect => ({ do: 'keepRecord', record: one }))
  const given = { ...state, signing: undefined, slips, recent, message: message('signature.given') }
  const queued = marked.reduce<TerminalState>((next, { slip }) => {
    if (slip === null) return next
    return queueUpload(next, {
      record,
      settlementDate,
      facts: { ...slip, signature: { code, ink } },
    })
  }, given)
  const done = stay(queued, [STOP, ...kept])
  return andThen(done, pumpSlips)
}

/** Asked for, out of time, or the counter has gone on: the paper prints with a line to sign on. */
export function signOnPaper(state: TerminalState): Decision {
  if (state.signing === undefined) return refuse(state, 'timerNotRunning')
  const { signing } = state
  const owed = stay({ ...withoutSigning(state), message: atResult(state, signing) }, [STOP])
  return andThen(owed, pumpSlips)
}

/** The signature that nobody gave is owed on paper. */
export function withoutSigning(state: TerminalState): TerminalState {
  if (state.signing === undefined) return state
  const { record, trace, type, amountMinor } = state.signing
  const owed = [...unsigned(state), { record, trace, type, amountMinor }]
  return { ...state, signing: undefined, unsigned: owed }
}

/** The page of another customer is left as it is. */
function atResult(state: TerminalState, signing: Signing): Message | null {
  const isHere = state.step.kind === 'result' && state.step.record === signing.record
  return isHere ? signatureTelling('onPaper', signing) : state.message
}

/** Whatever led away from its page, nobody stands at the customer's screen any more. */
export function watchSigning(decision: Decision): Decision {
  const { signing, step } = decision.state
  if (signing === undefined || decision.refused !== null) return decision
  const isHere = step.kind === 'result' && step.record === signing.record
  return isHere ? decision : andThen(decision, signOnPaper)
}

export function unsigned(state: TerminalState): readonly Unsigned[] {
  return state.unsigned ?? []
}

/** A person has seen the signature on the merchant's copy. */
export function onSignedOnPaper(state: TerminalState, record: string): Decision {
  const left = unsigned(state).filter((one) => one.record !== record)
  if (left.length === unsigned(state).length) return refuse(state, 'nothingOwed')
  const next = { ...state, unsigned: left.length === 0 ? undefined : left }
  return say(next, message('signature.seen'), { tone: 'confirmed' })
}

export function signatureTelling(
  what: 'ask' | 'onPaper' | 'owed',
  { type, amountMinor, trace }: Unsigned,
): Message {
  return slipTelling(`signature.${what}`, type, { amount: formatMinor(amountMinor), trace })
}

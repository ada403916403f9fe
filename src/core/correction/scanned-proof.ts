/**
 * Pages on which a void, refund or correction begins with proof: the scanner is lit there for the bar code of a slip or the number of a bill
 * (idea S3-1). A payment code is refused there: no phone that is held up decides where money goes.
 */
import { message } from '../message.ts'
import { asksForBadge } from '../operator/badge.ts'
import { type Decision, say, stay } from '../terminal/decision.ts'
import type { Effect } from '../terminal/effect.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import type { CodeFacts } from '../transaction/tender.ts'
import { correct } from './begin.ts'
import { askElsewhere, mayBeElsewhere } from './elsewhere.ts'

export type ProofStep = Extract<Step, { kind: 'findOriginal' | 'records' }>

export function asksForProof(step: Step): step is ProofStep {
  return step.kind === 'findOriginal' || step.kind === 'records'
}

/** Lights the scanner on such a page and lets go of it behind it; whoever leaves for a page that reads codes lights it anew. */
export function watchProof(
  before: TerminalState,
  event: TerminalEvent,
  decision: Decision,
): Decision {
  const { effects, state } = decision
  const was = lightsScanner(before)
  const isSame = before.step === state.step && before.setup === state.setup
  const is = isSame ? was : lightsScanner(state)
  if (was && !is) return { ...decision, effects: [{ do: 'disarmScanner' }, ...effects] }
  if (is && (!was || isScannerBack(before, event)))
    return { ...decision, effects: [...effects, { do: 'armScanner' }] }
  return decision
}

/** The pages of the shop's own sticker and of staff cards read codes in the same way. */
export function lightsScanner(state: TerminalState): boolean {
  const { step } = state
  if (step.kind === 'checkSticker') return step.found === 'nothing'
  return asksForProof(step) || asksForBadge(state)
}

function isScannerBack(before: TerminalState, event: TerminalEvent): boolean {
  return (
    event.type === 'deviceHealthChanged' &&
    event.health.device === 'qrScanner' &&
    event.health.troubles.length === 0 &&
    before.devices.qrScanner.troubles.length > 0
  )
}

/** What was read there and is no payment code. `record` is what the journal holds under it; absent: it is neither slip nor bill. */
export function onProofScanned(
  state: TerminalState,
  step: ProofStep,
  { record, slip }: Extract<TerminalEvent, { type: 'codeRefused' }>,
): Decision {
  if (slip !== undefined && step.kind === 'findOriginal' && mayBeElsewhere(state, step.purpose))
    return askElsewhere(state, step.purpose, slip)
  if (record === undefined) return say(state, message('proof.neither'), { tone: 'refused' })
  if (record === null) return say(state, message('proof.notFound'), { tone: 'refused' })
  if (step.kind === 'findOriginal') return correct(state, step.purpose, record)
  const found: Step = { ...step, found: [record], proven: true }
  return stay({
    ...state,
    step: found,
    message: message('proof.found', { trace: record.stan }),
    tone: 'read',
  })
}

export function onPaymentCodeAsProof(state: TerminalState, code: CodeFacts): Decision {
  const forget: Effect = { do: 'forgetTender', handle: code.handle }
  return say(state, message('proof.paymentCode'), { tone: 'refused', effects: [forget] })
}

/** The queue of signatures for the acquirer: one leaves when the line is free and nobody pays, the oldest first. */
import { withUpkeep } from '../link/upkeep.ts'
import type { SlipFacts } from '../receipt/slip.ts'
import { isOpen } from '../receipt/slip-job.ts'
import { takeStan } from '../terminal/counters.ts'
import { type Decision, stay } from '../terminal/decision.ts'
import type { TerminalState } from '../terminal/state.ts'
import type { TransactionRecord } from '../transaction/record.ts'
import { type SignatureUpload, UPLOAD_PAUSE_MOST_MS, UPLOADS_LIMIT } from './upload.ts'

export function uploads(state: TerminalState): readonly SignatureUpload[] {
  return state.uploads ?? []
}

export function withUploads(state: TerminalState, left: readonly SignatureUpload[]): TerminalState {
  return { ...state, uploads: left.length === 0 ? undefined : left }
}

/** No room for another signature: the next customer signs on paper. */
export function isFull(state: TerminalState): boolean {
  return uploads(state).length >= UPLOADS_LIMIT
}

/** Where the acquirer takes none, nothing is kept. `facts`: with code and lines. */
export function queueUpload(
  state: TerminalState,
  signed: { readonly record: string; readonly settlementDate: string; readonly facts: SlipFacts },
): TerminalState {
  const rules = state.setup.host.signatureUpload
  if (rules === undefined) return state
  const numbered = rules.ownStan ? takeStan(state) : { stan: signed.facts.trace, state }
  const upload = { ...signed, stan: numbered.stan, tries: 0, pauses: 0, notBefore: 0, reprints: 0 }
  return withUploads(numbered.state, [...uploads(state), upload])
}

/** The next one leaves; null when none may leave now. */
export function sendUpload(state: TerminalState): Decision | null {
  const next = uploads(state).find((one) => isDue(state, one))
  if (next === undefined || !state.keysReady || state.setup.host.signatureUpload === undefined)
    return null
  return stay(withUpkeep(state, { running: 'signature' }), [
    { do: 'sendSignature', upload: next, prints: printsOf(state, next) },
  ])
}

/** Some are to be sent, now or later. */
export function isWaiting(state: TerminalState): boolean {
  return uploads(state).some(({ givenUp }) => givenUp === undefined)
}

/** No pause holds any of them back any more. */
export function dueNow(state: TerminalState): TerminalState {
  return withUploads(
    state,
    uploads(state).map((one) => ({ ...one, notBefore: 0 })),
  )
}

/** No pause is longer than the longest: a clock that was put right ends what it had begun in the future. */
export function isDue({ at }: TerminalState, { givenUp, notBefore }: SignatureUpload): boolean {
  const isOver = notBefore <= at || notBefore > at + UPLOAD_PAUSE_MOST_MS
  return givenUp === undefined && isOver
}

/** A signature leaves the queue for good, and its payment says where it has gone. */
export function uploadKept(
  state: TerminalState,
  upload: SignatureUpload,
  where: NonNullable<TransactionRecord['signatureKept']>,
): Decision {
  const left = uploads(state).filter((one) => one !== upload)
  const found = state.recent.find(({ id }) => id === upload.record)
  if (found === undefined) return stay(withUploads(state, left))
  const record = { ...found, signatureKept: where }
  const recent = state.recent.map((one) => (one === found ? record : one))
  return stay({ ...withUploads(state, left), recent }, [{ do: 'keepRecord', record }])
}

/** Papers of this payment that are out: what its queue no longer holds open. */
function printsOf({ setup, slips }: TerminalState, { record, reprints }: SignatureUpload): number {
  const open = slips.filter((job) => job.record === record && isOpen(job)).length
  return Math.max(0, setup.slips.copies.length + reprints - open)
}

/** A slip on its way to paper. A job leaves the queue only when paper carries its last line or a person says so. */
import type { Slip } from './slip.ts'

export type SlipJobState =
  /** Waits for the printer. */
  | 'queued'
  /** Handed to the printer: after a power cut nobody knows. */
  | 'printing'
  /** Waits until the copy before it is torn off. */
  | 'awaitingTear'
  /** The printer could not; it prints by itself, marked 补打, when the printer is well. */
  | 'owed'
  /** It may be on paper: the cashier is asked. */
  | 'unsure'
  | 'printed'
  /** The cashier said that the paper is there. */
  | 'waived'

export type SlipJob = {
  readonly record: string
  readonly slip: Slip
  readonly state: SlipJobState
}

export function isOpen(job: SlipJob): boolean {
  return job.state !== 'printed' && job.state !== 'waived'
}

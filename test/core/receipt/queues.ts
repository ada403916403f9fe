/** Queues of slips to begin a test with: a sale is on paper, and these stand behind it. */
import type { DeviceTrouble } from '#core/ports/device.ts'
import type { Slip } from '#core/receipt/slip.ts'
import type { SlipJob, SlipJobState } from '#core/receipt/slip-job.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { JOB_STATES, openTerminal } from '../recovery/found-states.ts'

export const OPEN = openTerminal()
const [PAID] = OPEN.recent
if (PAID?.slip == null) throw new Error('nothing was sold')
export const SALE: TransactionRecord = PAID
export const FACTS = PAID.slip

export const slipOf = (job: string, change: Partial<Slip> = {}): Slip => ({
  facts: FACTS,
  copy: 'merchant',
  mark: { kind: 'original' },
  job,
  drill: false,
  ...change,
})

export const jobOf = (job: string, state: SlipJobState, change: Partial<Slip> = {}): SlipJob => ({
  record: SALE.id,
  slip: slipOf(job, change),
  state,
})

export const queueOf = (...slips: SlipJob[]): TerminalState => ({ ...OPEN, slips })

export const inTrouble = (state: TerminalState, ...troubles: DeviceTrouble[]): TerminalState => ({
  ...state,
  devices: { ...state.devices, printer: { device: 'printer', troubles } },
})

/** One slip in each state, each numbered by its state. */
export const everyJob = (): readonly SlipJob[] => JOB_STATES.map((state) => jobOf(state, state))

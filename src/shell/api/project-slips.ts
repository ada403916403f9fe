/** The slips of a transaction as the counter sees them, and what is to be said when one is not on paper. */
import { mayBeTorn } from '#core/receipt/decide.ts'
import type { SlipJob } from '#core/receipt/slip-job.ts'
import { slipTelling } from '#core/receipt/tellings.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { Message, SlipView } from './view.ts'

/** There is nothing to tear while the copy before is not on paper: then this one just waits. */
export function slipView(state: TerminalState, job: SlipJob): SlipView {
  const waits = job.state === 'awaitingTear' && !mayBeTorn(state, job)
  return { id: job.slip.job, copy: job.slip.copy, state: waits ? 'queued' : job.state }
}

/** On a result page the state of its slips is the newest thing to know, and the payment stands all the same. */
export function slipTrouble(state: TerminalState): Message | null {
  const step = state.step
  if (step.kind !== 'result' || step.outcome !== 'approved') return null
  const jobs = state.slips.filter((job) => job.record === step.record)
  const [first] = jobs
  if (first === undefined) return null
  const tell = (key: string) => slipTelling(key, first.slip.facts.type, { trace: step.trace })
  if (jobs.some((job) => job.state === 'unsure')) return tell('slip.unsure')
  const [trouble] = state.devices.printer.troubles
  if (jobs.some((job) => job.state === 'owed' || job.state === 'queued') && trouble !== undefined)
    return tell(TROUBLE_MESSAGES[trouble] ?? 'slip.interrupted')
  if (jobs.some((job) => job.state === 'owed')) return tell('slip.interrupted')
  return jobs.some((job) => mayBeTorn(state, job)) ? tell('slip.tear') : null
}

const TROUBLE_MESSAGES: Readonly<Record<string, string>> = {
  paperOut: 'slip.paperOut',
  coverOpen: 'slip.coverOpen',
  gone: 'slip.printerGone',
}

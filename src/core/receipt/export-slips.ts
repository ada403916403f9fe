/**
 * The printer is gone for good: slips that it owes are written as files, so that another one can print them (idea S4-3, the printer that does not
 * come back). Whether they are on paper only a person knows then, and is asked.
 */
import { message } from '../message.ts'
import type { DeviceTrouble } from '../ports/device.ts'
import { type Decision, refuse, say, stay } from '../terminal/decision.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { TerminalState } from '../terminal/state.ts'
import { markLate } from './decide.ts'
import type { SlipJob } from './slip-job.ts'

/** Troubles that somebody at the counter may not be able to end; paper and cover are theirs, and then the slips come by themselves. */
const GONE: readonly DeviceTrouble[] = ['gone', 'wrongDevice', 'noAnswer', 'garbled']

export function mayExport({ devices, slips }: TerminalState): boolean {
  return GONE.some((one) => devices.printer.troubles.includes(one)) && slips.some(isWaiting)
}

export function exportSlips(state: TerminalState): Decision {
  if (!mayExport(state)) return refuse(state, 'nothingOwed')
  const slips = state.slips.filter(isWaiting).map((job) => markLate(job).slip)
  return stay({ ...state, message: null, tone: 'key' }, [{ do: 'exportSlips', slips }])
}

/** What was written may be printed twice from now on, so nothing prints it here by itself any more. */
export function onSlipsExported(
  state: TerminalState,
  { jobs }: Extract<TerminalEvent, { type: 'slipsExported' }>,
): Decision {
  if (jobs.length === 0) return say(state, message('slip.notExported'), { tone: 'refused' })
  const slips = state.slips.map((job) =>
    isWaiting(job) && jobs.includes(job.slip.job)
      ? { ...markLate(job), state: 'unsure' as const }
      : job,
  )
  const count = String(jobs.length)
  return say({ ...state, slips }, message('slip.exported', { count }), { tone: 'confirmed' })
}

function isWaiting({ state }: SlipJob): boolean {
  return state === 'owed' || state === 'queued' || state === 'awaitingTear'
}

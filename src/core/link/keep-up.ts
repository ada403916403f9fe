/** Starts the next chore of the link after each event: never while somebody pays or owes, and never two at a time. */

import { sendNotice } from '../notice/decide.ts'
import { sendUpload } from '../signature/upload-queue.ts'
import { sixDigits } from '../terminal/counters.ts'
import { type Decision, stay } from '../terminal/decision.ts'
import type { TerminalState } from '../terminal/state.ts'
import type { DownloadName } from './chore.ts'
import { signOn } from './decide.ts'
import { isQuiet, upkeepOf, withUpkeep } from './upkeep.ts'

/** An event that was refused changed nothing, so it starts nothing either. */
export function keepUp(decision: Decision): Decision {
  if (decision.refused !== null) return decision
  const { effects, state } = decision
  const started = isFree(state) ? startNext(state) : null
  return started === null ? decision : { ...started, effects: [...effects, ...started.effects] }
}

function startNext(state: TerminalState): Decision | null {
  return sendNotice(state) ?? startChore(state) ?? sendUpload(state)
}

function startChore(state: TerminalState): Decision | null {
  const { due } = upkeepOf(state)
  const [next, ...later] = isStale(state) ? ['signOn' as const, ...due] : due
  if (next === undefined) return null
  const taken = withUpkeep(state, { due: later })
  return next === 'signOn' ? signOn(taken) : startDownload(taken, next)
}

function startDownload(state: TerminalState, download: DownloadName): Decision {
  return stay(withUpkeep(state, { running: download }), [
    { do: 'download', download, batch: sixDigits(state.counters.batch) },
  ])
}

function isFree(state: TerminalState): boolean {
  const { advice, link, reversal, settlement } = state
  const owesNothing = reversal === null && advice === null && settlement === null
  return link === 'up' && owesNothing && upkeepOf(state).running === null && isQuiet(state)
}

/** Either way: a clock that was put right may have signed on in the future. */
function isStale(state: TerminalState): boolean {
  const everyMs = state.setup.host.signOnEveryMs ?? 0
  const { signedOnAt } = upkeepOf(state)
  return everyMs > 0 && signedOnAt > 0 && Math.abs(state.at - signedOnAt) >= everyMs
}

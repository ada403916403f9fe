/** What a drill starts from: the people and habits of the real terminal, and none of its numbers, payments or debts. */

import { initialState } from '../terminal/recover.ts'
import type { Setup } from '../terminal/setup.ts'
import type { TerminalState } from '../terminal/state.ts'
import type { Situation } from './exercise.ts'

/** People, their PINs and what the shop usually takes; every counter from one, and nothing of any payment. */
export function stateForDrill(live: TerminalState): TerminalState {
  const { history, operators, page, prices } = live
  return { ...initialState(), page, operators, history, prices }
}

/**
 * No PIN is asked for: no PIN block may leave a pad for a host that is none. Nothing is fetched, and nothing is probed; the host of a drill is no
 * acquirer in particular, and settles as most do.
 */
export function setupForDrill(live: Setup, situations: readonly Situation[] = []): Setup {
  const { codeProcessingCode: _code, settlement: _settlement, ...host } = live.host
  return {
    ...live,
    drill: true,
    situations,
    pinFor: [],
    ...(live.payee === undefined ? {} : { payee: { daily: false } }),
    host: { ...host, downloads: [], echoEveryMs: 0, signOnEveryMs: 0 },
  }
}

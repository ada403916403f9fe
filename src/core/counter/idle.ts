/**
 * What happens when nobody presses anything: pages that are not the sale fall back to it, because the next customer is a sale
 * again, and a counter that was left is locked (PCI DSS 8.2.8: after fifteen minutes at most). An order that is being paid is never disturbed.
 */
import { endDrill } from '../drill/drill.ts'
import { message } from '../message.ts'
import { askForPeople } from '../operator/decide.ts'
import { goHome } from '../order/home.ts'
import { type Decision, refuse } from '../terminal/decision.ts'
import type { Effect } from '../terminal/effect.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { TerminalState } from '../terminal/state.ts'
import { kindOf } from '../transaction/attempt.ts'

/** Starts the wait anew with every touch and every new page; stops it where a page may stay. */
export function watchIdle(
  before: TerminalState,
  event: TerminalEvent,
  decision: Decision,
): Decision {
  const { state } = decision
  const isTouch = event.type === 'keyPressed' || event.type === 'optionChosen'
  if (decision.refused !== null || (!isTouch && state.page === before.page)) return decision
  const ms = idleMs(state)
  if (ms === null && idleMs(before) === null) return decision
  const effect: Effect =
    ms === null ? { do: 'stopTimer', timer: 'idle' } : { do: 'startTimer', timer: 'idle', ms }
  return { ...decision, effects: [...decision.effects, effect] }
}

export function onIdle(state: TerminalState): Decision {
  if (idleMs(state) === null) return refuse(state, 'timerNotRunning')
  if (!LEFT.includes(state.step.kind)) return goHome(state, message('idle.backToSale'))
  // Whoever comes next to a drill that was left comes to sell.
  return state.setup.drill ? endDrill(state) : askForPeople(state, message('idle.locked'))
}

/** Where a counter is left: a sale that has ended is as good as home. */
const LEFT: readonly string[] = ['amount', 'signIn', 'result']

/** How long this page may stay untouched; null: as long as it likes. */
function idleMs(state: TerminalState): number | null {
  const { idle } = state.setup
  if (idle === undefined) return null
  switch (state.step.kind) {
    case 'amount':
    case 'result':
      return idle.lockMs
    case 'signIn':
      return state.setup.drill ? idle.lockMs : null
    case 'confirmAmount':
    case 'approve':
      return kindOf(state.step.order) === 'sale' ? null : idle.pageMs
    case 'menu':
    case 'findOriginal':
    case 'enterAmount':
    case 'whatWasWrong':
    case 'records':
    case 'searchRecords':
    case 'proveReprint':
    case 'badge':
    case 'openItems':
    case 'incident':
    case 'closeIncident':
    case 'judgeCode':
    case 'totals':
    case 'approveBatch':
    case 'reviewRefunds':
    case 'approveDrill':
    case 'parameters':
      return idle.pageMs
    case 'checkSticker':
      return state.step.found === 'foreign' ? null : idle.pageMs
    case 'starting':
    case 'setPin':
    case 'handOver':
    case 'lookAtAmount':
    case 'rekeyAmount':
    case 'clearingDebt':
    case 'present':
    case 'confirmCode':
    case 'pin':
    case 'authorizing':
    case 'completing':
    case 'querying':
    case 'reversing':
    case 'settling':
      return null
  }
}

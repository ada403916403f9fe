/**
 * A drill (演练): the whole terminal on a built-in host and a journal of its own, so that people may learn and make mistakes (ideas S0-6). Here
 * is who may begin one, and when; what keeps it away from the acquirer is in shell/drill.
 */
import { alarmItems } from '../alarm/items.ts'
import { openItems } from '../counter/open-items.ts'
import { incidents } from '../incident/items.ts'
import { type Message, message } from '../message.ts'
import { askForPeople } from '../operator/decide.ts'
import { bySecondPerson } from '../operator/second-person.ts'
import { goHome } from '../order/home.ts'
import { openSlips } from '../receipt/decide.ts'
import { andThen, type Decision, goTo, refuse, say, stay } from '../terminal/decision.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { TerminalState } from '../terminal/state.ts'
import { SCORES_LIMIT } from './exercise.ts'

/**
 * Menu. A supervisor or administrator begins a drill, a cashier with one of them beside; and only while nothing is open: what is owed must go on
 * at once, not after it.
 */
export function beginDrill(state: TerminalState): Decision {
  if (state.setup.drill) return refuse(state, 'optionNotOffered')
  const { session } = state
  if (session === null) return refuse(state, 'notAskedFor')
  const why = hindrance(state)
  if (why !== null) return say(state, why, { tone: 'refused' })
  if (session.role !== 'cashier') return begin(state, session.operator)
  return goTo(state, { kind: 'approveDrill' }, { message: message('approve.drill'), tone: 'key' })
}

/** The second person at the counter; what came between the question and the answer still stands in the way. */
export function onDrillApproval(
  state: TerminalState,
  event: Extract<TerminalEvent, { type: 'operatorChecked' }>,
): Decision {
  return bySecondPerson(state, event, (checked, approver) => {
    const why = hindrance(checked)
    return why === null ? begin(checked, approver) : goHome(checked, why)
  })
}

function begin(state: TerminalState, operator: string): Decision {
  return andThen(askForPeople(state, message('drill.beginning')), (next) =>
    stay(next, [{ do: 'beginDrill', operator }]),
  )
}

function hindrance(state: TerminalState): Message | null {
  if (owesAnything(state)) return message('drill.somethingOpen')
  return openSlips(state).length > 0 ? message('drill.slipPrinting') : null
}

/** Incidents wait for days, and alarms for a look: neither is owed at once. */
function owesAnything(state: TerminalState): boolean {
  const { advice, reversal, settlement } = state
  const owesHost = reversal !== null || advice !== null || settlement !== null
  const waits = new Set([...incidents(state), ...alarmItems(state)].map(({ id }) => id))
  return owesHost || openItems(state).some(({ id }) => !waits.has(id))
}

/** Menu of a drill, or nobody touched it for long. Anybody may: the way back to the real thing is never barred. */
export function endDrill(state: TerminalState): Decision {
  if (!state.setup.drill) return refuse(state, 'optionNotOffered')
  return goTo(state, { kind: 'starting' }, { effects: [{ do: 'endDrill' }] })
}

/** In the journal of the real terminal, when it goes on. Wrong PINs count on, so that a drill is no place to guess in. */
export function onDrillEnded(
  state: TerminalState,
  event: Extract<TerminalEvent, { type: 'drillEnded' }>,
): Decision {
  if (state.setup.drill) return refuse(state, 'notAskedFor')
  const operators = state.operators.map((account) => {
    const after = event.tries.find(({ operator }) => operator === account.number)
    if (after === undefined) return account
    const { lockedUntil, wrongTries } = after
    return { ...account, lockedUntil, wrongTries }
  })
  const telling = event.why === 'ended' ? 'drill.ended' : 'drill.failed'
  const scores = [...(state.scores ?? []), ...(event.scores ?? [])].slice(-SCORES_LIMIT)
  const kept = scores.length === 0 ? {} : { scores }
  return say({ ...state, ...kept, operators }, message(telling))
}

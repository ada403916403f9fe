/** Standing faults of the link that the cashier must see although every answer is only one answer: wrong MACs in a row, and no usable keys. */
import type { Decision } from '../terminal/decision.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { TerminalState } from '../terminal/state.ts'
import type { LinkFault } from './chore.ts'
import { upkeepOf, withDue, withUpkeep } from './upkeep.ts'

/** So many wrong MACs in a row are no accident on the line; the configuration may say another number. */
const MAC_FAILURES_MOST = 3

/** Looks at what was decided about one event: counts, and asks for new keys when the limit is reached. A refused event says nothing. */
export function watchLink(event: TerminalEvent, decision: Decision): Decision {
  if (decision.refused !== null) return decision
  return { ...decision, state: watched(event, decision.state) }
}

/** What stands now, in the order in which it is shown. */
export function linkFaults(state: TerminalState): readonly LinkFault[] {
  const { keysMissing = false, macFailures = 0 } = upkeepOf(state)
  return [
    ...(keysMissing ? (['keysMissing'] as const) : []),
    ...(macFailures >= limitOf(state) ? (['macFailures'] as const) : []),
  ]
}

/** A settlement is not signed, and the answer to a signature need not be: there is nothing to count. */
function watched(event: TerminalEvent, state: TerminalState): TerminalState {
  const { type } = event
  if (type === 'signedOn') return withUpkeep(state, { keysMissing: false })
  if (type === 'signOnFailed')
    return KEY_TROUBLE.includes(event.why) ? withUpkeep(state, { keysMissing: true }) : state
  return type === 'hostReplied' ||
    type === 'reversalReplied' ||
    type === 'queryReplied' ||
    type === 'adviceReplied'
    ? countMac(state, event.reply)
    : state
}

const KEY_TROUBLE = ['keyCheck', 'noMasterKey']

type Reply = Extract<TerminalEvent, { type: 'hostReplied' }>['reply']

/** A refusal without MAC is usual and counts neither way; an approval without one is as wrong as a wrong one. */
function countMac(state: TerminalState, { fields, mac }: Reply): TerminalState {
  if (mac === 'good') return withUpkeep(state, { macFailures: 0 })
  const approves = state.setup.host.approvals.includes(fields['39'] ?? '')
  if (mac === 'absent' && !approves) return state
  const macFailures = (upkeepOf(state).macFailures ?? 0) + 1
  const counted = withUpkeep(state, { macFailures })
  return macFailures % limitOf(state) === 0 ? withDue(counted, 'signOn') : counted
}

function limitOf({ setup }: TerminalState): number {
  return setup.host.macFailuresMost ?? MAC_FAILURES_MOST
}

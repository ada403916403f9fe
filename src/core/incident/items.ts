/** Incidents on the open list: what happened, how much, until when, and what can be done about each. */
import { hostDateTime } from '../calendar.ts'
import { type Message, message } from '../message.ts'
import { formatMinor } from '../money.ts'
import type { TerminalState } from '../terminal/state.ts'
import type { Incident } from './incident.ts'

export function incidents(state: TerminalState): readonly Incident[] {
  return state.incidents ?? []
}

/** Oldest first. What is still to be collected because of one can be collected from here. */
export function incidentItems(state: TerminalState): readonly {
  readonly id: string
  readonly message: Message
  readonly options: readonly string[]
}[] {
  return incidents(state).map((incident) => ({
    id: incident.id,
    message: message(keyOf(state, incident), incidentParams(incident)),
    options: [...(isOwed(state, incident) ? ['collect'] : []), 'printSheet', 'closeIncident'],
  }))
}

function keyOf(state: TerminalState, incident: Incident): string {
  if (incident.followUp !== undefined && !isOwed(state, incident)) return 'incident.paidSince'
  const late = state.at > incident.dueAt ? 'late' : 'open'
  return `incident.${late}.${incident.kind}`
}

function isOwed(state: TerminalState, { followUp }: Incident): boolean {
  return (state.followUps ?? []).some(({ id }) => id === followUp)
}

/** Money to be collected that stands on the list as an incident. */
export function isInIncident(state: TerminalState, followUpId: string): boolean {
  return incidents(state).some(({ followUp }) => followUp === followUpId)
}

/** `due`: a date. */
export function incidentParams({
  amountMinor,
  dueAt,
  trace,
}: Incident): Readonly<Record<string, string>> {
  return { amount: formatMinor(amountMinor), trace, due: hostDateTime(dueAt, '', '').slice(0, 10) }
}

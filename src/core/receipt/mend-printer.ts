/** The way out of a printer that does not print, one step after the other, as the printer itself says how far it is (idea S4-7). */
import { type Message, message } from '../message.ts'
import type { DeviceTrouble } from '../ports/device.ts'
import type { Decision } from '../terminal/decision.ts'
import type { TerminalState } from '../terminal/state.ts'

/** The first that stands is seen to first: with the cover open nobody looks for paper elsewhere. */
const STEPS: readonly (readonly [DeviceTrouble, string])[] = [
  ['gone', 'mend.plugIn'],
  ['coverOpen', 'mend.insertAndClose'],
  ['paperOut', 'mend.openCover'],
  ['cutterJammed', 'mend.clearJam'],
  ['headHot', 'mend.letCool'],
  ['noAnswer', 'mend.switchOffAndOn'],
  ['garbled', 'mend.switchOffAndOn'],
  ['wrongDevice', 'mend.plugIn'],
]

/** What a person does next; null: nothing is wrong with the printer. */
export function mendStep({ devices }: Pick<TerminalState, 'devices'>): Message | null {
  const { troubles } = devices.printer
  const key = STEPS.find(([trouble]) => troubles.includes(trouble))?.[1]
  return key === undefined ? null : message(key)
}

/** After these a new end of paper hangs out; after the others nothing does. */
const LEAVES_AN_END: readonly DeviceTrouble[] = ['coverOpen', 'paperOut']

/** The last step, on the page where somebody followed the others: the printer is well, and what it owes comes by itself. */
export function watchMending(before: TerminalState, decision: Decision): Decision {
  const { state } = decision
  if (state.step.kind !== 'openItems' || before.step.kind !== 'openItems') return decision
  if (mendStep(before) === null || mendStep(state) !== null) return decision
  const hasEnd = LEAVES_AN_END.some((one) => before.devices.printer.troubles.includes(one))
  const told = message(hasEnd ? 'mend.tearOff' : 'mend.well')
  return { ...decision, state: { ...state, message: told } }
}

/** How an incident ends: a supervisor says in one word what became of it. The terminal has not seen it and does not claim it. */
import { message } from '../message.ts'
import { goHome } from '../order/home.ts'
import { type Decision, goTo, refuse, say } from '../terminal/decision.ts'
import type { Key } from '../terminal/event.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import type { ClosingWord } from './incident.ts'
import { incidentParams, incidents } from './items.ts'

type CloseStep = Extract<Step, { kind: 'closeIncident' }>

const WORDS: readonly { readonly id: string; readonly key: string; readonly word: ClosingWord }[] =
  [
    { id: 'wordCollected', key: '1', word: 'collected' },
    { id: 'wordReturned', key: '2', word: 'returned' },
    { id: 'wordAcquirer', key: '3', word: 'withAcquirer' },
    { id: 'wordPolice', key: '4', word: 'withPolice' },
    { id: 'wordWrittenOff', key: '5', word: 'writtenOff' },
    { id: 'wordExplained', key: '6', word: 'explained' },
  ]

export function askForWord(state: TerminalState, id: string): Decision {
  const incident = incidents(state).find((one) => one.id === id)
  if (incident === undefined) return refuse(state, 'nothingOwed')
  if (state.session === null || state.session.role === 'cashier')
    return say(state, message('incident.askSupervisor'), { tone: 'refused' })
  return goTo(
    state,
    { kind: 'closeIncident', id },
    { message: message('incident.word', incidentParams(incident)), tone: 'key' },
  )
}

export function closingOptions(): readonly { readonly id: string; readonly key: string }[] {
  return WORDS.map(({ id, key }) => ({ id, key }))
}

export function onClosingKey(state: TerminalState, step: CloseStep, key: Key): Decision {
  if (key === 'cancel') return goHome(state)
  const chosen = WORDS.find((one) => one.key === key)
  return chosen === undefined
    ? refuse(state, 'keyHasNoMeaningHere')
    : onClosingOption(state, step, chosen.id)
}

/** What was still to be collected because of it is written off with it: nobody is left to ask for it. */
export function onClosingOption(state: TerminalState, step: CloseStep, option: string): Decision {
  if (option === 'back') return goHome(state)
  const word = WORDS.find(({ id }) => id === option)?.word
  const incident = incidents(state).find(({ id }) => id === step.id)
  const { session } = state
  if (word === undefined || incident === undefined) return refuse(state, 'optionNotOffered')
  if (session === null || session.role === 'cashier') return refuse(state, 'unknownOperator')
  const closed = { ...incident, closed: { at: state.at, by: session.operator, word } }
  const left = {
    ...state,
    incidents: incidents(state).filter(({ id }) => id !== incident.id),
    ...(incident.followUp === undefined
      ? {}
      : { followUps: (state.followUps ?? []).filter(({ id }) => id !== incident.followUp) }),
  }
  const home = goHome(left, message('incident.closed', incidentParams(incident)))
  return { ...home, effects: [...home.effects, { do: 'keepIncident', incident: closed }] }
}

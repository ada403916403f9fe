/** The answer of `decide`, and the few ways to build one. */
import type { Message } from '../message.ts'
import type { Effect } from './effect.ts'
import type { Step, TerminalState, Tone } from './state.ts'

/** Why an event changed nothing. Every refused pair has one of these names. */
export type Refusal =
  | 'stalePage'
  | 'keyHasNoMeaningHere'
  | 'optionNotOffered'
  | 'notAskedFor'
  | 'lateAnswer'
  | 'unknownOperator'
  | 'unknownJob'
  | 'nothingOwed'
  | 'timerNotRunning'
  /** The order of a till cannot be shown or taken back now. */
  | 'tillMustWait'
  | 'notSupported'

export type Decision = {
  readonly state: TerminalState
  readonly effects: readonly Effect[]
  /** Null when the event was acted upon. */
  readonly refused: Refusal | null
}

export function stay(state: TerminalState, effects: readonly Effect[] = []): Decision {
  return { state, effects, refused: null }
}

export function refuse(state: TerminalState, why: Refusal): Decision {
  return { state, effects: [], refused: why }
}

type Telling = {
  readonly message?: Message | null
  readonly tone?: Tone
  readonly effects?: readonly Effect[]
}

/** Turns the page: a new question with a new name, so that keys meant for the old one do nothing. */
export function goTo(state: TerminalState, step: Step, telling: Telling = {}): Decision {
  const { message = null, tone = null, effects } = telling
  return stay({ ...state, message, tone, page: state.page + 1, step }, effects)
}

/** Stays on the page and says something. */
export function say(state: TerminalState, message: Message, telling: Telling = {}): Decision {
  return stay({ ...state, message, tone: telling.tone ?? null }, telling.effects)
}

/** Name of the page that is shown: kind and instance. A tap meant for a page of a drill never fits one of the real terminal. */
export function pageName(state: TerminalState): string {
  const name = `${state.step.kind}#${state.page}`
  return state.setup.drill ? `drill:${name}` : name
}

/** Runs `then` on the state of `first` and keeps the effects of both, in order. */
export function andThen(first: Decision, then: (state: TerminalState) => Decision): Decision {
  const second = then(first.state)
  if (first.effects.length === 0) return second
  return { ...second, effects: [...first.effects, ...second.effects] }
}

/** The run through the situations: begun from the menu of a drill, told one after the other, left out by the same key. */
import { message } from '../message.ts'
import { goHome } from '../order/home.ts'
import { type Decision, goTo, refuse, say } from '../terminal/decision.ts'
import type { Key } from '../terminal/event.ts'
import type { TerminalState } from '../terminal/state.ts'
import type { Exercise, Score, Situation } from './exercise.ts'

/** Menu of a drill: begins with the first situation, or leaves the present one out. */
export function beginOrSkip(state: TerminalState): Decision {
  if (!state.setup.drill) return refuse(state, 'optionNotOffered')
  if (situations(state).length === 0)
    return say(state, message('drill.noExercises'), { tone: 'refused' })
  const { exercise } = state
  if (exercise === undefined || situationOf(state) === null)
    return goHome({ ...state, exercise: { ...fresh(state, 0), scores: exercise?.scores ?? [] } })
  return goHome({ ...state, exercise: scored(state, exercise, true) })
}

function situations({ setup }: TerminalState): readonly Situation[] {
  return setup.situations ?? []
}

/** Null when there is none, or all are done. */
export function situationOf(state: TerminalState): Situation | null {
  return situations(state)[state.exercise?.at ?? -1] ?? null
}

function fresh({ at }: TerminalState, index: number): Exercise {
  const blank = {
    taps: 0,
    misses: 0,
    sales: [],
    isBroken: false,
    answer: 'none',
    scores: [],
  } as const
  return { ...blank, at: index, isTold: false, startedAt: at }
}

/** The next situation, with how the present one went. */
export function scored(state: TerminalState, exercise: Exercise, skipped: boolean): Exercise {
  const { misses, scores, startedAt, taps } = exercise
  const score: Score = {
    operator: state.session?.operator ?? '',
    situation: situationOf(state)?.id ?? '',
    at: state.at,
    taps,
    ms: state.at - startedAt,
    misses,
    skipped,
  }
  return { ...fresh(state, exercise.at + 1), scores: [...scores, score] }
}

/** On the empty amount page: what to do now, or how it all went. */
export function tellNext(state: TerminalState, exercise: Exercise): Decision {
  const told = { ...state, exercise: { ...exercise, isTold: true, startedAt: state.at } }
  const situation = situationOf(state)
  if (situation === null) return say(told, message('drill.exercisesDone', sums(exercise.scores)))
  const task = situation.task[state.locale.counter]
  const telling = message(exercise.scores.length === 0 ? 'drill.task' : 'drill.nextTask', {
    task,
    ...lastOf(exercise.scores),
  })
  return situation.kind === 'judge'
    ? goTo(told, { kind: 'judgeCode' }, { message: telling, tone: 'key' })
    : say(told, telling, { tone: 'key' })
}

function lastOf(scores: readonly Score[]): Readonly<Record<string, string>> {
  const last = scores.at(-1)
  if (last === undefined) return {}
  const seconds = String(Math.round(last.ms / 1000))
  return { taps: String(last.taps), misses: String(last.misses), seconds }
}

function sums(scores: readonly Score[]): Readonly<Record<string, string>> {
  const good = scores.filter(({ misses, skipped }) => misses === 0 && !skipped).length
  return { good: String(good), count: String(scores.length) }
}

/** "Charge it" or "not a payment code". */
export const JUDGE_OPTIONS = [
  { id: 'takeCode', key: '1' },
  { id: 'refuseCode', key: '2' },
] as const

export function onJudgeKey(state: TerminalState, key: Key): Decision {
  if (key === 'cancel') return goHome(state)
  const option = JUDGE_OPTIONS.find((one) => one.key === key)
  return option === undefined
    ? refuse(state, 'keyHasNoMeaningHere')
    : onJudgeOption(state, option.id)
}

export function onJudgeOption(state: TerminalState, option: string): Decision {
  const situation = situationOf(state)
  const { exercise } = state
  const isAnswer = JUDGE_OPTIONS.some(({ id }) => id === option)
  if (!isAnswer || exercise === undefined || situation?.kind !== 'judge')
    return refuse(state, 'optionNotOffered')
  const answer = (option === 'takeCode') === situation.isPayment ? 'right' : 'wrong'
  return goHome({ ...state, exercise: { ...exercise, answer } })
}

/** Walks over every decision that can be reached, one representative per kind of situation, and notes where each event leads. */
import { decide } from '#core/terminal/decide.ts'
import { newBreaches } from '#core/terminal/invariants.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { type Attempt, kindOf } from '#core/transaction/attempt.ts'
import { SETUP, sampleEvents } from './sample-events.ts'

export type Explored = {
  /** `from|event` → the steps it may lead to. */
  readonly moves: ReadonlyMap<string, ReadonlySet<string>>
  /** `step|event` → the names by which it is refused. */
  readonly refusals: ReadonlyMap<string, ReadonlySet<string>>
  readonly steps: readonly string[]
  readonly events: readonly string[]
  readonly situations: number
  /** One state of each situation, in the order in which they were met. */
  readonly states: readonly TerminalState[]
  /** Breaches of invariants met on the way; empty when all is well. */
  readonly broken: readonly string[]
}

/** Situations visited at most: a walk that grows beyond it has lost its way. */
const SITUATIONS_LIMIT = 40_000
/** 2026-11-21 12:00 in China: any fixed time will do. */
const NOON = Date.UTC(2026, 10, 21, 4)

export function explore(): Explored {
  const moves = new Map<string, Set<string>>()
  const refusals = new Map<string, Set<string>>()
  const steps = new Set<string>()
  const events = new Set<string>()
  const broken = new Set<string>()
  const seen = new Set<string>()
  const states: TerminalState[] = []
  const visit = (state: TerminalState): void => {
    const situation = situationOf(state)
    if (seen.has(situation)) return
    if (seen.size === SITUATIONS_LIMIT) throw new Error('more situations than a walk can visit')
    seen.add(situation)
    states.push(state)
  }
  const first = { type: 'started' as const, setup: SETUP, keysReady: true, at: NOON }
  visit(decide(initialState(), first).state)
  // The list grows while it is walked.
  for (const state of states) {
    const from = state.step.kind
    steps.add(from)
    for (const event of sampleEvents(state)) {
      events.add(event.type)
      const decision = decide(state, { ...event, at: state.at + 1000 })
      for (const breach of newBreaches(state, decision.state))
        broken.add(`${from}, ${event.type}: ${breach}`)
      const to = decision.state.step.kind
      if (decision.refused !== null) note(refusals, `${from}|${event.type}`, decision.refused)
      else note(moves, `${from}|${event.type}`, to)
      visit(decision.state)
    }
  }
  return {
    moves,
    refusals,
    steps: [...steps].toSorted(),
    events: [...events].toSorted(),
    situations: seen.size,
    states,
    broken: [...broken],
  }
}

/** What tells one situation from another for the decisions that follow; numbers and times do not. */
function situationOf(state: TerminalState): string {
  const { step, advice, link, recent, reversal, settlement, slips } = state
  const order = 'attempt' in step ? step.attempt.order : 'order' in step ? step.order : null
  // What is typed at home decides how hard the amount is looked at.
  const typed =
    step.kind === 'amount' ? step.typed.charAt(0) : 'typed' in step ? step.typed !== '' : ''
  const last = recent.at(-1)
  return [
    step.kind,
    order === null ? '' : kindOf(order),
    typed,
    'again' in step ? step.again !== '' : '',
    step.kind === 'confirmAmount' ? (order?.check?.level ?? 0) : '',
    'operator' in step ? step.operator : '',
    'outcome' in step ? step.outcome : '',
    'lines' in step ? String(step.lines === null ? 'none' : step.lines.length > 0) : '',
    'sheet' in step ? step.sheet : '',
    'purpose' in step ? step.purpose : '',
    reversal?.state ?? '',
    questionOf(state),
    'held' in step ? (step.held?.doubt ?? 'held') : '',
    'asked' in step ? String(step.asked !== undefined) : '',
    advice?.state ?? '',
    settlement === null ? '' : `${settlement.phase}${settlement.out === ''}`,
    link,
    last === undefined
      ? ''
      : `${last.kind}${last.outcome === 'approved' && last.closedBy === ''}${last.channel === 'card'}`,
    slips.some((job) => job.state === 'unsure' || job.state === 'owed'),
    'attempt' in step ? tenderOf(step.attempt) : '',
  ].join('/')
}

function note(map: Map<string, Set<string>>, key: string, value: string): void {
  map.set(key, (map.get(key) ?? new Set()).add(value))
}

/** Of a code payment on its page: whether a question is out, and whether the next answer may end the asking. */
function questionOf({ reversal, step }: TerminalState): string {
  const query = reversal?.query
  if (step.kind !== 'querying' || query === undefined) return ''
  return `${query.out === ''}${query.cancelAsked || query.tries > 1}`
}

function tenderOf({ tender }: Attempt): string {
  return tender.kind === 'code' ? 'code' : String(tender.card.interface === 'chip')
}

/** Asks, one question at a time, with a pause before each; the pause is a timer and not a time of day. */
import { type Message, message } from '../message.ts'
import { sendOwed } from '../reversal/decide.ts'
import type { Reversal } from '../reversal/reversal.ts'
import { sixDigits, takeStan } from '../terminal/counters.ts'
import { andThen, type Decision, goTo, refuse, stay } from '../terminal/decision.ts'
import type { Setup } from '../terminal/setup.ts'
import type { TerminalState } from '../terminal/state.ts'
import { type Attempt, kindOf } from '../transaction/attempt.ts'
import { ruleOf } from '../transaction/kinds.ts'
import { handleOf } from '../transaction/tender.ts'
import type { CodeQuery, Question } from './code-query.ts'

/** What is armed beside the reversal of this attempt; null where a lost answer is reversed at once, as it is for cards. */
export function queryFor(setup: Setup, attempt: Attempt): CodeQuery | null {
  const rules = setup.host.codeQuery
  const isCode = attempt.tender.kind === 'code' && ruleOf(kindOf(attempt.order)).takesCodes
  if (rules === undefined || !isCode) return null
  const { cancelsBeforeHelp } = rules
  return { attempt, out: '', tries: 0, waitedMs: 0, cancelAsked: false, cancelsBeforeHelp }
}

/** The answer is lost, or says that the customer is still busy: the first question follows after a pause. */
export function startAsking(state: TerminalState, attempt: Attempt, isPaying: boolean): Decision {
  const { reversal, setup, step } = state
  const rules = setup.host.codeQuery
  if (reversal?.query === undefined || rules === undefined) return refuse(state, 'nothingOwed')
  const cancelAsked = step.kind === 'authorizing' && step.cancelAsked
  const asked: Reversal = {
    ...reversal,
    state: 'asking',
    query: { ...reversal.query, cancelAsked },
  }
  const wait = { startedAt: state.at, deadlineAt: state.at + rules.everyMs * rules.tries }
  return andThen(
    goTo(
      { ...state, reversal: asked },
      { kind: 'querying', attempt, isPaying, wait },
      {
        message: cancelAsked ? message('cancel.willReverse') : askingTelling(isPaying),
        tone: 'unknown',
        effects: [{ do: 'forgetTender', handle: handleOf(attempt.tender) }],
      },
    ),
    askLater,
  )
}

export function askingTelling(isPaying: boolean): Message {
  return message(isPaying ? 'code.paying' : 'code.unknown')
}

export function askLater(state: TerminalState): Decision {
  const rules = state.setup.host.codeQuery
  if (rules === undefined || state.reversal?.state !== 'asking') return stay(state)
  return stay(state, [{ do: 'startTimer', timer: 'query', ms: rules.everyMs }])
}

/** Asks now, unless a question is out already. Without a MAC key nothing can be asked: sign-on comes first and asks then. */
export function askNow(state: TerminalState): Decision {
  const { reversal } = state
  if (reversal?.query === undefined || !mayBeAsked(reversal) || !state.keysReady) return stay(state)
  const { stan, state: numbered } = takeStan(state)
  const query: CodeQuery = { ...reversal.query, out: stan, tries: reversal.query.tries + 1 }
  return stay({ ...numbered, reversal: { ...reversal, query } }, [
    { do: 'stopTimer', timer: 'query' },
    { do: 'sendQuery', question: questionAbout(state, stan, reversal) },
  ])
}

/** Whatever can leave for this debt leaves now: the question while it is asked for, else the cancel. */
export function pursue(state: TerminalState): Decision {
  return state.reversal?.state === 'asking' ? askNow(state) : sendOwed(state)
}

/** A question helps before the cancel and between two cancels; while one is out its answer is nearer. */
export function mayBeAsked({ query, state }: Reversal): boolean {
  return query !== undefined && query.out === '' && (state === 'asking' || state === 'owed')
}

export function questionAbout(
  state: TerminalState,
  stan: string,
  original: Question['original'],
): Question {
  const { amountMinor } = original
  return {
    stan,
    batch: sixDigits(state.counters.batch),
    original: { batch: original.batch, stan: original.stan, amountMinor },
  }
}

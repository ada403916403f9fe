/** The ways an attempt goes on without a known outcome: by its reversal, by asking again, or not at all when no money was asked for. */
import { waitWithAdvice } from '../advice/queue.ts'
import { startAsking } from '../code-query/queue.ts'
import type { Message } from '../message.ts'
import { owe } from '../reversal/decide.ts'
import type { ReversalReason } from '../reversal/reversal.ts'
import { andThen, type Decision, goTo } from '../terminal/decision.ts'
import type { Effect } from '../terminal/effect.ts'
import type { TerminalState } from '../terminal/state.ts'
import { type Attempt, idOf, kindOf, needsChip } from './attempt.ts'
import { endUnsent, resultStep } from './end.ts'
import { ruleOf } from './kinds.ts'
import { handleOf } from './tender.ts'

/** No answer, or none that can be believed: what follows is the kind's own rule. */
export function leaveUnknown(
  state: TerminalState,
  attempt: Attempt,
  { reason, why }: { readonly reason: ReversalReason; readonly why: Message },
): Decision {
  switch (ruleOf(kindOf(attempt.order)).lostAnswer) {
    case 'reversal':
      if (state.reversal?.query !== undefined) return startAsking(state, attempt, false)
      return undo(state, attempt, reason, why)
    case 'nothing':
      return endUnsent(state, attempt, why)
    case 'repeat':
      return andThen(
        goTo(state, resultStep(attempt, idOf(attempt), 'unknown'), {
          message: why,
          tone: 'unknown',
          effects: [{ do: 'forgetTender', handle: handleOf(attempt.tender) }],
        }),
        waitWithAdvice,
      )
  }
}

/** The outcome is unknown or unwanted: the reversal leaves now, and the page shows that it does. */
export function undo(
  state: TerminalState,
  attempt: Attempt,
  reason: ReversalReason,
  why: Message,
): Decision {
  const wait = { startedAt: state.at, deadlineAt: state.at + state.setup.host.replyTimeoutMs }
  const tellCard: Effect[] =
    needsChip(attempt) && state.step.kind === 'authorizing'
      ? [{ do: 'completeCard', stan: attempt.stan, reply: null }]
      : []
  return andThen(
    goTo(
      state,
      { kind: 'reversing', attempt, why, wait },
      {
        message: why,
        tone: 'unknown',
        effects: [...tellCard, { do: 'forgetTender', handle: handleOf(attempt.tender) }],
      },
    ),
    (next) => owe(next, reason),
  )
}

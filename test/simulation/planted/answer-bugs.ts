/** Bugs in what an answer of the acquirer is worth. */
import type { Bug } from './bug.ts'

export const ANSWER_BUGS: readonly Bug[] = [
  {
    what: 'a time-out counts as declined',
    find: "return leaveUnknown(state, step.attempt, {\n    reason: '98',\n    why: silentTelling(kindOf(step.attempt.order)),\n  })",
    put: 'return endUnsent(state, step.attempt, silentTelling(kindOf(step.attempt.order)))',
  },
  {
    what: 'an answer is taken without a look at its STAN',
    find: "if (reply.fields['11'] !== attempt.stan) return 'stan'",
    put: '',
  },
  {
    what: 'an answer is taken without a look at its terminal number',
    find: "if (reply.fields['41'] !== setup.terminalNumber) return 'terminal'",
    put: '',
  },
  {
    what: 'an answer is taken without a look at its MTI',
    find: "if (reply.mti !== answerTo(rule.mti)) return 'mti'",
    put: '',
  },
  {
    what: 'an approval for another amount is taken',
    find: "if (isPart ? !isPartOf(attempt, reply) : reply.fields['4'] !== toDe4(attempt.amountMinor))",
    put: 'if (isPart)',
  },
  {
    what: 'an approval without a MAC is believed',
    find: "if (reply.mac !== 'good') return { kind: 'unusable', why: 'mac', reason: 'A0' }",
    put: '',
  },
  {
    what: 'a refusal with a wrong MAC is believed',
    find: "if (reply.mac === 'bad') return { kind: 'unusable', why: 'mac', reason: 'A0' }",
    put: '',
  },
  {
    what: 'a late approval revives a sale whose reversal has left',
    find: "export function onHostReplied(state: TerminalState, event: Of<'hostReplied'>): Decision {\n  const step = state.step\n  if (step.kind !== 'authorizing'",
    put: "export function onHostReplied(state: TerminalState, event: Of<'hostReplied'>): Decision {\n  const step = state.step\n  if ((step.kind !== 'authorizing' && step.kind !== 'reversing')",
  },
  {
    what: 'the chip refuses and the sale stands',
    find: 'if (event.approved) return endApproved',
    put: 'if (event.approved || !event.approved) return endApproved',
  },
  {
    what: 'a card pulled before its last word counts as accepted',
    find: "  return undo(\n    state,\n    step.attempt,\n    '96',",
    put: "  if (event.why === 'cardRemoved') return endApproved(state, step.attempt, step.reply, [])\n  return undo(\n    state,\n    step.attempt,\n    '96',",
  },
  {
    what: 'an order that is paid may be tried again',
    find: "mayTryAgain: outcome === 'notPaid',",
    put: "mayTryAgain: outcome !== 'unknown',",
  },
]

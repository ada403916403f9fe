/**
 * Money bugs to be planted into a copy of the source, each as one replacement. A simulation that does not find them would find nothing
 * else either. When the source moves on, the text to find moves with it: a bug that cannot be planted fails its test.
 */

export type Bug = {
  /** What a reviewer might have let through. */
  readonly what: string
  /** Occurs exactly once in core and runner together. */
  readonly find: string
  readonly put: string
}

export const BUGS: readonly Bug[] = [
  {
    what: 'effects are performed before the journal has them',
    find: 'if (durable && !commit(decision.effects)) return\n    for (const effect of decision.effects) parts.perform(effect)',
    put: 'for (const effect of decision.effects) parts.perform(effect)\n    if (durable && !commit(decision.effects)) return',
  },
  {
    what: 'an armed reversal is forgotten with the power',
    find: "reversal: Reversal = { ...state.reversal, state: 'owed', reason: why }\n",
    put: "reversal: Reversal | null = why === '98' ? null : { ...state.reversal, state: 'owed', reason: why }\n",
  },
  {
    what: 'a time-out counts as declined',
    find: "return leaveUnknown(state, step.attempt, {\n    reason: '98',\n    why: silentTelling(kindOf(step.attempt.order)),\n  })",
    put: 'return endUnsent(state, step.attempt, silentTelling(kindOf(step.attempt.order)))',
  },
  {
    what: 'a reversal is given up after its third try',
    find: "const reversal: Reversal = { ...state.reversal, state: 'owed' }\n",
    put: "if (state.reversal.tries > 2) return disarm(state)\n  const reversal: Reversal = { ...state.reversal, state: 'owed' }\n",
  },
  {
    what: 'any answer ends a reversal, also "try later"',
    find: "? 'signOnFirst' : 'notDone'",
    put: "? 'signOnFirst' : 'done'",
  },
  {
    what: 'an approval for another amount is taken',
    find: "reply.fields['4'] !== toDe4(attempt.amountMinor))",
    put: 'false)',
  },
  {
    what: 'an approval without a MAC is believed',
    find: "if (reply.mac !== 'good') return { kind: 'unusable', why: 'mac', reason: 'A0' }",
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
    what: 'the trace number stays the same',
    find: "state: withCounter(state, 'stan', following)",
    put: 'state',
  },
  {
    what: 'a slip that may be on paper is printed again by itself after a power cut',
    find: "wakes: (job) => ({ ...job, state: 'unsure' })",
    put: "wakes: (job) => ({ ...job, state: 'queued' })",
  },
  {
    what: 'a slip of which nobody knows counts as printed',
    find: "setJob(state, job, 'unsure')",
    put: "setJob(state, job, 'printed')",
  },
  {
    what: 'a tap counts on whatever page is shown',
    find: "return page === pageName(state) ? act() : refuse(state, 'stalePage')",
    put: "return page === '' ? refuse(state, 'stalePage') : act()",
  },
  {
    what: 'the next customer is asked while an older reversal is owed',
    find: 'if (state.reversal === null) return startPresenting',
    put: 'if (state.step.kind !== null) return startPresenting',
  },
  {
    what: 'a repeated refund gets a new number each time it is sent',
    find: "const sent: Advice = { ...advice, state: 'sent', tries: advice.tries + 1 }",
    put: "const stan = String(900_000 + advice.tries)\n  const sent: Advice = { ...advice, attempt: { ...advice.attempt, stan }, state: 'sent', tries: advice.tries + 1 }",
  },
  {
    what: 'a refund whose answer is lost is forgotten',
    find: "state.advice === null ? state : { ...state, advice: { ...state.advice, state: 'waiting' } },",
    put: '({ ...state, advice: null }),',
  },
  {
    what: 'an approved void leaves its original standing',
    find: 'return { ...original, closedBy: record.id }',
    put: 'return original',
  },
  {
    what: 'an order that is paid may be tried again',
    find: "mayTryAgain: outcome === 'notPaid',",
    put: "mayTryAgain: outcome !== 'unknown',",
  },
]

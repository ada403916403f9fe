/** Bugs in what is owed: the reversal, the refund in doubt, the order of things on the line. */
import type { Bug } from './bug.ts'

export const DEBT_BUGS: readonly Bug[] = [
  {
    what: 'the reversal is disarmed before the chip has spoken',
    find: 'askChip(known(state, event.reply), attempt, event.reply)',
    put: 'askChip({ ...state, reversal: null }, attempt, event.reply)',
  },
  {
    what: 'an armed reversal is forgotten with the power',
    find: 'wakes: (state) => ({ ...state, reversal: state.reversal && owedFor(state.reversal, reason) }),',
    put: "wakes: (state) => state.reversal?.state === 'armed' ? { ...state, reversal: null } : ({ ...state, reversal: state.reversal && owedFor(state.reversal, reason) }),",
  },
  {
    what: 'a reversal whose answer was lost with the power counts as done',
    find: "owing('sent, its answer lost', ({ reversal }) => reversal?.state === 'sent'),",
    put: "{ ...owing('sent, its answer lost', ({ reversal }) => reversal?.state === 'sent'), wakes: (state) => ({ ...state, reversal: null }) },",
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
    what: 'the end of a reversal is believed without a MAC',
    find: "return reply.mac === 'good' ? 'done' : newKeysInTurn(owed)",
    put: "return 'done'",
  },
  {
    what: 'an answer to something else ends a reversal',
    find: "    reply.mti === '0410' &&\n    reply.fields['11'] === owed.stan &&\n",
    put: '',
  },
  {
    what: 'the sealed card is thrown away when the reversal leaves',
    find: "{ do: 'stopTimer', timer: 'reversal' },\n    { do: 'sendReversal', reversal: sent },",
    put: "{ do: 'stopTimer', timer: 'reversal' },\n    { do: 'sendReversal', reversal: sent },\n    { do: 'dropSealedPan', reversal: sent.id },",
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
    find: "wakes: (state) => ({ ...state, advice: state.advice && { ...state.advice, state: 'waiting' } }),",
    put: 'wakes: (state) => ({ ...state, advice: null }),',
  },
  {
    what: 'a repeated refund that the acquirer is still at counts as refused',
    find: 'return refundUndecided.includes(code) || isUnfinished(setup, attempt, code)',
    put: 'return refundUndecided.includes(code)',
  },
  {
    what: 'a repeated refund that is refused for being asked too early counts as refused',
    find: 'return refundUndecided.includes(code) || isUnfinished',
    put: 'return isUnfinished',
    also: {
      find: 'if (state.setup.host.signOnAgain.includes(verdict.code))\n    return advice.tries',
      put: 'if (state.setup.host.signOnAgain.includes(verdict.code) && advice.tries > 99)\n    return advice.tries',
    },
  },
]

/** A refund without an answer is asked again under its own number, behind the reversal and the sign-on, whoever was waiting for it before. */
import type { Advice } from '../../advice/advice.ts'
import { message } from '../../message.ts'
import { formatMinor } from '../../money.ts'
import type { TerminalState } from '../state.ts'
import type { Row, StateTable } from './row.ts'

export const REFUND_ROWS: StateTable = {
  item: 'refund in doubt',
  rows: [
    { name: 'none', matches: ({ advice }) => advice === null, owes: [] },
    owing('first request out', 'out'),
    owing('waiting for its next turn', 'waiting'),
    owing('repeated, its answer lost', 'sent'),
  ],
}

function owing(name: string, was: Advice['state']): Row<TerminalState> {
  return {
    name,
    matches: ({ advice }) => advice?.state === was,
    wakes: (state) => ({ ...state, advice: state.advice && { ...state.advice, state: 'waiting' } }),
    tells: ({ advice }) => advice && inDoubt(advice),
    owes: [{ effect: 'sendAdvice', after: 'signedOn' }],
  }
}

function inDoubt({ attempt }: Advice) {
  const params = { trace: attempt.stan, amount: formatMinor(attempt.amountMinor) }
  return message('refund.inDoubt', params)
}

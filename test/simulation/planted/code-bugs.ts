/** Bugs in what becomes of a code payment whose answer is lost: asked about, then cancelled. */
import type { Bug } from './bug.ts'

export const CODE_BUGS: readonly Bug[] = [
  {
    what: 'a customer who is still entering the password has not paid',
    find: "if (rules.paying.includes(code)) return { kind: 'paying' }",
    put: "if (rules.paying.includes(code)) return { kind: 'notPaid', code }",
  },
  {
    what: 'the word on a code payment is taken without a MAC',
    find: "if (mac !== 'good') return { kind: 'open', signOn: false }",
    put: '',
  },
  {
    what: 'the word on another payment is taken for this one',
    find: "mti === '0210' && fields['11'] === asked.stan && fields['41'] === setup.terminalNumber",
    put: "mti !== ''",
  },
  {
    what: 'a word that nobody knows counts as not paid',
    find: "return approved ? { kind: 'paid' } : { kind: 'open', signOn: false }",
    put: "return approved ? { kind: 'paid' } : { kind: 'notPaid', code }",
  },
  {
    what: 'a code payment without an answer counts as not paid after the last question',
    find: "if (enough && mayCancel(state, query)) return cancel(state, query.cancelAsked ? '06' : '98')",
    put: 'if (enough && mayCancel(state, query)) return disarm(state)',
    also: {
      find: "import { owe, sendOwed } from '../reversal/decide.ts'",
      put: "import { disarm, owe, sendOwed } from '../reversal/decide.ts'",
    },
  },
  {
    what: 'the password is still being entered, and that counts as paid',
    find: "if (rules.paying.includes(code)) return { kind: 'paying' }",
    put: "if (rules.paying.includes(code)) return { kind: 'paid' }",
  },
  {
    what: 'a question without an answer means that the code was not paid',
    find: "if (asked.reversal.state === 'asking') return askAgain(answered, null)",
    put: "if (asked.reversal.state === 'asking') return reversalDone(answered, asked.reversal)",
  },
  {
    what: 'a code payment that is asked about is forgotten with the power',
    find: "return { ...state, reversal: { ...reversal, state: 'asking', query } }",
    put: 'return { ...state, reversal: null }',
  },
]

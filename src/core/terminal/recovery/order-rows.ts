/** What stood on the page. No page comes back after a power cut; the cashier is told what became of the order, and the debts do the rest. */
import { keptTelling, waitingSale } from '../../order/waiting-sale.ts'
import { kindOf } from '../../transaction/attempt.ts'
import { type KindRule, ruleOf } from '../../transaction/kinds.ts'
import { lostTelling, silentTelling } from '../../transaction/tellings.ts'
import type { Step, TerminalState } from '../state.ts'
import type { StateTable } from './row.ts'

/** `unsent`: an order of which nothing has left. `out`: its request may have left. `undoing`: its reversal says what becomes of it. */
const PAGES: Readonly<Record<Step['kind'], 'quiet' | 'unsent' | 'out' | 'undoing'>> = {
  starting: 'quiet',
  setPin: 'quiet',
  signIn: 'quiet',
  amount: 'quiet',
  menu: 'quiet',
  findOriginal: 'quiet',
  enterAmount: 'quiet',
  totals: 'quiet',
  reviewRefunds: 'quiet',
  approveBatch: 'quiet',
  approveDrill: 'quiet',
  parameters: 'quiet',
  settling: 'quiet',
  whatWasWrong: 'quiet',
  records: 'quiet',
  searchRecords: 'quiet',
  proveReprint: 'quiet',
  badge: 'quiet',
  openItems: 'quiet',
  incident: 'quiet',
  closeIncident: 'quiet',
  judgeCode: 'quiet',
  checkSticker: 'quiet',
  result: 'quiet',
  confirmAmount: 'unsent',
  handOver: 'unsent',
  lookAtAmount: 'unsent',
  rekeyAmount: 'unsent',
  approve: 'unsent',
  clearingDebt: 'unsent',
  present: 'unsent',
  confirmCode: 'unsent',
  pin: 'unsent',
  authorizing: 'out',
  querying: 'undoing',
  completing: 'undoing',
  reversing: 'undoing',
}

export const ORDER_ROWS: StateTable = {
  item: 'order on the page',
  rows: [
    {
      name: 'none, or ended',
      matches: (state) => PAGES[state.step.kind] === 'quiet' && unsentSale(state) === null,
      owes: [],
    },
    {
      name: 'a confirmed sale: it waits for whoever signs in',
      matches: (state) => unsentSale(state) !== null,
      tells: (state) => {
        const unsent = unsentSale(state)
        return unsent && keptTelling(unsent)
      },
      owes: [],
    },
    {
      name: 'nothing of it has left, and it is begun anew',
      matches: (state) => PAGES[state.step.kind] === 'unsent' && unsentSale(state) === null,
      tells: ({ step }) => ('order' in step ? lostTelling(kindOf(step.order)) : null),
      owes: [],
    },
    {
      name: 'its request is out: see reversal',
      matches: (state) => isOut(state, 'reversal'),
      owes: [],
    },
    {
      name: 'its request is out: see refund in doubt',
      matches: (state) => isOut(state, 'repeat'),
      owes: [],
    },
    {
      name: 'an inquiry is out',
      matches: (state) => isOut(state, 'nothing'),
      tells: () => silentTelling('balance'),
      owes: [],
    },
    {
      name: 'being completed or undone: see reversal',
      matches: ({ step }) => PAGES[step.kind] === 'undoing',
      owes: [],
    },
  ],
}

/** On the page, or from a start before, behind which nobody signed in. */
function unsentSale({ step, unsent }: TerminalState): ReturnType<typeof waitingSale> {
  return PAGES[step.kind] === 'quiet' ? (unsent ?? null) : waitingSale(step)
}

function isOut({ step }: TerminalState, lost: KindRule['lostAnswer']): boolean {
  return step.kind === 'authorizing' && ruleOf(kindOf(step.attempt.order)).lostAnswer === lost
}

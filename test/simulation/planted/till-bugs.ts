/** Bugs in what a till may ask for and in what it is told. */
import type { Bug } from './bug.ts'

export const TILL_BUGS: readonly Bug[] = [
  {
    what: 'an order of a till that is paid may be ordered again',
    find: "= ['neverSeen', 'notPaid', 'withdrawn']",
    put: "= ['neverSeen', 'notPaid', 'withdrawn', 'paid']",
  },
  {
    what: 'a till may charge elsewhere while a reversal is owed',
    find: 'const undone = state.reversal?.tillReference',
    put: 'const undone = undefined',
  },
  {
    what: 'a till is told that a refund in doubt has ended',
    find: 'const advised = state.advice?.attempt.order.till?.reference',
    put: 'const advised = undefined',
  },
  {
    what: 'a till takes an order back after the acquirer was asked',
    find: "if (!isShown || liveOrder(state, reference)?.phase !== 'waiting')",
    put: 'if (!isShown)',
  },
  {
    what: 'a part is told to the till as the whole',
    find: "if (paid > 0) return paid < due ? 'partlyPaid' : 'paid'",
    put: "if (paid > 0) return 'paid'",
  },
  {
    what: 'a lost answer forgets which till had ordered',
    find: "    ...(order.till === undefined ? {} : { tillReference: order.till.reference }),\n    ...(data === '' ?",
    put: "    ...(data === '' ?",
  },
]

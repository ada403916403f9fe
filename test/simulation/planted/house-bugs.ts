/** Bugs in what a shop asks of people before money goes back or a batch is closed. */
import type { Bug } from './bug.ts'

export const HOUSE_BUGS: readonly Bug[] = [
  {
    what: 'digits of a code that were keyed in are charged before anybody looks at them',
    find: "if (event.typed === true) return onTypedCode(state, event.code, 'typed')",
    put: '',
  },
  {
    what: 'a drill begins while something is owed',
    find: "if (owesAnything(state)) return message('drill.somethingOpen')",
    put: '',
  },
  {
    what: 'whatever is typed proves a voucher number',
    find: "return typed !== '' && (typed === last4 || typedMinor(typed) === paidMinor)",
    put: "return typed !== '' && (typed !== last4 || typedMinor(typed) !== paidMinor)",
  },
  {
    what: 'no proof is asked for before a void',
    find: "proveTyped !== true || purpose === 'completion'",
    put: "proveTyped !== true || purpose !== 'refund'",
  },
  {
    what: 'a batch is closed before every refund was looked at',
    find: 'return backLines(lines).every(({ stan }) => seen.includes(stan))',
    put: 'return backLines(lines).some(({ stan }) => seen.includes(stan))',
  },
  {
    what: 'a cashier looks at refunds in the place of a supervisor',
    find: "if (session === null || session.role === 'cashier')\n    return say(state, message('review.askSupervisor')",
    put: "if (session === null)\n    return say(state, message('review.askSupervisor')",
  },
  {
    what: 'the menu offers a hold where the shop never makes one',
    find: "setup.holds !== false || id !== 'preAuth'",
    put: "setup.holds !== null || id !== 'preAuth'",
  },
]

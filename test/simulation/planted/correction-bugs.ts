/** Bugs in what gives money back, and who may allow it. */
import type { Bug } from './bug.ts'

export const CORRECTION_BUGS: readonly Bug[] = [
  {
    what: 'an approved void leaves its original standing',
    find: 'return { ...original, closedBy: record.id }',
    put: 'return original',
  },
  {
    what: 'an approved refund is not added up',
    find: 'refundedMinor: minor(original.refundedMinor + record.paidMinor)',
    put: 'refundedMinor: record.paidMinor',
  },
  {
    what: 'a refund may be as large as the sale, whatever went back before',
    find: ': remainingMinor(original)\n}',
    put: ': original.paidMinor\n}',
  },
  {
    what: 'a sale of a closed batch may be voided',
    find: "if (kind !== 'preAuthVoid' && original.batch !== sixDigits(state.counters.batch))",
    put: "if (original.batch === '')",
  },
  {
    what: 'a sale of which something went back may be voided',
    find: "if (original.refundedMinor > 0) return message('void.refunded')",
    put: '',
  },
  {
    what: 'a completion may be half as much again as the hold',
    find: 'COMPLETION_LIMIT_PERCENT = 115',
    put: 'COMPLETION_LIMIT_PERCENT = 150',
  },
  {
    what: 'a hold may be completed twice',
    find: "return original.kind === 'preAuth' ? used(original) : message('original.notAHold')",
    put: "return original.kind === 'preAuth' ? null : message('original.notAHold')",
  },
  {
    what: 'a hold is used up for ever, also when its completion is voided',
    find: "const hold = { ...found, closedBy: '' }",
    put: 'const hold = found',
  },
  {
    what: 'a supervisor allows a refund that is their own',
    find: 'if (number === state.session?.operator)',
    put: "if (number === '')",
  },
  {
    what: "a cashier's PIN is enough to allow a refund",
    find: "if (role === 'cashier')\n    return say(checked.state, message('approve.notAllowed')",
    put: "if (number === '')\n    return say(checked.state, message('approve.notAllowed')",
  },
  {
    what: 'a refund needs no second person',
    find: 'const wanted = ruleOf(kindOf(order)).needsApproval || order.check?.level === 3',
    put: "const wanted = ruleOf(kindOf(order)).needsApproval && kindOf(order) !== 'refund'",
  },
]

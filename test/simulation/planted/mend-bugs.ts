/** Bugs in what is still to be collected, in mending a payment that was a mistake, and in how hard an amount is looked at. */
import type { Bug } from './bug.ts'

export const MEND_BUGS: readonly Bug[] = [
  {
    what: 'a difference that was collected is asked for again',
    find: '(follows === original.id || after.has(follows)) &&',
    put: "follows === '' &&",
  },
  {
    what: 'what was collected stays on the list',
    find: 'followUps(state).filter((one) => one.id !== follows.id) }',
    put: 'followUps(state).filter((one) => one.id !== follows.after) }',
  },
  {
    what: 'the rest of a sale that was approved in part is forgotten',
    find: 'record.paidMinor >= record.dueMinor) return settled',
    put: 'record.paidMinor >= 0) return settled',
  },
  {
    what: 'the rest of a sale is as large as the sale',
    find: 'const dueMinor = minor(record.dueMinor - record.paidMinor)',
    put: 'const dueMinor = minor(record.dueMinor)',
  },
  {
    what: 'a part is booked as the whole',
    find: "const paidMinor = fromDe4(reply.fields['4'] ?? '') ?? attempt.amountMinor",
    put: 'const paidMinor = attempt.amountMinor',
  },
  {
    what: 'what is still to be collected is forgotten with the power',
    find: '...cutOff(withoutSigning(found)),',
    put: '...cutOff(withoutSigning(found)),\n    followUps: undefined,',
  },
  {
    what: 'the wrong amount is collected again in the place of the right one',
    find: "afterwards: { kind: 'sale', dueMinor: rightMinor } })",
    put: "afterwards: { kind: 'sale', dueMinor: held } })",
  },
  {
    what: 'of a sale that was charged too high everything goes back',
    find: 'dueMinor: minor(held - rightMinor), cause',
    put: 'dueMinor: held, cause',
  },
  {
    what: 'a customer who takes dearer goods pays all of them once more',
    find: 'dueMinor: minor(priceMinor - held),',
    put: 'dueMinor: priceMinor,',
  },
  {
    what: 'a difference stays to be collected when its payment goes back',
    find: 'isAllBack(state, order, record) ? order.original?.id : undefined',
    put: 'undefined',
  },
  {
    what: 'a large sale needs no second person',
    find: 'ruleOf(kindOf(order)).needsApproval || order.check?.level === 3',
    put: 'ruleOf(kindOf(order)).needsApproval',
  },
]

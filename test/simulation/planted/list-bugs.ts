/** Bugs in what nobody can mend at once and in what is told later: incidents, and notices of what scripts did on a chip. */
import type { Bug } from './bug.ts'

export const LIST_BUGS: readonly Bug[] = [
  {
    what: 'an incident that was written down is forgotten with the power',
    find: '...keptSale(found),',
    put: '...keptSale(found),\n    incidents: [],',
  },
  {
    what: 'an incident takes the place of the one before',
    find: 'incidents: [...incidents(state), incident]',
    put: 'incidents: [incident]',
  },
  {
    what: 'a notice that was answered is told again for ever',
    find: "if (event.outcome === 'answered') return []",
    put: "if (event.outcome === 'answered') return [one]",
  },
  {
    what: 'a notice names another payment than the one that brought the scripts',
    find: '    id: idOf(attempt),\n    batch,\n    processingCode',
    put: '    id: `${batch}-000000`,\n    batch,\n    processingCode',
  },
]

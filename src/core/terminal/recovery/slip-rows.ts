/** Slips, one job at a time: what was at the printer may be on paper, so a person is asked; what waited prints by itself, marked as late. */
import { markLate } from '../../receipt/decide.ts'
import type { SlipJob, SlipJobState } from '../../receipt/slip-job.ts'
import type { Row, Table } from './row.ts'

export const SLIP_ROWS: Table<SlipJob> = {
  item: 'each slip',
  rows: [
    waiting('waiting for the printer', 'queued'),
    waiting('waiting for a tear', 'awaitingTear'),
    waiting('owed', 'owed'),
    {
      name: 'at the printer',
      matches: ({ state }) => state === 'printing',
      wakes: (job) => ({ ...job, state: 'unsure' }),
      owes: [{ effect: 'print', after: 'person' }],
    },
    {
      name: 'unsure',
      matches: ({ state }) => state === 'unsure',
      owes: [{ effect: 'print', after: 'person' }],
    },
    { name: 'printed', matches: ({ state }) => state === 'printed', owes: [] },
    { name: 'said to be there', matches: ({ state }) => state === 'waived', owes: [] },
  ],
}

function waiting(name: string, was: SlipJobState): Row<SlipJob> {
  return {
    name,
    matches: ({ state }) => state === was,
    wakes: (job) => ({ ...markLate(job), state: 'queued' }),
    owes: [{ effect: 'print', after: 'printerWell' }],
  }
}

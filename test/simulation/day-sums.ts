/** Whether every movement of money is in the sums of one settlement, and of one alone, whatever numbers the acquirer has named in between. */
import type { Settlement } from '#core/batch/settlement.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { countsInBatch } from '#core/transaction/record.ts'
import type { Disk } from './disk.ts'
import { breach } from './interruptions.ts'

export type DaySums = { readonly shown: (state: TerminalState) => void }

export function createDaySums(disk: Pick<Disk, 'records'>): DaySums {
  const settled = new Set<string>()
  let open: Settlement | null = null
  return {
    shown: ({ lastZ, settlement }) => {
      if (settlement === null) {
        if (open !== null && lastZ?.facts.batch === open.batch)
          for (const id of idsOf(open)) settled.add(id)
        open = null
        return
      }
      if (open === null) check(settlement)
      open = settlement
    },
  }

  function check(settlement: Settlement): void {
    const ids = idsOf(settlement)
    const twice = ids.find((id) => settled.has(id))
    if (twice !== undefined) breach(`${twice} is settled a second time`)
    for (const record of disk.records.values())
      if (countsInBatch(record) && !settled.has(record.id) && !ids.includes(record.id))
        breach(`batch ${settlement.batch} is settled and ${record.id} is in no sum`)
  }
}

function idsOf({ batch, lines }: Settlement): readonly string[] {
  return lines.map((line) => `${line.batch ?? batch}-${line.stan}`)
}

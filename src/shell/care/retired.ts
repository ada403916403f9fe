/** A terminal that has handed its journal to another box, is taking one over or was decommissioned says so in its data folder and does not sell. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Disk } from '../keys/disk.ts'

const retiredSchema = z.object({
  /**
   * `moving`: the hand-over was begun, and nobody knows whether it was finished. `arriving`: the same on the box that takes over; `arrived` ends
   * it, and the terminal is in service.
   */
  state: z.enum(['moving', 'moved', 'arriving', 'arrived', 'decommissioned']),
  at: z.string(),
  who: z.string(),
  /** Last event that was handed over; 0 when nothing was. */
  seq: z.int().min(0),
})

type Written = z.infer<typeof retiredSchema>
export type Retired = Written & { readonly state: Exclude<Written['state'], 'arrived'> }

const FILE_NAME = 'retired.json'

/** Null: in service. A file that cannot be read counts as begun: nobody sells on a guess. Throws when the disk does. */
export function readRetired(data: string, disk: Disk): Retired | null {
  const bytes = disk.read(join(data, FILE_NAME))
  if (bytes === null) return null
  try {
    const checked = retiredSchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')))
    if (checked.success) {
      const { state } = checked.data
      return state === 'arrived' ? null : { ...checked.data, state }
    }
  } catch {
    // Torn: as below.
  }
  return { state: 'moving', at: '', who: '', seq: 0 }
}

/** On disk when it returns. Throws when the disk does. */
export function writeRetired(data: string, disk: Disk, retired: Written): void {
  disk.write(join(data, FILE_NAME), Buffer.from(`${JSON.stringify(retired)}\n`), 0o600)
}

/** Nothing has come of it. A power cut may bring it back: what was begun is then begun again. */
export function dropRetired(data: string): void {
  rmSync(join(data, FILE_NAME), { force: true })
}

/** Why this terminal does not start, or null. */
export function retiredSentence(retired: Retired | null): string | null {
  switch (retired?.state) {
    case undefined:
      return null
    case 'moving':
      return 'This terminal was being moved to another box and the move was not finished. Nothing was started: run "suretill decommission move-out" again, or "suretill decommission stay" if no other box has its journal.'
    case 'arriving':
      return 'This box was taking over from another one, and that was not finished. Nothing was started: run "suretill decommission move-in" again.'
    case 'moved':
      return `This terminal was moved to another box (${retired.at}, ${retired.who}). Nothing was started: two boxes with one journal would use numbers twice.`
    case 'decommissioned':
      return `This terminal was decommissioned (${retired.at}, ${retired.who}). Nothing was started: set it up anew in another data folder.`
  }
}

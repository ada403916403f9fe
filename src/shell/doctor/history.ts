/** The last runs of the doctor, kept in the data folder, so that the next one can say since when something is wrong. Holds what was found, in codes and their params: no card data, no keys. */
import { join } from 'node:path'
import { z } from 'zod'
import type { Disk } from '../keys/disk.ts'
import type { Finding } from './finding.ts'

/** One run: everything that was not as it should be. Green lines are not kept. */
export type Visit = { readonly atMs: number; readonly findings: readonly Finding[] }

/** A visit a week for half a year, or a bad week of several a day; about 1 KB each. */
export const VISITS_MOST = 30
const FINDINGS_MOST = 100
const FILE_NAME = 'doctor.json'

const findingSchema = z.object({
  check: z.enum([
    'configuration',
    'terminal',
    'device',
    'paper',
    'names',
    'host',
    'talk',
    'keys',
    'certificate',
    'clock',
    'disk',
    'journal',
  ]),
  level: z.enum(['good', 'open', 'warning', 'bad']),
  code: z.string().max(60),
  params: z.record(z.string(), z.union([z.string().max(2000), z.number()])),
})
const historySchema = z.object({
  visits: z
    .array(z.object({ atMs: z.number(), findings: z.array(findingSchema).max(FINDINGS_MOST) }))
    .max(VISITS_MOST),
})

/** Oldest first. A file that is missing or unreadable is no history: the doctor is called when things are broken. Never throws. */
export function readVisits(data: string, disk: Disk): readonly Visit[] {
  try {
    const bytes = disk.read(join(data, FILE_NAME))
    if (bytes === null) return []
    const checked = historySchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')))
    return checked.success ? checked.data.visits : []
  } catch {
    // Half a file, or a disk that cannot be read: that is told by the line of the disk.
    return []
  }
}

/** The newest `VISITS_MOST` with this one at the end. False when the disk would not take it, which the line of the disk tells. */
export function keepVisit(
  data: string,
  disk: Disk,
  { before, visit }: { readonly before: readonly Visit[]; readonly visit: Visit },
): boolean {
  const findings = visit.findings.slice(0, FINDINGS_MOST)
  const visits = [...before, { ...visit, findings }].slice(-VISITS_MOST)
  try {
    disk.write(join(data, FILE_NAME), Buffer.from(JSON.stringify({ visits })), 0o600)
    return true
  } catch {
    // Full or read-only: found and told already.
    return false
  }
}

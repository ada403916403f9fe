/** What the journal on disk holds, read beside the terminal or after it. Nothing is changed. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { verifyJournal } from '#shell/journal/verify/verify.ts'

const recordSchema = z.object({
  kind: z.string(),
  outcome: z.enum(['approved', 'notPaid']),
  reason: z.string(),
  dueMinor: z.int(),
  paidMinor: z.int(),
  channel: z.string(),
  stan: z.string(),
})

const stateSchema = z.object({ reversal: z.unknown().optional(), advice: z.unknown().optional() })

export type KeptRecord = z.infer<typeof recordSchema>

export type KeptJournal = {
  /** Oldest first. */
  readonly records: readonly KeptRecord[]
  /** A reversal or a repetition is still owed: host and journal may differ by it. */
  readonly owes: boolean
  /** Why the file cannot be read; null when it can. */
  readonly broken: string | null
}

/** Approved money, in less out; what a hold blocks is no money. */
const DIRECTION: Readonly<Record<string, 1 | -1>> = {
  sale: 1,
  completion: 1,
  void: -1,
  refund: -1,
  completionVoid: -1,
}

const EMPTY: KeptJournal = { records: [], owes: false, broken: null }

/** Empty before the first start. Never throws. */
export function readJournal(dataFolder: string): KeptJournal {
  const file = join(dataFolder, 'journal.db')
  if (!existsSync(file)) return EMPTY
  let db: DatabaseSync | null = null
  try {
    db = new DatabaseSync(file, { readOnly: true, timeout: 2000 })
    return readOpened(db)
  } catch (cause) {
    return { ...EMPTY, broken: cause instanceof Error ? cause.message : String(cause) }
  } finally {
    db?.close()
  }
}

function readOpened(db: DatabaseSync): KeptJournal {
  const rows = db.prepare('SELECT body FROM record ORDER BY at, id').all()
  const state = db.prepare('SELECT body FROM state').get()?.['body']
  const { reversal, advice } = stateSchema.parse(JSON.parse(String(state ?? '{}')))
  return {
    records: rows.map(({ body }) => recordSchema.parse(JSON.parse(String(body)))),
    owes: (reversal ?? null) !== null || (advice ?? null) !== null,
    broken: null,
  }
}

export function moneyOf({ records }: KeptJournal): number {
  return records
    .filter(({ outcome }) => outcome === 'approved')
    .reduce((sum, { kind, paidMinor }) => sum + (DIRECTION[kind] ?? 0) * paidMinor, 0)
}

/** Null when the hash chain is whole. */
export function brokenChain(dataFolder: string): string | null {
  const file = join(dataFolder, 'journal.db')
  if (!existsSync(file)) return 'there is no journal'
  const verified = verifyJournal(file)
  return verified.ok ? null : verified.why
}

/**
 * Opens what a cut left behind as the terminal would, recovers, and compares it with what had been said and done before: nothing
 * acknowledged is lost, nothing happens twice, and host and journal agree about every cent.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { decide } from '#core/terminal/decide.ts'
import type { Decision } from '#core/terminal/decision.ts'
import { breaches } from '#core/terminal/invariants.ts'
import { initialState } from '#core/terminal/recover.ts'
import { openJournal } from '#shell/journal/journal.ts'
import { readStateRow } from '#shell/journal/state-table.ts'
import { type Verified, verifyJournal } from '#shell/journal/verify/verify.ts'
import { verifyArchives } from '#shell/journal/verify/verify-archives.ts'
import { verifyOrigin } from '#shell/journal/verify/verify-origin.ts'
import type { JournalKey } from '#shell/keys/journal-key.ts'
import { SETUP } from '../core/counter.ts'
import type { Story } from './marks.ts'
import { shopKey } from './shop-key.ts'

export type Finding = {
  readonly kind: 'lost' | 'doubled' | 'disagreeing'
  readonly what: string
}

/** The second at which the power is back. */
const MORNING = Date.UTC(2026, 10, 22)

/** Findings about the journal in `folder`; empty is well. The journal is opened for writing, as a start does. */
export function judge(folder: string, story: Story): readonly Finding[] {
  return compare(inspect(folder), story)
}

/** What lies there, whatever was said before. */
export type Inspected =
  | { readonly opens: false; readonly findings: readonly Finding[] }
  | {
      readonly opens: true
      readonly onDisk: OnDisk
      readonly verified: Verified
      readonly recovered: Decision
      readonly records: ReadonlyMap<string, Booked>
      /** Wrong whatever was said. */
      readonly findings: readonly Finding[]
    }

/** Opens the journal for writing, as a start does, and decides what a start would. */
export function inspect(folder: string): Inspected {
  const file = join(folder, 'journal.db')
  const onDisk = existsSync(file) ? readState(file) : null
  const key = shopKey()
  const opened = openJournal(file, key)
  if (!opened.ok) {
    const findings = [disagreeing(`it does not open: ${opened.why}, ${opened.detail}`)]
    return { opens: false, findings }
  }
  const { journal } = opened
  const before = journal.lastState() ?? initialState()
  journal.close()
  const recovered = decide(before, {
    type: 'started',
    setup: SETUP,
    keysReady: true,
    at: MORNING,
  })
  return {
    opens: true,
    onDisk,
    verified: verifyJournal(file),
    recovered,
    records: readRecords(file),
    findings: [
      ...archiveFindings(file),
      ...originFindings(file, key),
      ...breaches(before, recovered.state).map((what) => disagreeing(what)),
    ],
  }
}

/** What lies there beside what was said and done until then. */
export function compare(inspected: Inspected, story: Story): readonly Finding[] {
  if (!inspected.opens) return inspected.findings
  const { recovered, records, findings } = inspected
  return [
    ...chainFindings(inspected, story),
    ...findings,
    ...moneyFindings(records, recovered, story),
    ...doubledFindings(recovered, story),
  ]
}

type OnDisk = { readonly seq: number; readonly state: string } | null

/** The last state is the last one acknowledged, or the one that was being written: never an older one, never a third. */
function chainFindings(
  { onDisk, verified }: { readonly onDisk: OnDisk; readonly verified: Verified },
  { acked, tried }: Story,
): readonly Finding[] {
  if (!verified.ok) return [disagreeing(`the chain is broken: ${verified.why}`)]
  if (verified.events < (acked?.seq ?? 0))
    return [lost(`events end at ${verified.events}, ${acked?.seq} were acknowledged`)]
  if (onDisk === null || onDisk.seq === 0)
    return acked === null ? [] : [lost('nothing is there, and something was acknowledged')]
  const known = [acked, tried].some(
    (one) => one !== null && one.seq === onDisk.seq && one.state === onDisk.state,
  )
  return known ? [] : [disagreeing(`the state after event ${onDisk.seq} was never written`)]
}

/** What is no longer in the journal is in its archive, whole and chained. */
function archiveFindings(file: string): readonly Finding[] {
  const verified = verifyArchives(file)
  return verified.ok ? [] : [lost(`an archive: ${verified.why}`)]
}

/** Events and the proof that this device wrote them are never parted. */
function originFindings(file: string, key: JournalKey): readonly Finding[] {
  const verified = verifyOrigin(file, key)
  return verified.ok ? [] : [disagreeing(verified.why)]
}

/** Whatever the host holds is approved in the journal or owed as a reversal, and never both. */
function moneyFindings(
  records: ReadonlyMap<string, Booked>,
  { state, effects }: Decision,
  { held, forgotten }: Story,
): readonly Finding[] {
  const owed = state.reversal?.id
  const findings: Finding[] = []
  for (const [id, amountMinor] of held) {
    const record = records.get(id)
    // `<batch>-<stan>`: its time was over.
    if (record === undefined && id.slice(0, 6) <= forgotten) continue
    const approved = record?.outcome === 'approved'
    if (approved && record.paidMinor !== amountMinor)
      findings.push(disagreeing(`${id}: the host holds another amount`))
    if (approved && owed === id) findings.push(doubled(`${id} is approved and owed`))
    if (!approved && owed !== id) findings.push(lost(`the host holds ${id} and nobody knows`))
  }
  for (const [id, { outcome }] of records)
    if (outcome === 'approved' && !held.has(id))
      findings.push(disagreeing(`${id} is approved and the host does not hold it`))
  const sends = effects.some((effect) => effect.do === 'sendReversal')
  if (owed !== undefined && !sends) findings.push(lost(`the reversal ${owed} is not sent`))
  return findings
}

function doubledFindings({ state, effects }: Decision, story: Story): readonly Finding[] {
  const findings: Finding[] = []
  if (state.counters.stan <= story.lastStan)
    findings.push(doubled(`STAN ${state.counters.stan} would leave twice`))
  for (const effect of effects) {
    if (effect.do === 'sendRequest') findings.push(doubled('a request leaves by itself'))
    if (
      effect.do === 'print' &&
      story.printed.has(effect.slip.job) &&
      effect.slip.mark.kind === 'original'
    )
      findings.push(doubled(`slip ${effect.slip.job} prints again and does not say so`))
  }
  return findings
}

function readState(file: string): OnDisk {
  const db = new DatabaseSync(file)
  try {
    const made = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'state'").get()
    const row = made === undefined ? null : readStateRow(db)
    if (row === null) return null
    return {
      seq: row.seq,
      state: createHash('sha256').update(JSON.stringify(row.saved())).digest('hex'),
    }
  } catch {
    // What cannot be read is told by `openJournal`, in its own words.
    return null
  } finally {
    db.close()
  }
}

type Booked = { readonly outcome: string; readonly paidMinor: number }

/** The derived table: what voids, refunds and the day's sums are made from. */
export function readRecords(file: string): ReadonlyMap<string, Booked> {
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    return new Map(
      db
        .prepare('SELECT id, body FROM record')
        .all()
        .map((row) => {
          const booked: Booked = JSON.parse(String(row['body']))
          return [String(row['id']), booked]
        }),
    )
  } finally {
    db.close()
  }
}

const lost = (what: string): Finding => ({ kind: 'lost', what })
const doubled = (what: string): Finding => ({ kind: 'doubled', what })
const disagreeing = (what: string): Finding => ({ kind: 'disagreeing', what })

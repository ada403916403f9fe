/**
 * Puts a backup in the place of the journal, after it has proved itself: it opens under the key, its chain and records are whole, and it has
 * come as far as this terminal is known to have come. An older one takes a person's word, and then goes on with the newer numbers.
 */
import { existsSync, linkSync, renameSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { TerminalState } from '#core/terminal/state.ts'
import { upgradeState } from '#core/terminal/upgrade.ts'
import type { Disk } from '../../keys/disk.ts'
import type { JournalKey } from '../../keys/journal-key.ts'
import { checkpointWriter } from '../checkpoint.ts'
import { putInPlace, syncFile } from '../durable.ts'
import { type Fit, fitsMark, type Mark, markOf, readMark } from '../mark.ts'
import { FALSE_PROOF, proofOf } from '../proof.ts'
import { RELEASE } from '../release.ts'
import { lastEvent } from '../rows.ts'
import { prepareSchema } from '../schema.ts'
import { putWholeState, readStateRow } from '../state-table.ts'
import { verifyJournal } from '../verify/verify.ts'
import { headOrigin } from '../verify/verify-origin.ts'
import { type BackupFacts, unsealFile } from './sealed-file.ts'

export type RestoreParts = {
  readonly backup: string
  readonly key: string
  readonly journal: string
  readonly markFile: string
  readonly disk: Disk
  /** A supervisor takes the word for what the backup does not know. */
  readonly acceptsLoss: boolean
  /** Suffix of the name under which the journal of before is kept. */
  readonly asideName: string
  /** Of this device; null: numbers that are lifted bear no proof until its next start. */
  readonly device: JournalKey | null
}

export type RestoreOutcome =
  | {
      readonly ok: true
      readonly events: number
      /** Events that this terminal is known to have written and the backup does not hold. */
      readonly lostEvents: number
      /** The journal of before; null when there was none. */
      readonly aside: string | null
    }
  | {
      readonly ok: false
      readonly why: 'notABackup' | 'wrongKeyOrDamaged' | 'behind' | 'another' | 'damaged' | 'cannot'
      readonly detail: string
    }

/**
 * Between the last mark and the end of a journal that is gone at most a batch was sold (500 transactions), each with a reversal and its
 * repetitions: numbers up to here may have been used and are passed over.
 */
const PASSED_OVER = 2000
const LAST_STAN = 999_999

/** Where a backup is unsealed; there without a restore that runs: one was cut off. */
export function unfinishedRestore(journal: string): string {
  return `${journal}.restore`
}

/** The caller holds the lock of the folder. Never throws; what was there is kept until the new one is in its place. */
export async function restoreJournal(parts: RestoreParts): Promise<RestoreOutcome> {
  const fresh = unfinishedRestore(parts.journal)
  try {
    const unsealed = await unsealFile(parts.backup, fresh, parts.key)
    if (!unsealed.ok) return { ok: false, why: unsealed.why, detail: parts.backup }
    const verified = verifyJournal(fresh)
    if (!verified.ok) return { ok: false, why: 'damaged', detail: verified.why }
    if (isForged(fresh, parts.device)) return { ok: false, why: 'damaged', detail: FALSE_PROOF }
    const known = knownMark(parts)
    const fit = known === null ? 'fits' : fitsKnown(fresh, unsealed.facts, parts.journal, known)
    if (fit === 'another') return { ok: false, why: 'another', detail: parts.backup }
    const lostEvents = Math.max(0, (known?.mark.seq ?? 0) - verified.events)
    if (fit === 'behind' && !parts.acceptsLoss)
      return { ok: false, why: 'behind', detail: `${lostEvents} events` }
    if (known !== null && fit === 'behind') liftCounters(fresh, known, parts.device)
    emptyLog(fresh)
    const aside = putAside(parts)
    putInPlace(fresh, parts.journal)
    return { ok: true, events: verified.events, lostEvents, aside }
  } catch (cause) {
    return { ok: false, why: 'cannot', detail: cause instanceof Error ? cause.message : 'unknown' }
  } finally {
    for (const end of ['', '-wal', '-shm']) rmSync(`${fresh}${end}`, { force: true })
  }
}

/** It says that it is of this device, and is not. */
function isForged(file: string, device: JournalKey | null): boolean {
  if (device === null) return false
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    return headOrigin(db, device).origin === 'forged'
  } finally {
    db.close()
  }
}

type Known = {
  readonly mark: Mark
  /** Read from the journal itself: nothing can have come after it. */
  readonly isExact: boolean
}

/** The furthest that this terminal is known to have come, by the journal in place or by the mark. */
function knownMark({ disk, journal, markFile }: RestoreParts): Known | null {
  const mark = readMark(markFile, disk)
  const present = presentMark(journal)
  if (present !== null && present.seq >= (mark?.seq ?? 0)) return { mark: present, isExact: true }
  return mark === null ? null : { mark, isExact: false }
}

/** A shorter backup must be a beginning of the journal in place, where that can be read. */
function fitsKnown(fresh: string, facts: BackupFacts, journal: string, known: Known): Fit {
  const fit = fitsMark(fresh, known.mark)
  if (fit !== 'behind' || !known.isExact) return fit
  return fitsMark(journal, facts) === 'another' ? 'another' : 'behind'
}

/** Null when the journal in place is missing or cannot be read, which is why somebody restores. */
function presentMark(journal: string): Mark | null {
  if (!existsSync(journal) || !verifyJournal(journal).ok) return null
  return markOf(journal)
}

/** Numbers go on from the newer journal; the checkpoint says so to whoever replays. */
function liftCounters(file: string, { isExact, mark }: Known, device: JournalKey | null): void {
  const db = new DatabaseSync(file)
  try {
    const outcome = prepareSchema(db)
    if (outcome !== 'ready') throw new Error(`the backup cannot be written to: ${outcome}`)
    const row = readStateRow(db)
    const { hash } = lastEvent(db)
    if (row === null || hash === null) throw new Error('the backup is empty')
    const { seq } = row
    const lifted = withCounters(upgradeState(row.saved()), mark, isExact)
    const state = JSON.stringify(lifted)
    const { batch } = lifted.counters
    db.exec('BEGIN IMMEDIATE')
    checkpointWriter(db, device)({ seq, why: 'restored', hash, release: RELEASE, batch, state })
    putWholeState(db, hash, state, (digest) =>
      device === null ? null : proofOf(device, 'state', digest),
    )
    db.exec('COMMIT')
  } finally {
    db.close()
  }
}

function withCounters(state: TerminalState, { counters }: Mark, isExact: boolean): TerminalState {
  const beyond = isExact ? 0 : PASSED_OVER
  return {
    ...state,
    counters: {
      ...state.counters,
      stan: ((counters.stan + beyond - 1) % LAST_STAN) + 1,
      batch: counters.batch,
      order: counters.order + beyond,
      job: counters.job + beyond,
      read: counters.read + beyond,
    },
  }
}

/** Everything into the one file that is about to be renamed. */
function emptyLog(file: string): void {
  const db = new DatabaseSync(file)
  try {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  } finally {
    db.close()
  }
  syncFile(file)
}

/**
 * The old log must not lie beside the new file. A cut between the two steps leaves a journal that is behind its mark: no start sells on it,
 * and the restore is begun again.
 */
function putAside({ asideName, journal }: RestoreParts): string | null {
  if (!existsSync(journal)) return null
  const aside = `${journal}.${asideName}`
  for (const end of ['-wal', '-shm'])
    if (existsSync(`${journal}${end}`)) renameSync(`${journal}${end}`, `${aside}${end}`)
  linkSync(journal, aside)
  return aside
}

/** The journal port on a disk in memory: a commit is there as a whole or not at all, and sometimes nobody knows which. */
import type { Incident } from '#core/incident/incident.ts'
import type { Effect } from '#core/terminal/effect.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { type SavedState, upgradeState } from '#core/terminal/upgrade.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { CHAIN_START, type ChainedRow, chainHash } from '#shell/journal/chain.ts'
import type { Commit, Journal } from '#shell/journal/journal.ts'
import type { Faults } from './faults.ts'
import { DiskError } from './interruptions.ts'
import type { Power } from './power.ts'

export type Disk = Journal & {
  /** The state on disk, which is what a start would find. */
  readonly state: () => TerminalState | null
  /** The derived table of ended transactions. */
  readonly records: ReadonlyMap<string, TransactionRecord>
  /** What was written down as not to be mended and is not closed. */
  readonly incidents: ReadonlyMap<string, Incident>
  readonly sealed: ReadonlyMap<string, Uint8Array>
  /** Empty unless rows are kept: every row in order, as SQLite would hold it. */
  readonly rows: readonly (ChainedRow & { readonly hash: Uint8Array })[]
  readonly commits: () => number
}

/** `keepRows`: also write every row as text under the hash chain, which costs most of the time of a run. */
export function createDisk(
  faults: Faults,
  power: Power,
  options: {
    readonly keepRows: boolean
    /** What an earlier life of the terminal left; null for a new one. */
    readonly first: TerminalState | null
    readonly onRecord: (record: TransactionRecord) => void
  },
): Disk {
  const { keepRows, onRecord } = options
  // One for all, made when it is thrown: making an error costs more than a sale.
  let refusal: DiskError | undefined
  const refuse = (): never => {
    refusal ??= new DiskError('EIO')
    throw refusal
  }
  let state = options.first
  let commits = 0
  let hash: Uint8Array = CHAIN_START
  const records = new Map<string, TransactionRecord>()
  /** By the till's reference, as the journal has an index of it. */
  const ofTill = new Map<string, Map<string, TransactionRecord>>()
  const incidents = new Map<string, Incident>()
  const sealed = new Map<string, Uint8Array>()
  const rows: (ChainedRow & { hash: Uint8Array })[] = []
  const throughText = createText()

  const derive = (effect: Effect): void => {
    const { do: what } = effect
    if (what === 'dropSealedPan') sealed.delete(effect.reversal)
    else if (what === 'keepIncident') {
      const { incident } = effect
      if (incident.closed === undefined) incidents.set(incident.id, incident)
      else incidents.delete(incident.id)
    } else if (what === 'keepRecord') keep(effect.record)
  }
  const keep = (record: TransactionRecord): void => {
    const { id, tillReference } = record
    onRecord(record)
    records.set(id, record)
    if (tillReference === undefined) return
    const bill = ofTill.get(tillReference) ?? new Map<string, TransactionRecord>()
    bill.set(id, record)
    ofTill.set(tillReference, bill)
  }
  const write = (commit: Commit): void => {
    for (const { event, effects, refused } of commit.entries) {
      for (const effect of effects) derive(effect)
      if (!keepRows) continue
      const body = JSON.stringify(event)
      const seq = rows.length + 1
      const row = { seq, at: event.at, body, effects: JSON.stringify(effects), refused }
      hash = chainHash(hash, row)
      rows.push({ ...row, hash })
    }
    for (const { reversal, bytes } of commit.sealed) sealed.set(reversal, bytes)
    state = commit.state
    commits += 1
  }

  return {
    state: () => state,
    records,
    incidents,
    sealed,
    rows,
    commits: () => commits,
    lastState: () => (state === null || !keepRows ? state : throughText(state)),
    commit: (commit) => {
      power.boundary('beforeCommit')
      if (faults.strikes('writeLost')) refuse()
      write(commit)
      if (faults.strikes('writeKeptButFailed')) refuse()
      power.boundary('afterCommit')
    },
    sealedPan: (reversal) => sealed.get(reversal) ?? null,
    newestRecord: (stan) => {
      let newest: TransactionRecord | null = null
      for (const record of records.values()) if (record.stan === stan) newest = record
      return newest
    },
    batchRecords: (batch) =>
      records
        .values()
        .filter((record) => record.batch === batch)
        .toArray(),
    tillRecords: (reference) => [...(ofTill.get(reference)?.values() ?? [])],
    close: () => undefined,
  }
}

/**
 * What a start reads has been text: anything that text cannot carry is gone. What came out of text before, or is the same setup as at the last
 * start, is not written again.
 */
function createText(): (state: TerminalState) => TerminalState {
  const known = new WeakSet<object>()
  let last: { readonly from: Setup; readonly read: Setup } | undefined
  const written = <Item extends object>(item: Item): Item => {
    if (known.has(item)) return item
    const read: Item = JSON.parse(JSON.stringify(item))
    return read
  }
  return (state) => {
    const { setup: from } = state
    last = last?.from === from ? last : { from, read: written(from) }
    const lists = { setup: null, recent: [], slips: [] }
    const rest: SavedState = JSON.parse(JSON.stringify({ ...state, ...lists }))
    const recent = state.recent.map(written)
    const slips = state.slips.map(written)
    const read = upgradeState({ ...rest, setup: last.read, recent, slips })
    for (const item of [...read.recent, ...read.slips]) known.add(item)
    return read
  }
}

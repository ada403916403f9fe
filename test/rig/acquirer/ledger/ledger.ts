/** The host's books: what really happened, whatever the terminal believes. */
import type { Account } from './account.ts'
import { type Entry, type EntryKind, owedMinor, stands } from './entry.ts'

/** Entries kept; more are refused with 96 rather than forgotten. */
const MAX_ENTRIES = 50_000
/** Payment codes remembered as used. */
const MAX_USED_CODES = 50_000

type EntryDraft = Omit<Entry, 'id' | 'reversedBy'>
type EntryKey = { readonly tid: string; readonly batch: string; readonly stan: string }

export interface Ledger {
  readonly accounts: readonly Account[]
  readonly entries: readonly Entry[]
  readonly full: boolean
  book(draft: EntryDraft): Entry
  /** Marks it reversed; the money moves back because it no longer stands. */
  reverse(entry: Entry, at: number, reason: string): void
  byKey(key: EntryKey): Entry | null
  byRrn(rrn: string): Entry | null
  /** Newest standing pre-authorization of the account with this authorization code. */
  preAuth(accountId: string, authCode: string): Entry | null
  account(id: string | null): Account | null
  balanceMinor(accountId: string): number
  /** Balance less what open pre-authorizations block. */
  availableMinor(accountId: string): number
  /** A standing void of this entry exists. */
  isVoided(entry: Entry): boolean
  /** A standing, not voided completion of this pre-authorization exists. */
  isCompleted(entry: Entry): boolean
  refundedMinor(entry: Entry): number
  /** Money owed to the shop, over all terminals or one. */
  heldMinor(tid?: string): number
  /** False when the code was used before; marks it used. */
  useCode(code: string): boolean
}

/** Books with the given accounts and no entries. */
export function createLedger(accounts: readonly Account[]): Ledger {
  const entries: Entry[] = []
  const keys = new Map<string, Entry>()
  const rrns = new Map<string, Entry>()
  const followers = new Map<number, Entry[]>()
  const usedCodes = new Set<string>()
  // Kept as entries come and go: a sum over all entries at every sale would make a long day slow.
  const paidMinor = new Map<string, number>()
  const preAuths = new Map<string, Entry[]>()

  const followersOf = (entry: Entry, ...kinds: readonly EntryKind[]) =>
    (followers.get(entry.id) ?? []).filter((next) => stands(next) && kinds.includes(next.kind))
  const isVoided = (entry: Entry) =>
    followersOf(entry, 'void', 'preAuthVoid', 'completionVoid').length > 0
  const isCompleted = (entry: Entry) =>
    followersOf(entry, 'completion').some((completion) => !isVoided(completion))
  const account = (id: string | null) => accounts.find((known) => known.id === id) ?? null
  const pay = (entry: Entry, amountMinor: number): void => {
    if (entry.accountId === null) return
    paidMinor.set(entry.accountId, (paidMinor.get(entry.accountId) ?? 0) + amountMinor)
  }
  const balanceMinor = (id: string) => (account(id)?.openingMinor ?? 0) - (paidMinor.get(id) ?? 0)
  const blocks = (entry: Entry) => stands(entry) && !isVoided(entry) && !isCompleted(entry)

  return {
    accounts,
    entries,
    get full() {
      return entries.length >= MAX_ENTRIES
    },
    book(draft) {
      const entry: Entry = { ...draft, id: entries.length + 1, reversedBy: null }
      entries.push(entry)
      keys.set(keyText(entry), entry)
      rrns.set(entry.rrn, entry)
      pay(entry, owedMinor(entry))
      if (entry.kind === 'preAuth' && entry.accountId !== null) {
        preAuths.set(entry.accountId, [...(preAuths.get(entry.accountId) ?? []), entry])
      }
      if (entry.originalId !== null) {
        followers.set(entry.originalId, [...(followers.get(entry.originalId) ?? []), entry])
      }
      return entry
    },
    reverse(entry, at, reason) {
      pay(entry, -owedMinor(entry))
      entry.reversedBy = { at, reason }
    },
    byKey: (key) => keys.get(keyText(key)) ?? null,
    byRrn: (rrn) => rrns.get(rrn) ?? null,
    preAuth: (accountId, authCode) =>
      preAuths.get(accountId)?.findLast((entry) => entry.authCode === authCode && stands(entry)) ??
      null,
    account,
    balanceMinor,
    availableMinor: (id) =>
      (preAuths.get(id) ?? [])
        .filter(blocks)
        .reduce((sum, entry) => sum - entry.amountMinor, balanceMinor(id)),
    isVoided,
    isCompleted,
    refundedMinor: (entry) =>
      followersOf(entry, 'refund').reduce((sum, refund) => sum + refund.amountMinor, 0),
    heldMinor: (tid) =>
      entries
        .filter((entry) => tid === undefined || entry.tid === tid)
        .reduce((sum, entry) => sum + owedMinor(entry), 0),
    useCode(code) {
      if (usedCodes.has(code)) return false
      const [oldest] = usedCodes
      if (usedCodes.size >= MAX_USED_CODES && oldest !== undefined) usedCodes.delete(oldest)
      usedCodes.add(code)
      return true
    },
  }
}

function keyText(key: EntryKey): string {
  return `${key.tid}/${key.batch}/${key.stan}`
}

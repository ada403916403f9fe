/** What the host shows of itself, as JSON; card numbers masked. */

import type { Fault } from './faults/fault.ts'
import type { FaultQueue } from './faults/fault-queue.ts'
import type { Host } from './host/host.ts'
import type { KeptSignature } from './host/signatures.ts'
import { type Account, maskedNumber } from './ledger/account.ts'
import type { EntryKind } from './ledger/entry.ts'
import { owedMinor } from './ledger/entry.ts'
import type { LoggedMessage } from './message-log.ts'

/** Entries shown, newest last; the books themselves keep more. */
const MAX_SHOWN_ENTRIES = 1000

type AccountState = {
  readonly id: string
  readonly kind: 'card' | 'wallet'
  /** First six and last four digits; the name of a wallet. */
  readonly number: string
  readonly status: string
  readonly balanceMinor: number
  readonly availableMinor: number
  readonly pinTries: number
}

export type EntryState = {
  readonly id: number
  /** ISO 8601, UTC. */
  readonly at: string
  readonly kind: EntryKind
  readonly tid: string
  readonly stan: string
  readonly batch: string
  readonly amountMinor: number
  /** Account id, and its masked number; null when the card or code was unknown. */
  readonly accountId: string | null
  readonly account: string | null
  readonly rrn: string
  readonly authCode: string
  readonly outcome: 'approved' | 'declined'
  readonly responseCode: string
  readonly reversedBy: { readonly at: string; readonly reason: string } | null
  /** Id of the entry that this one voids, refunds or completes. */
  readonly originalId: number | null
  readonly voided: boolean
  readonly refundedMinor: number
  /** What it adds to `heldMinor` now. */
  readonly owedMinor: number
}

type TerminalState = {
  readonly tid: string
  readonly mid: string
  readonly signedOn: boolean
  readonly signOns: number
  readonly batch: string
  readonly settled: boolean
  readonly heldMinor: number
}

type SignatureState = Omit<KeptSignature, 'picture'> & {
  readonly width: number
  readonly height: number
  readonly blackDots: number
}

export type AcquirerState = {
  readonly port: number
  /** False: the network is cut. */
  readonly reachable: boolean
  readonly connections: number
  readonly terminals: readonly TerminalState[]
  readonly accounts: readonly AccountState[]
  readonly entries: readonly EntryState[]
  readonly entryCount: number
  /** Money owed to the shop by what these terminals did: approved less reversed, voided and refunded; in fen. */
  readonly heldMinor: number
  readonly faults: readonly (Fault & { readonly remaining: number })[]
  readonly messages: readonly LoggedMessage[]
  /** What customers signed, oldest first. */
  readonly signatures: readonly SignatureState[]
}

/** A picture of the host; nothing in it changes later. */
export function describeHost(
  host: Host,
  faults: FaultQueue,
): Omit<AcquirerState, 'port' | 'reachable' | 'connections'> {
  const { ledger } = host
  return {
    terminals: host.terminals.map((terminal) => ({
      tid: terminal.tid,
      mid: terminal.mid,
      signedOn: terminal.keys !== null,
      signOns: terminal.signOns,
      batch: terminal.batch,
      settled: terminal.settled,
      heldMinor: ledger.heldMinor(terminal.tid),
    })),
    accounts: ledger.accounts.map((account) => describeAccount(host, account)),
    entries: describeEntries(host),
    entryCount: ledger.entries.length,
    heldMinor: host.terminals.reduce((sum, { tid }) => sum + ledger.heldMinor(tid), 0),
    faults: faults.waiting().map(({ fault, remaining }) => ({ ...fault, remaining })),
    messages: host.log.lines(),
    signatures: host.signatures.map(describeSignature),
  }
}

function describeSignature({ picture, ...one }: KeptSignature): SignatureState {
  const { height, rows, width } = picture
  return { ...one, width, height, blackDots: rows.join('').replaceAll('.', '').length }
}

function describeAccount(host: Host, account: Account): AccountState {
  return {
    id: account.id,
    kind: account.kind,
    number: maskedNumber(account),
    status: account.kind === 'card' ? account.status : 'active',
    balanceMinor: host.ledger.balanceMinor(account.id),
    availableMinor: host.ledger.availableMinor(account.id),
    pinTries: account.kind === 'card' ? account.pinTries : 0,
  }
}

function describeEntries(host: Host): EntryState[] {
  const { ledger } = host
  return ledger.entries.slice(-MAX_SHOWN_ENTRIES).map((entry) => {
    const account = ledger.account(entry.accountId)
    const { reversedBy } = entry
    return {
      id: entry.id,
      at: new Date(entry.at).toISOString(),
      kind: entry.kind,
      tid: entry.tid,
      stan: entry.stan,
      batch: entry.batch,
      amountMinor: entry.amountMinor,
      accountId: entry.accountId,
      account: account === null ? null : maskedNumber(account),
      rrn: entry.rrn,
      authCode: entry.authCode,
      outcome: entry.outcome,
      responseCode: entry.responseCode,
      reversedBy:
        reversedBy === null
          ? null
          : { at: new Date(reversedBy.at).toISOString(), reason: reversedBy.reason },
      originalId: entry.originalId,
      voided: ledger.isVoided(entry),
      refundedMinor: ledger.refundedMinor(entry),
      owedMinor: owedMinor(entry),
    }
  })
}

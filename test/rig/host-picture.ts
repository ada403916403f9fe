/** The host's own state, told in the words of the bench. */
import type { AcquirerState, EntryState } from './acquirer/state.ts'
import type { BenchState, Ledger, LedgerEntry } from './bench/state.ts'

/** More than a person scrolls through. */
const MAX_ENTRIES = 200
const MAX_MESSAGES = 100

/** Entries newest first. */
export function ledgerOf(host: AcquirerState): Ledger {
  return {
    heldMinor: host.heldMinor,
    entries: host.entries.slice(-MAX_ENTRIES).toReversed().map(entryOf),
    accounts: host.accounts.map(({ id, balanceMinor }) => ({ id, balanceMinor })),
  }
}

/** Messages newest first. */
export function hostOf(host: AcquirerState): BenchState['host'] {
  return {
    port: host.port,
    signedOn: host.terminals.some(({ signedOn }) => signedOn),
    faults: host.faults.map((fault) => ({
      kind: fault.kind,
      times: fault.remaining,
      ...('code' in fault ? { code: fault.code } : {}),
    })),
    messages: host.messages.slice(-MAX_MESSAGES).toReversed().map(messageOf),
  }
}

function entryOf(entry: EntryState): LedgerEntry {
  return {
    at: clockTime(Date.parse(entry.at)),
    kind: entry.kind,
    trace: entry.stan,
    amountMinor: entry.amountMinor,
    account: entry.account ?? '',
    reference: entry.rrn,
    outcome: entry.responseCode,
    undone: entry.reversedBy !== null || entry.voided || entry.refundedMinor > 0,
  }
}

function messageOf(message: AcquirerState['messages'][number]): { at: string; text: string } {
  const { direction, mti, fields, note } = message
  const facts = ['3', '4', '11', '39'].flatMap((number) => {
    const value = fields[number]
    return value === undefined ? [] : [`DE${number} ${value}`]
  })
  const parts = [direction === 'in' ? '→' : '←', mti || '?', ...facts, note]
  return { at: clockTime(message.at), text: parts.filter((part) => part !== '').join(' ') }
}

function clockTime(ms: number): string {
  const date = new Date(ms)
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':')
}

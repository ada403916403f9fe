import { expect, test } from 'vitest'
import type { AcquirerState, EntryState } from '../rig/acquirer/state.ts'
import { hostOf, ledgerOf } from '../rig/host-picture.ts'

const SALE: EntryState = {
  id: 1,
  at: '2026-11-21T12:30:05.000Z',
  kind: 'sale',
  tid: '10000001',
  stan: '000012',
  batch: '000001',
  amountMinor: 3850,
  accountId: 'debit',
  account: '622202*********0012',
  rrn: '112205000012',
  authCode: '000012',
  outcome: 'approved',
  responseCode: '00',
  reversedBy: null,
  originalId: null,
  voided: false,
  refundedMinor: 0,
  owedMinor: 3850,
}

function host(part: Partial<AcquirerState>): AcquirerState {
  return {
    port: 8590,
    reachable: true,
    connections: 0,
    terminals: [],
    accounts: [],
    entries: [],
    entryCount: 0,
    heldMinor: 0,
    faults: [],
    messages: [],
    signatures: [],
    ...part,
  }
}

test('the newest transaction stands on top', () => {
  const entries = [SALE, { ...SALE, id: 2, stan: '000013' }]
  expect(ledgerOf(host({ entries })).entries.map(({ trace }) => trace)).toEqual([
    '000013',
    '000012',
  ])
})

test.each<[string, Partial<EntryState>]>([
  ['reversed', { reversedBy: { at: SALE.at, reason: 'timeout' } }],
  ['voided', { voided: true }],
  ['refunded', { refundedMinor: 100 }],
])('money of a sale that was %s is marked as given back', (_how, part) => {
  const [entry] = ledgerOf(host({ entries: [{ ...SALE, ...part }] })).entries
  expect(entry?.undone).toBe(true)
})

test('a sale that stands is not marked, and the sum is the one of the host', () => {
  const ledger = ledgerOf(host({ entries: [SALE], heldMinor: 3850 }))
  expect(ledger.heldMinor).toBe(3850)
  expect(ledger.entries[0]).toMatchObject({ undone: false, outcome: '00', amountMinor: 3850 })
})

test('an unknown card leaves an empty account, not the word null', () => {
  const entries = [{ ...SALE, accountId: null, account: null }]
  expect(ledgerOf(host({ entries })).entries[0]?.account).toBe('')
})

test('a long day shows its last transactions only', () => {
  const entries = Array.from({ length: 450 }, (_, index) => ({ ...SALE, stan: String(index) }))
  const shown = ledgerOf(host({ entries })).entries
  expect(shown).toHaveLength(200)
  expect(shown[0]?.trace).toBe('449')
})

test('a fault shows how often it is still to come', () => {
  const faults = [{ kind: 'decline', code: '51', times: 3, remaining: 2 }] as const
  expect(hostOf(host({ faults })).faults).toEqual([{ kind: 'decline', code: '51', times: 2 }])
})

test('a message is one line with its direction and the fields that say what it is', () => {
  const fields = { '2': '622202*********0012', '3': '000000', '11': '000012', '39': '00' }
  const message = { at: 0, direction: 'out' as const, mti: '0210', fields, note: 'dropReply' }
  expect(hostOf(host({ messages: [message] })).messages[0]?.text).toBe(
    '← 0210 DE3 000000 DE11 000012 DE39 00 dropReply',
  )
})

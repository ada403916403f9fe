/** Records in a journal on disk, for tests that look them up. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { minor } from '#core/money.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { type KeptJournal, openJournal } from '#shell/journal/journal.ts'
import { facts } from '../receipt/slips.ts'

/** A paid code sale of batch 000001 with this STAN, which is its time as well. */
export function record(stan: string, change: Partial<TransactionRecord> = {}): TransactionRecord {
  const slip = facts({ batch: '000001', trace: stan, reference: `1121120${stan.slice(1)}` })
  return {
    id: `000001-${stan}`,
    kind: 'sale',
    orderId: 1,
    at: Number(stan),
    outcome: 'approved',
    reason: '00',
    dueMinor: minor(100),
    paidMinor: minor(100),
    channel: 'wechat',
    last4: '6741',
    fingerprint: '',
    operator: '01',
    stan,
    batch: '000001',
    authCode: '',
    reference: slip.reference,
    hostDate: '1121',
    original: '',
    approver: '',
    closedBy: '',
    refundedMinor: minor(0),
    slip,
    reprints: 0,
    ...change,
  }
}

export function journalWith(...records: TransactionRecord[]): KeptJournal {
  const folder = mkdtempSync(join(tmpdir(), 'proof-'))
  const opened = openJournal(join(folder, 'journal.db'))
  if (!opened.ok) throw new Error(opened.detail)
  const { journal } = opened
  onTestFinished(() => {
    journal.close()
    rmSync(folder, { recursive: true, force: true })
  })
  journal.commit({
    entries: records.map((one) => ({
      event: { type: 'signedOn', batch: '000001', at: one.at },
      effects: [{ do: 'keepRecord', record: one }],
      refused: null,
    })),
    state: initialState(),
    sealed: [],
  })
  return journal
}

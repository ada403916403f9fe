import { expect, test } from 'vitest'
import { totalsField, uploadField } from '#core/batch/batch.ts'
import { differences } from '#core/batch/z-slip.ts'
import { minor } from '#core/money.ts'
import { pageName } from '#core/terminal/decision.ts'
import { breaches } from '#core/terminal/invariants.ts'
import { counterFrom, SETUP } from '../counter.ts'
import { line, settling } from './settling.ts'

test('totals have 62 digits: a voided sale stays a debit, its void is a credit, foreign cards stand apart', () => {
  const field = totalsField([
    line(),
    line({ kind: 'completion', amountMinor: minor(200) }),
    line({ kind: 'void' }),
    line({ isForeign: true, amountMinor: minor(5) }),
  ])
  expect(field).toBe(
    `${'000000004000'}${'002'}${'000000003800'}${'001'}0${'000000000005'}${'001'}${'000000000000'}${'000'}0`,
  )
})

test('an upload names its transactions by number and carries no card number', () => {
  expect(uploadField([line(), line({ stan: '000003' })])).toBe(
    `02${'00'}${'000002'}${'0'.repeat(20)}${'000000003800'}${'00'}${'000003'}${'0'.repeat(20)}${'000000003800'}`,
  )
})

test('where the host names other figures, each one is set beside ours', () => {
  const own = totalsField([line()])
  const host = `000000001200001${own.slice(15)}`
  expect(differences({ lines: [line()], hostTotals: host })).toEqual([
    { what: 'debitAmount', side: 'domestic', ours: 3800, hosts: 1200 },
  ])
  expect(differences({ lines: [line()], hostTotals: own })).toEqual([])
})

test('the host agrees: the end message says 207, and one decision moves the number, empties the log and queues the slip', () => {
  const { counter, answer, sent } = settling(1)
  answer('1')
  expect(sent()).toMatchObject({ mti: '0320', management: '207', totals: '0001' })
  answer('00')
  expect(counter.state()).toMatchObject({ settlement: null, inBatch: 0, counters: { batch: 2 } })
  expect(counter.state().slips.at(-1)).toMatchObject({
    record: 'Z-000001',
    slip: {
      copy: 'merchant',
      mark: { kind: 'original' },
      facts: { totals: { verdict: 'balanced', lines: [], differences: [] } },
    },
  })
})

test('behind batch 999998 comes batch 1, and no counter is said to have gone back', () => {
  const { answer, counter } = settling(1, SETUP, '999998')
  const before = counter.state()
  answer('1')
  answer('00')
  expect(counter.state().counters.batch).toBe(1)
  expect(breaches(before, counter.state())).toEqual([])
  expect(counter.state().slips.at(-1)).toMatchObject({ record: 'Z-999998' })
})

test('the slip of the closed batch prints again when it is asked for, each copy counted on its face, also after a power cut', () => {
  const { counter, answer } = settling(1)
  answer('1')
  answer('00')
  const { job } = counter.state().slips.at(-1)?.slip ?? { job: '' }
  counter.tell({ type: 'printEnded', job, outcome: { kind: 'printed', proof: 'barrier' } })
  const facts = counter.state().slips.at(-1)?.slip.facts
  counter.restart()
  counter.tell({
    type: 'operatorChecked',
    page: pageName(counter.state()),
    operator: '01',
    correct: true,
  })
  for (const number of [1, 2]) {
    counter.press('menu', '9', '0')
    expect(counter.said()).toBe('settle.slipAgain')
    expect(counter.state().slips.at(-1)).toMatchObject({
      record: `Z-000001-${number}`,
      state: 'queued',
    })
    expect(counter.state().slips.at(-1)?.slip).toMatchObject({
      facts: { type: 'settlement', batch: facts?.batch, totals: facts?.totals },
      mark: { kind: 'reprint', number },
    })
  }
})

test('where no batch was ever closed there is no slip of one', () => {
  const counter = counterFrom()
  counter.open()
  counter.press('menu', '9', '0')
  expect([counter.said(), counter.state().slips]).toEqual(['settle.noSlip', []])
})

test('the host differs: every line is sent in groups of eight, then 202, and the slip lists them', () => {
  const { counter, answer, sent } = settling(17)
  answer('2')
  const groups = [0, 1, 2].map(() => {
    const { management, totals } = sent()
    answer('00')
    return [management, totals.slice(0, 2)]
  })
  expect(groups).toEqual([
    ['201', '08'],
    ['201', '08'],
    ['201', '01'],
  ])
  expect(sent()).toMatchObject({ management: '202', totals: '0017' })
  answer('00')
  expect(counter.said()).toBe('settle.doneDifferent')
  expect(counter.state().slips.at(-1)?.slip.facts.totals?.lines).toHaveLength(17)
})

test('power lost after the second group: the third is next, under a new number', () => {
  const { counter, answer, sent, note } = settling(17)
  answer('2')
  answer('00')
  answer('00')
  const before = sent()
  counter.restart()
  note(counter.tell({ type: 'signedOn', batch: '000001' }))
  expect(sent()).toMatchObject({ management: '201', totals: before.totals })
  expect(sent().stan).not.toBe(before.stan)
})

test.each([2, 5])(
  'the host named batch %i in between: it is not counted up a second time',
  (batch) => {
    const { counter, answer } = settling(1)
    answer('1')
    counter.restart()
    counter.tell({ type: 'signedOn', batch: `00000${batch}` })
    answer('00')
    expect(counter.state()).toMatchObject({ settlement: null, counters: { batch } })
  },
)

test('the host cannot compare: the batch stays open, and selling goes on', () => {
  const { counter, answer } = settling(1)
  answer('3')
  expect(counter.said()).toBe('settle.refused')
  expect(counter.state()).toMatchObject({ settlement: null, counters: { batch: 1 } })
  counter.ask(5)
  expect(counter.step()).toBe('present')
})

test.each([
  ['58', 'settle.refused', 'present'],
  ['96', 'settle.refused', 'present'],
  ['00', 'settle.interrupted', 'confirmAmount'],
])('totals answered with %s and nothing compared: %s', (code, said, page) => {
  const { counter } = settling(1)
  const stan = counter.state().settlement?.out ?? ''
  const fields = { '11': stan, '39': code, '41': SETUP.terminalNumber }
  counter.tell({ type: 'batchReplied', stan, reply: { mti: '0510', mac: 'absent', fields } })
  expect([counter.said(), counter.state().counters.batch]).toEqual([said, 1])
  counter.ask(5)
  expect(counter.step()).toBe(page)
})

test('until the batch is closed nothing is sold', () => {
  const { counter } = settling(1)
  counter.tell({ type: 'batchUnanswered', stan: counter.state().settlement?.out ?? '' })
  expect(counter.said()).toBe('settle.interrupted')
  counter.ask(5)
  expect(counter.said()).toBe('settle.unfinished')
})

test('a figure of the host that is no number says nothing, and the slip can be printed', () => {
  const { answer, counter } = settling(1)
  const own = totalsField([line()])
  const stan = counter.state().settlement?.out ?? ''
  const totals = `00000000AB00${'   '}000000000100${'-01'}2${own.slice(31, 61)}1`
  const fields = { '11': stan, '41': SETUP.terminalNumber, '48': totals }
  counter.tell({ type: 'batchReplied', stan, reply: { mti: '0510', mac: 'absent', fields } })
  answer('00')
  answer('00')
  expect(counter.state().lastZ?.facts.totals).toMatchObject({
    verdict: 'different',
    differences: [{ what: 'creditAmount', side: 'domestic', ours: 0, hosts: 100 }],
  })
})

test('all eight figures of the host are told with the side that they are of', () => {
  const sideOf = (figure: number): string =>
    [12, 3, 12, 3].map((digits) => String(figure).padStart(digits, '0')).join('')
  const hostTotals = `${sideOf(1)}0${sideOf(2)}0`
  const told = differences({ lines: [], hostTotals }).map(({ what, side, hosts }) => [
    side,
    what,
    hosts,
  ])
  expect(told).toEqual([
    ['domestic', 'debitAmount', 1],
    ['domestic', 'debitCount', 1],
    ['domestic', 'creditAmount', 1],
    ['domestic', 'creditCount', 1],
    ['foreign', 'debitAmount', 2],
    ['foreign', 'debitCount', 2],
    ['foreign', 'creditAmount', 2],
    ['foreign', 'creditCount', 2],
  ])
})

const NOTHING_OF_A_CARD = {
  issuer: '',
  account: '',
  entry: 'code',
  channel: '',
  scheme: '',
  trace: '',
  authCode: '',
  reference: '',
  verification: 'codePayment',
  verificationLimitMinor: null,
  chip: [],
  remarks: [],
}

test('the slip names shop, terminal, batch, person and time, and holds its rows and, where it differs, its lines', () => {
  const lines = [line(), line({ stan: '000003', kind: 'refund', amountMinor: minor(800) })]
  const { answer, counter } = settling(lines)
  answer('2')
  answer('00')
  answer('00')
  expect(counter.state().lastZ).toMatchObject({
    reprints: 0,
    facts: {
      type: 'settlement',
      merchantName: SETUP.merchantName,
      merchantNumber: SETUP.merchantNumber,
      terminalNumber: SETUP.terminalNumber,
      acquirerName: SETUP.acquirerName,
      hotline: SETUP.hotline,
      currency: '156',
      operator: '01',
      batch: '000001',
      dateTime: '2026-11-21 12:00:00',
      ...NOTHING_OF_A_CARD,
      amountMinor: 3000,
      totals: {
        isNegative: false,
        rows: [
          { type: 'sale', count: 1, amountMinor: 3800 },
          { type: 'refund', count: 1, amountMinor: 800 },
        ],
        verdict: 'different',
        differences: [],
        lines: [
          { type: 'sale', trace: '000002', amountMinor: 3800 },
          { type: 'refund', trace: '000003', amountMinor: 800 },
        ],
      },
    },
  })
  const { totals } = counter.state().lastZ?.facts ?? {}
  for (const member of ['shop', 'exceptions', 'earlier']) expect(totals).not.toHaveProperty(member)
})

test('sums that agree at home and differ abroad are different', () => {
  const { counter, answer } = settling(1)
  const own = totalsField(counter.state().settlement?.lines ?? [])
  const stan = counter.state().settlement?.out ?? ''
  const totals = `${own.slice(0, 30)}1${own.slice(31, 61)}2`
  const fields = { '11': stan, '41': SETUP.terminalNumber, '48': totals }
  counter.tell({ type: 'batchReplied', stan, reply: { mti: '0510', mac: 'absent', fields } })
  answer('00')
  answer('00')
  expect(counter.said()).toBe('settle.doneDifferent')
  expect(counter.state().lastZ?.facts.totals?.verdict).toBe('different')
})

test('a batch that comes to nothing has no sign', () => {
  const { answer, counter } = settling([line(), line({ stan: '000003', kind: 'void' })])
  answer('1')
  answer('00')
  expect(counter.state().lastZ?.facts).toMatchObject({
    amountMinor: 0,
    totals: { isNegative: false },
  })
})

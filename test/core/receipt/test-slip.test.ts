/** After a change of copies or printer the first paper is a test. */
import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import type { SlipFacts } from '#core/receipt/slip.ts'
import { withTestSlip } from '#core/receipt/test-slip.ts'
import type { Setup } from '#core/terminal/setup.ts'
import { type Counter, counterFrom, NOON, SETUP } from '../counter.ts'
import { OPEN } from './queues.ts'

const withSlips = (slips: Partial<Setup['slips']>): Setup => ({
  ...SETUP,
  slips: { ...SETUP.slips, printer: 'escpos-serial 48', ...slips },
})

/** A terminal that ran with `before` and is started with `now`. */
function restarted(before: Setup, now: Setup): Counter {
  const counter = counterFrom(undefined, before)
  counter.open()
  counter.tell({ type: 'started', setup: now, keysReady: true })
  return counter
}

const types = (counter: Counter): readonly string[] =>
  counter.state().slips.map(({ slip }) => slip.facts.type)

test.each([
  ['other copies', { copies: ['merchant'] }],
  ['another printer', { printer: 'escpos-tcp 32' }],
] as const)(
  '%s: a test is queued at the start, and prints when the printer is well',
  (_what, change) => {
    const counter = restarted(withSlips({}), withSlips(change))
    expect(types(counter)).toEqual(['test'])
    counter.tell({ type: 'deviceHealthChanged', health: { device: 'printer', troubles: [] } })
    expect(counter.dos()).toContain('print')
    expect(counter.state().slips[0]?.slip.mark).toEqual({ kind: 'original' })
  },
)

test('a printer that cannot print it leaves it on the open list', () => {
  const counter = restarted(withSlips({}), withSlips({ copies: ['merchant'] }))
  expect(counter.state().slips[0]?.state).toBe('queued')
  expect(counter.state().devices.printer.troubles).toContain('gone')
})

test('nothing was changed, or the terminal never ran before: no test', () => {
  expect(types(restarted(withSlips({}), withSlips({})))).toEqual([])
  expect(types(restarted(SETUP, withSlips({})))).toEqual([])
  const fresh = counterFrom(undefined, withSlips({}))
  fresh.open()
  expect(types(fresh)).toEqual([])
})

test('a printer that says it is well and prints nothing is not asked for the test for ever', () => {
  const counter = restarted(withSlips({}), withSlips({ copies: ['merchant'] }))
  counter.tell({ type: 'deviceHealthChanged', health: { device: 'printer', troubles: [] } })
  const job = counter.state().slips[0]?.slip.job ?? ''
  const outcome = { kind: 'notStarted', trouble: 'noAnswer' } as const
  counter.tell({ type: 'printEnded', job, outcome })
  expect(counter.dos()).not.toContain('print')
  expect(counter.state().slips[0]?.state).toBe('owed')
})

const CHANGED = withSlips({ copies: ['merchant'] })

test('nothing of a payment stands on it; it says what every payment prints from now on, and on what', () => {
  const state = { ...OPEN, at: NOON, setup: CHANGED, slips: [] }
  const [job] = withTestSlip(state, withSlips({})).slips
  const facts: SlipFacts = {
    type: 'test',
    test: { copies: ['merchant'], printer: 'escpos-serial 48' },
    merchantName: SETUP.merchantName,
    merchantNumber: SETUP.merchantNumber,
    terminalNumber: SETUP.terminalNumber,
    operator: '',
    acquirerName: SETUP.acquirerName,
    issuer: '',
    account: '',
    entry: 'manual',
    channel: '',
    scheme: '',
    batch: '',
    trace: '',
    authCode: '',
    reference: '',
    dateTime: '2026-11-21 12:00:00',
    currency: '156',
    amountMinor: minor(0),
    verification: 'noPin',
    verificationLimitMinor: null,
    chip: [],
    remarks: [],
    hotline: SETUP.hotline,
  }
  const mark = { kind: 'original' } as const
  const slip = { facts, copy: 'merchant', mark, job: '0003', drill: false } as const
  expect(job).toEqual({ record: 'test', slip, state: 'queued' })
})

test.each<[string, Setup, Setup, readonly string[]]>([
  [
    'a printer that nobody named has no name',
    SETUP,
    { ...CHANGED, slips: { ...SETUP.slips, copies: ['merchant'] } },
    [''],
  ],
  ['a printer that is named no more is another', withSlips({}), SETUP, ['']],
  ['a terminal that never ran has none', { ...SETUP, terminalNumber: '' }, CHANGED, []],
  ['a drill has none', SETUP, { ...CHANGED, drill: true }, []],
])('%s', (_what, before, setup, printers) => {
  const { slips } = withTestSlip({ ...OPEN, setup, slips: [] }, before)
  expect(slips.map(({ slip }) => slip.facts.test?.printer)).toEqual(printers)
})

/** The messages of a settlement leave one at a time, behind every debt, and behind what customers have signed. */
import { expect, test } from 'vitest'
import { sendBatch, settleOn } from '#core/batch/queue.ts'
import type { Settlement } from '#core/batch/settlement.ts'
import { withUpkeep } from '#core/link/upkeep.ts'
import { armReversal } from '#core/reversal/decide.ts'
import type { SignatureUpload } from '#core/signature/upload.ts'
import { refuse, stay } from '#core/terminal/decision.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { ATTEMPT } from '../attempts.ts'
import { SETUP } from '../counter.ts'
import { aSale } from '../two-people.ts'
import { CLOSING, line } from './settling.ts'

const LINES = Array.from({ length: 10 }, (_, index) => line({ stan: `00001${index}` }))
const SETTLEMENT: Settlement = { ...CLOSING, lines: LINES, operator: '07' }
const RULES = { tries: 2, retryMs: 10_000, accepted: ['00'], ownStan: false }
const SHOP: TerminalState = {
  ...initialState(),
  setup: { ...SETUP, host: { ...SETUP.host, signatureUpload: RULES } },
  keysReady: true,
}
const on = (change: Partial<Settlement>, also: Partial<TerminalState> = {}): TerminalState => ({
  ...SHOP,
  ...also,
  settlement: { ...SETTLEMENT, ...change },
})

const BALANCED = { domestic: 'balanced', foreign: 'balanced' } as const

test.each([
  ['the totals', { phase: 'totals' }, '0500', '201', /^.{62}$/],
  ['the first eight lines', { phase: 'upload' }, '0320', '201', /^0800000010/],
  ['the lines behind them', { phase: 'upload', uploaded: 8 }, '0320', '201', /^0200000018/],
  ['the end, where it agrees', { phase: 'end', verdict: BALANCED }, '0320', '207', /^0010$/],
  [
    'the end, where home differs',
    { phase: 'end', verdict: { ...BALANCED, domestic: 'different' } },
    '0320',
    '202',
    /^0010$/,
  ],
  [
    'the end, where abroad differs',
    { phase: 'end', verdict: { ...BALANCED, foreign: 'different' } },
    '0320',
    '202',
    /^0010$/,
  ],
] as const)(
  '%s: under a fresh number, of its batch and person',
  (_what, change, mti, management, totals) => {
    const { effects, state } = sendBatch(on(change))
    const { out } = state.settlement ?? {}
    expect(effects).toEqual([
      { do: 'stopTimer', timer: 'batch' },
      {
        do: 'sendBatch',
        message: {
          mti,
          stan: out,
          batch: '000001',
          management,
          totals: expect.stringMatching(totals),
          operator: '07',
        },
      },
    ])
    expect(Number(out)).toBe(SHOP.counters.stan)
    expect(state.counters.stan).toBe(SHOP.counters.stan + 1)
  },
)

const ADVICE = { id: 'a', attempt: ATTEMPT, hasPan: true, state: 'waiting', tries: 1 } as const

test.each([
  ['none is being closed', { ...SHOP, settlement: null }],
  ['one is out', on({ out: '000004' })],
  ['a reversal is owed', on({}, { reversal: { ...armReversal(ATTEMPT), state: 'owed' } })],
  ['a refund is in doubt', on({}, { advice: ADVICE })],
  ['there are no keys', on({}, { keysReady: false })],
])('nothing leaves while %s', (_why, state) => {
  expect(sendBatch(state)).toEqual(stay(state))
})

/** The slip of a sale is not looked at here. */
function signed(notBefore = 0): SignatureUpload {
  const { sale } = aSale()
  if (sale.slip === null) throw new Error('a sale has a slip')
  const { id: record, slip: facts, stan } = sale
  const untried = { tries: 0, pauses: 0, reprints: 0 }
  return { record, stan, settlementDate: '', facts, notBefore, ...untried }
}

const running = (chore: 'signature' | 'parameters'): Partial<TerminalState> => ({
  upkeep: withUpkeep(SHOP, { running: chore }).upkeep,
})

test.each([
  ['a signature that may leave goes first', [0], {}, 'signatures', ['sendSignature']],
  ['one that is on its way is waited for', [0], running('signature'), 'signatures', []],
  [
    'behind something else that is on its way it is tried again later',
    [0],
    running('parameters'),
    'signatures',
    ['batch in 10000'],
  ],
  ['one that pauses is left for later', [1], {}, 'totals', ['stopTimer', 'sendBatch']],
  ['none is left: the totals leave', [], {}, 'totals', ['stopTimer', 'sendBatch']],
] as const)('%s', (_what, times, also, phase, dos) => {
  const uploads = times.map((notBefore) => signed(notBefore))
  const { effects, state } = sendBatch(on({ phase: 'signatures' }, { ...also, uploads }))
  expect(state.settlement?.phase).toBe(phase)
  const done = effects.map((effect) =>
    effect.do === 'startTimer' ? `${effect.timer} in ${effect.ms}` : effect.do,
  )
  expect(done).toEqual(dos)
})

test('the settlement goes on behind a signature, and behind nothing that was refused', () => {
  const waiting = on({ phase: 'signatures' })
  expect(settleOn(stay(waiting)).state.settlement?.phase).toBe('totals')
  expect(settleOn(refuse(waiting, 'lateAnswer')).state).toBe(waiting)
  const later = on({ phase: 'totals' })
  expect(settleOn(stay(later)).effects).toEqual([])
  expect(settleOn(stay(SHOP)).state).toBe(SHOP)
})

import { expect, test } from 'vitest'
import type { TerminalState } from '#core/terminal/state.ts'
import { attemptOf, everythingFound, openTerminal } from './found-states.ts'
import { restarted } from './restarted.ts'

const base = openTerminal()
const found = everythingFound()
const owed = found.reversals.find((reversal) => reversal?.state === 'owed') ?? null
const inDoubt = found.refunds.find((refund) => refund?.state === 'out') ?? null
const closing = found.settlements.find((settlement) => settlement !== null) ?? null
const wait = { startedAt: 0, deadlineAt: 0 }

function said(change: Partial<TerminalState>): string | null {
  return restarted({ ...base, ...change }).said
}

test('power lost on a quiet page: the first page says nothing', () => {
  expect(said({})).toBeNull()
  expect(said({ step: { kind: 'amount', typed: '38' } })).toBeNull()
})

test('power lost before anything had left: the first page says that nothing was charged', () => {
  const { order } = attemptOf('sale', '000077')
  expect(said({ step: { kind: 'confirmAmount', order, typed: '12' } })).toBe('order.unsent')
  expect(
    said({ step: { kind: 'present', order, typed: '12', read: 1, reading: true, wait } }),
  ).toBe('order.unsent')
})

test('power lost before anything had left: what is said of the money is true of that kind, not only of a sale', () => {
  const told = (['void', 'refund', 'preAuth', 'completion', 'balance'] as const).map((kind) => {
    const { order } = attemptOf(kind, '000077')
    return said({ step: { kind: 'approve', order, typed: '12' } })
  })
  expect(told).toEqual([
    'order.lost.void',
    'order.lost.refund',
    'order.lost.hold',
    'order.lost.completion',
    'order.lost.balance',
  ])
})

test('power lost while a refund was out: the first page says that it has no result and is asked again', () => {
  const attempt = attemptOf('refund', '000066')
  const step = { kind: 'authorizing' as const, attempt, cancelAsked: false, wait }
  expect(said({ step, advice: inDoubt })).toBe('refund.inDoubt')
})

test('power lost while a balance was asked for: the first page says that there was no answer, and nothing is owed', () => {
  const attempt = attemptOf('balance', '000077')
  const step = { kind: 'authorizing' as const, attempt, cancelAsked: false, wait }
  expect(said({ step })).toBe('balance.timedOut')
})

test('power lost while the batch was being closed: the first page says that it goes on by itself', () => {
  expect(said({ settlement: closing })).toBe('settle.interrupted')
})

test('a reversal comes before everything else that could be said', () => {
  const { order } = attemptOf('sale', '000078')
  const step = { kind: 'confirmAmount' as const, order, typed: '12' }
  expect(said({ step, reversal: owed, advice: inDoubt, settlement: closing })).toBe(
    'host.reversalOwed',
  )
})

test('power lost after the host had approved and before the chip had spoken: the reversal says that the terminal could not finish', () => {
  const armed = found.reversals.find((reversal) => reversal?.state === 'armed') ?? null
  const attempt = attemptOf('sale', '000077')
  const reply = { mti: '0210', mac: 'good' as const, fields: {} }
  const step = { kind: 'completing' as const, attempt, reply, wait }
  const answered = restarted({ ...base, step, reversal: armed })
  expect(answered.left.find((effect) => effect.do === 'sendReversal')).toMatchObject({
    reversal: { reason: '96' },
  })
  const silent = restarted({ ...base, reversal: armed, step: { kind: 'signIn' } })
  expect(silent.left.find((effect) => effect.do === 'sendReversal')).toMatchObject({
    reversal: { reason: '98' },
  })
})

test('a download that the power cut off is fetched again, even though an older one lies there', () => {
  const upkeep = found.lines
    .map((line) => line.upkeep)
    .find(({ downloaded, running }) => downloaded.length > 0 && running !== null)
  expect(upkeep?.running).toBe('parameters')
  const { left, state } = restarted({ ...base, ...(upkeep === undefined ? {} : { upkeep }) })
  expect(left).toContainEqual({ do: 'download', download: 'parameters', batch: '000001' })
  expect(state.upkeep).toMatchObject({ running: null, due: [], downloaded: ['parameters'] })
})

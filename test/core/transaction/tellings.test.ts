/** What is said of the money is true of that kind of transaction: what was undone, what is unknown, and what was never charged. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { minor } from '#core/money.ts'
import type { TransactionKind } from '#core/transaction/kinds.ts'
import {
  approvedTelling,
  declinedTelling,
  lostTelling,
  owedTelling,
  silentTelling,
  undoneLaterTelling,
  undoneTelling,
  unreachableTelling,
  unusableTelling,
} from '#core/transaction/tellings.ts'
import { KINDS } from '../recovery/found-states.ts'

const SUMS = { paidMinor: minor(3800), dueMinor: minor(3800) }
const FACTS = { amountMinor: minor(3800), stan: '000002' }

type Row = readonly [kind: TransactionKind, silent: string, unusable: string, unreachable: string]

test.each<Row>([
  ['sale', 'host.timedOut', 'host.invalidAnswer', 'host.unreachable'],
  ['completion', 'host.timedOut', 'host.invalidAnswer', 'host.unreachable'],
  ['preAuth', 'host.timedOut.hold', 'host.invalidAnswer.hold', 'host.unreachable'],
  ['void', 'void.timedOut', 'void.timedOut', 'void.unreachable'],
  ['completionVoid', 'void.timedOut', 'void.timedOut', 'void.unreachable'],
  ['preAuthVoid', 'void.timedOut.hold', 'void.timedOut.hold', 'void.unreachable'],
  ['refund', 'refund.timedOut', 'refund.timedOut', 'refund.unreachable'],
  ['balance', 'balance.timedOut', 'balance.timedOut', 'host.unreachable'],
])('a %s without a usable answer: %s, %s; not sent: %s', (kind, ...keys) => {
  const told = [silentTelling(kind), unusableTelling(kind), unreachableTelling(kind)]
  expect(told.map(({ key }) => key)).toEqual(keys)
})

test.each([
  ['sale', 'host.declined.51', 'host.reversed'],
  ['completion', 'host.declined.51', 'host.reversed'],
  ['preAuth', 'host.declined.51', 'host.reversed.hold'],
  ['void', 'void.declined', 'void.reversed'],
  ['completionVoid', 'void.declined', 'void.reversed'],
  ['preAuthVoid', 'void.declined.hold', 'void.reversed.hold'],
] as const)('a %s that was refused: %s; that was taken back: %s', (kind, declined, undone) => {
  expect(declinedTelling(kind, '51')).toEqual({ key: declined, params: { code: '51' } })
  expect(undoneTelling(kind).key).toBe(undone)
})

test.each([
  ['sale', 'host.reversalOwed', 'host.reversedOnStart'],
  ['preAuth', 'host.reversalOwed.hold', 'host.reversedOnStart.hold'],
  ['void', 'void.reversalOwed', 'void.reversedOnStart'],
  ['preAuthVoid', 'void.reversalOwed.hold', 'void.reversedOnStart.hold'],
] as const)(
  'of a %s that is still to be taken back the number and sum are named: %s, later %s',
  (kind, owed, later) => {
    const params = { amount: '38.00', trace: '000002' }
    expect(owedTelling(kind, params)).toEqual({ key: owed, params })
    expect(undoneLaterTelling(kind, FACTS)).toEqual({ key: later, params })
  },
)

test.each([
  ['sale', 'host.approved'],
  ['completion', 'host.approved'],
  ['preAuth', 'preAuth.approved'],
  ['preAuthVoid', 'preAuthVoid.approved'],
  ['void', 'void.approved'],
  ['refund', 'refund.approved'],
  ['balance', 'balance.approved'],
] as const)('an approved %s: %s', (kind, key) => {
  expect(approvedTelling(kind, SUMS)).toEqual({ key, params: { amount: '38.00' } })
})

test('less than was due leaves a rest to a sale, and to nothing else', () => {
  const part = { paidMinor: minor(3000), dueMinor: minor(3800) }
  expect(approvedTelling('sale', part)).toEqual({
    key: 'host.partlyApproved',
    params: { amount: '30.00', due: '38.00', rest: '8.00' },
  })
  expect(approvedTelling('refund', part).key).toBe('refund.approved')
})

test('a refusal of a refund says that nothing went back, whatever the code', () => {
  expect(declinedTelling('refund', '51').key).toBe('refund.declined')
  expect(declinedTelling('balance', '51').key).toBe('host.declined.51')
})

const words = z.object({ what: z.string(), money: z.string(), now: z.string() })
const { messages } = z
  .object({ messages: z.record(z.string(), words) })
  .parse(
    JSON.parse(readFileSync(join(import.meta.dirname, '../../../config/locales/en.json'), 'utf8')),
  )

const toldOf = (kind: TransactionKind): readonly string[] =>
  [
    silentTelling(kind),
    unusableTelling(kind),
    unreachableTelling(kind),
    approvedTelling(kind, SUMS),
    declinedTelling(kind, '51'),
    lostTelling(kind),
    undoneTelling(kind),
    undoneLaterTelling(kind, FACTS),
    owedTelling(kind, { amount: '', trace: '' }),
  ].map(({ key }) => key)

test('whatever can be told of any kind has words', () => {
  const told = KINDS.flatMap(toldOf)
  expect(told.filter((key) => messages[key] === undefined)).toEqual([])
})

test('nothing that is told of a hold that is given up says that it was paid or may be refunded', () => {
  const said = toldOf('preAuthVoid').flatMap((key) => Object.values(messages[key] ?? {}))
  expect(said.filter((words) => /paid|refund|given back/i.test(words))).toEqual([])
})

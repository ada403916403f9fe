import fc from 'fast-check'
import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import { type BookOrder, compareBook } from '#core/report/order-book.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { NOON } from '../counter.ts'
import { recordOf } from './day-record.ts'

const MINUTE = 60_000

function paid(
  stan: string,
  minute: number,
  yuan: number,
  change: Partial<TransactionRecord> = {},
): TransactionRecord {
  const amount = minor(Math.round(yuan * 100))
  return recordOf({
    stan,
    at: NOON + minute * MINUTE,
    dueMinor: amount,
    paidMinor: amount,
    ...change,
  })
}

function rung(minute: number, yuan: number): BookOrder {
  return {
    at: NOON + minute * MINUTE,
    amountMinor: Math.round(yuan * 100),
    reference: `at ${minute}`,
  }
}

/** References of orders and voucher numbers of payments that stand alone. */
function alone(
  book: readonly BookOrder[],
  records: readonly TransactionRecord[],
  withinMs?: number,
): readonly string[] {
  const gaps = compareBook(book, records, withinMs)
  return [
    ...gaps.ordersWithoutPayment.map(({ reference }) => reference),
    ...gaps.paymentsWithoutOrder.map(({ stan }) => stan),
  ]
}

test('two mistakes that cancel each other to the fen are both named, with the orders they belong to', () => {
  const book = [rung(0, 18), rung(5, 38), rung(60, 12)]
  const records = [paid('000001', 1, 28), paid('000002', 6, 38), paid('000003', 61, 2)]
  expect(alone(book, records)).toEqual(['at 0', 'at 60', '000001', '000003'])
})

test('a day that fits leaves nothing, however the clock of the register is off within the time', () => {
  const book = [rung(0, 18), rung(5, 18), rung(9, 38.5)]
  const records = [paid('000001', 12, 18), paid('000002', 17, 18), paid('000003', 20, 38.5)]
  expect(alone(book, records)).toEqual([])
  expect(alone(book, records, 10 * MINUTE)).not.toEqual([])
})

test('the same two amounts the other way round, hours apart, are seen', () => {
  expect(
    alone([rung(0, 12), rung(300, 21)], [paid('000001', 1, 21), paid('000002', 301, 12)]),
  ).toHaveLength(4)
})

test('what was voided is no payment, and what was paid in its place is the one of the order', () => {
  const records = [
    paid('000001', 1, 380, { closedBy: '000001-000002' }),
    paid('000002', 2, 380, { kind: 'void', original: '000001-000001' }),
    paid('000003', 3, 38),
  ]
  expect(alone([rung(0, 38)], records)).toEqual([])
})

test('a part that went back and a difference that was collected count with their payment', () => {
  const records = [
    paid('000001', 1, 58, { refundedMinor: minor(2000) }),
    paid('000002', 4, 20, { kind: 'refund', original: '000001-000001' }),
    paid('000003', 10, 3.8),
    paid('000004', 12, 34.2, { follows: '000001-000003' }),
  ]
  expect(alone([rung(0, 38), rung(10, 38)], records)).toEqual([])
})

test('goods that came back stand in both lists, and money that went back without an order is told', () => {
  const records = [
    paid('000001', 1, 58, { refundedMinor: minor(5800) }),
    paid('000002', 90, 58, { kind: 'refund', original: '000001-000001' }),
    paid('000003', 95, 12, { kind: 'refund', original: '000009-000009' }),
  ]
  expect(alone([rung(0, 58), rung(90, -58)], records)).toEqual(['000003'])
})

test('holds, refusals and balances are no payments', () => {
  const records = [
    paid('000001', 1, 58, { kind: 'preAuth' }),
    paid('000002', 2, 58, { outcome: 'notPaid' }),
  ]
  expect(alone([], records)).toEqual([])
})

test('whatever the amounts: each order is paired with one payment at most, and nothing that is paired is told', () => {
  const list = fc.array(fc.tuple(fc.nat(600), fc.integer({ min: 1, max: 4 })), { maxLength: 20 })
  fc.assert(
    fc.property(list, list, (orders, payments) => {
      const book = orders.map(([minute, yuan]) => rung(minute, yuan))
      const records = payments.map(([minute, yuan], index) =>
        paid(String(index + 1).padStart(6, '0'), minute, yuan),
      )
      const gaps = compareBook(book, records)
      const pairedOrders = book.length - gaps.ordersWithoutPayment.length
      expect(pairedOrders).toBe(records.length - gaps.paymentsWithoutOrder.length)
      for (const order of gaps.ordersWithoutPayment)
        for (const record of gaps.paymentsWithoutOrder)
          expect(
            record.paidMinor === order.amountMinor && Math.abs(record.at - order.at) <= 900_000,
          ).toBe(false)
    }),
  )
})

/** A quiet hour in which every payment came so many minutes after it was rung up; it says how the register's clock goes. */
const HOURS = [11, 12, 13, 14, 15, 16]
const quietBook = HOURS.map((yuan) => rung(-60 + yuan, yuan))
const quiet = (late: number) => HOURS.map((yuan) => paid(`0009${yuan}`, -60 + yuan + late, yuan))

test('of two orders of one amount the nearer one is paid, and each payment pays one alone', () => {
  const book = [...quietBook, rung(0, 18), rung(10, 18)]
  expect(alone(book, [...quiet(1), paid('000001', 9, 18)])).toEqual(['at 0'])
  expect(alone(book, [...quiet(1), paid('000001', 2, 18)])).toEqual(['at 10'])
})

test('of two payments of one amount that one is alone which does not fit the register’s clock, as it goes for most', () => {
  const book = [rung(0, 38), rung(2, 12), rung(5, 18), rung(7, 21), rung(25, 18)]
  const records = [
    paid('000001', 8, 38),
    paid('000002', 10, 12),
    paid('000003', 6, 18),
    paid('000004', 13, 18),
    paid('000005', 15, 21),
    paid('000006', 33, 18),
  ]
  expect(alone(book, records)).toEqual(['000003'])
  const hoursAgo = [51, 52, 53, 54, 55, 56]
  const far = hoursAgo.map((yuan) => paid(`0008${yuan}`, -300, yuan))
  const unpaid = hoursAgo.map((yuan) => rung(0, yuan))
  const told = alone([...book, ...unpaid], [...far, ...records])
  expect(told.slice(-7)).toEqual([...far.map(({ stan }) => stan), '000003'])
})

test('lists come in any order, and are told oldest first', () => {
  const book = [rung(60, 12), rung(0, 18), rung(30, 38)]
  const records = [paid('000003', 61, 2), paid('000002', 31, 38), paid('000001', 1, 28)]
  expect(alone(book, records)).toEqual(['at 0', 'at 60', '000001', '000003'])
})

test('what went back whole needs no order', () => {
  const records = [
    paid('000001', 1, 58, { refundedMinor: minor(5800) }),
    paid('000002', 90, 58, { kind: 'refund', original: '000001-000001' }),
  ]
  expect(alone([], records)).toEqual([])
  const [sold] = records
  expect(alone([], sold === undefined ? [] : [sold])).toEqual(['000001'])
})

test('what was collected after what was collected counts with the first payment', () => {
  const records = [
    paid('000001', 1, 10),
    paid('000002', 3, 4, { follows: '000001-000001' }),
    paid('000003', 5, 24, { follows: '000001-000002' }),
    paid('000004', 6, 7, { follows: '000001-000099' }),
  ]
  expect(alone([rung(0, 38)], records)).toEqual(['000004'])
})

test('a completed hold is the payment of its order, a voided one is none', () => {
  const records = [
    paid('000001', 1, 58, { kind: 'completion', original: '000001-000009' }),
    paid('000002', 2, 12, { kind: 'completion', closedBy: '000001-000003' }),
    paid('000003', 3, 12, { kind: 'completionVoid', original: '000001-000002' }),
  ]
  expect(alone([rung(0, 58), rung(2, 12)], records)).toEqual(['at 2'])
})

test('a payment at the end of the time is that of its order; a moment later it is another', () => {
  expect(alone([rung(0, 18)], [paid('000001', 15, 18)])).toEqual([])
  expect(alone([rung(0, 18)], [paid('000001', 15.001, 18)])).toHaveLength(2)
})

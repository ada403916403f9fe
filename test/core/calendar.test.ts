/** Dates without a clock. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { civil, hostDateTime, isSameDay, lastSuchDay } from '#core/calendar.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** In China. */
const at = (text: string): number => Date.parse(`${text}+08:00`)

test('any moment has the date that the calendar gives it', () => {
  const moment = fc.integer({ min: Date.UTC(1899, 0, 1), max: Date.UTC(2401, 0, 1) })
  fc.assert(
    fc.property(moment, (ms) => {
      const { year, month, day, time } = civil(ms)
      expect(`${year}-${month}-${day}T${time}`).toBe(new Date(ms).toISOString().slice(0, 19))
    }),
  )
})

test.each([
  '1600-02-29T00:00:00',
  '1900-02-28T23:59:59',
  '1900-03-01T00:00:00',
  '1970-01-01T00:00:00',
  '1999-12-31T23:59:59',
  '2000-02-29T12:30:45',
  '2000-03-01T00:00:00',
  '2100-02-28T23:59:59',
  '2100-03-01T00:00:00',
  '2400-02-29T00:00:00',
  '2024-12-31T09:05:07',
])('the turns of months, leap years and centuries: %s', (text) => {
  const { year, month, day, time } = civil(Date.parse(`${text}Z`))
  expect(`${year}-${month}-${day}T${time}`).toBe(text)
})

test.each([
  ['its own word', '2026-11-21T12:00:00', '1121', '115959', '2026-11-21 11:59:59'],
  ['the year that begins there', '2026-12-31T23:59:00', '0101', '000001', '2027-01-01 00:00:01'],
  ['the year that ends there', '2027-01-01T00:01:00', '1231', '235959', '2026-12-31 23:59:59'],
  ['December in December', '2026-12-31T23:59:00', '1231', '235800', '2026-12-31 23:58:00'],
  ['the first of December', '2026-12-31T12:00:00', '1201', '000000', '2026-12-01 00:00:00'],
  ['the twelfth of January', '2027-01-31T12:00:00', '0112', '000000', '2027-01-12 00:00:00'],
  ['January in January', '2027-01-31T12:00:00', '0101', '000000', '2027-01-01 00:00:00'],
  ['January in November', '2026-11-30T12:00:00', '0101', '000000', '2026-01-01 00:00:00'],
  ['our own clock, without a date', '2026-11-21T12:00:00', '', '115959', '2026-11-21 12:00:00'],
  ['our own clock, without a time', '2026-11-21T12:00:00', '1120', '', '2026-11-21 12:00:00'],
  [
    'our own clock, for a date of five',
    '2026-11-21T12:00:00',
    '11200',
    '115959',
    '2026-11-21 12:00:00',
  ],
  ['our own clock, for letters', '2026-11-21T12:00:00', 'x1120', '115959', '2026-11-21 12:00:00'],
  [
    'our own clock, for a time of seven',
    '2026-11-21T12:00:00',
    '1120',
    '1159590',
    '2026-11-21 12:00:00',
  ],
  [
    'our own clock, for a time in letters',
    '2026-11-21T12:00:00',
    '1120',
    'x115959',
    '2026-11-21 12:00:00',
  ],
  ['our own clock, past midnight in China', '2026-11-22T00:00:00', '', '', '2026-11-22 00:00:00'],
])('of the host’s date: %s', (_what, own, mmdd, hhmmss, told) => {
  expect(hostDateTime(at(own), mmdd, hhmmss)).toBe(told)
})

test.each([
  ['2026-11-21T00:00:00', '2026-11-21T23:59:59', true],
  ['2026-11-21T23:59:59', '2026-11-22T00:00:00', false],
  ['2026-11-21T07:59:59', '2026-11-21T08:00:00', true],
])('%s and %s are one day in China: %s', (one, other, same) => {
  expect(isSameDay(at(one), at(other))).toBe(same)
})

test.each([
  ['today', '1121', '2026-11-21T00:00:00'],
  ['yesterday', '1120', '2026-11-20T00:00:00'],
  ['tomorrow, a year ago', '1122', '2025-11-22T00:00:00'],
  ['the last day of a year', '1231', '2025-12-31T00:00:00'],
  ['no such day', '1131', null],
  ['the last of a February that is years ago', '0229', null],
])('%s was the last %s', (_what, mmdd, midnight) => {
  const found = midnight === null ? null : at(midnight)
  for (const now of ['2026-11-21T00:00:00', '2026-11-21T08:00:00', '2026-11-21T23:59:59'])
    expect(lastSuchDay(mmdd, at(now))).toBe(found)
})

test('a year of leap has a day more, and the same day a year ago is found', () => {
  const found = lastSuchDay('0301', at('2024-02-29T12:00:00'))
  expect(found).toBe(at('2023-03-01T00:00:00'))
  expect(lastSuchDay('0229', at('2025-02-28T12:00:00'))).toBe(at('2024-02-29T00:00:00'))
  expect(lastSuchDay('0229', at('2024-02-29T00:00:00') + 366 * DAY)).toBe(at('2024-02-29T00:00:00'))
  expect(lastSuchDay('0229', at('2024-02-29T00:00:00') + 367 * DAY)).toBeNull()
})

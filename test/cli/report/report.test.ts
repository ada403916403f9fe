import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command, CommanderError } from 'commander'
import { expect, test } from 'vitest'
import { archiveOldest } from '#shell/journal/archive/archive.ts'
import { archiveName } from '#shell/journal/archive/archive-table.ts'
import { registerReport } from '../../../src/cli/report/report.ts'
import { SHORT_DAY } from '../../crash/plan.ts'
import { scratchFolder, tamper, writeDay } from '../../shell/journal/day.ts'

/** The scripted day is 2026-11-21 in China. */
const DAY = '2026-11-21'

function report(...args: string[]): { code: number; out: string[]; err: string[] } {
  const said = { code: 0, out: new Array<string>(), err: new Array<string>() }
  const program = new Command('suretill').exitOverride()
  registerReport(program, {
    out: (line) => said.out.push(line),
    err: (line) => said.err.push(line),
    sharedConfig: fileURLToPath(new URL('../../../config', import.meta.url)),
    locale: 'en',
    nowMs: () => Date.parse(`${DAY}T23:00:00+08:00`),
  })
  try {
    program.parse(['report', ...args], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    said.code = error.exitCode
  }
  return said
}

function dayFolder(): string {
  const folder = scratchFolder()
  writeDay(folder)
  return folder
}

test('the exceptions of a day say in words what was not known and how it ended; a refusal is no exception', () => {
  const { code, out } = report('day', '--data', dayFolder())
  expect(code).toBe(0)
  const told = out.join('\n')
  expect(out[0]).toMatch(/^Exceptions of the day {2}2026-11-21 {2}\d+ lines$/)
  expect(told).toMatch(/Sale {2}64\.00\n {4}Its result was not known for a while; it was not paid/)
  expect(told).toMatch(/Sale {2}19\.00\n {4}Its result was not known for a while; it was not paid/)
  expect(told).toContain('The same payer also paid voucher 000006 within minutes')
  expect(told).not.toContain('120.00')
  expect(told).toContain("Only the shop's own total of the day shows that one is there.")
})

test('the same in Chinese, as JSON, and for a spreadsheet', () => {
  const data = dayFolder()
  expect(report('day', '--data', data, '--lang', 'zh-CN').out.join('\n')).toContain(
    '结果曾一度未知，后确认未付',
  )
  const [line = ''] = report('day', '--data', data, '--json').out
  const json: unknown = JSON.parse(line)
  expect(json).toMatchObject({ day: DAY, gaps: [] })
  expect(line).toContain('"reasons":["unknownNotPaid"]')
  const csv = report('day', '--data', data, '--csv').out
  expect(csv[0]).toBe('time,trace,operator,amount,what,why,reasons')
  expect(csv.some((row) => row.includes(',64.00,Sale,') && row.endsWith('unknownNotPaid'))).toBe(
    true,
  )
})

test('records go out masked: four digits and no hash of a card', () => {
  const data = dayFolder()
  const csv = report('records', '--data', data).out
  expect(csv[0]).toMatch(/^time,batch,trace,kind,outcome,/)
  expect(csv[1]).toMatch(/^2026-11-21 12:\d\d:\d\d,000001,\d{6},sale,approved,00,38\.00,38\.00,/)
  const all = [...csv, ...report('records', '--data', data, '--json').out].join('\n')
  expect(all).toContain('0012')
  expect(all).not.toMatch(/fingerprint|622202|"C1"|\d{13,}/)
})

test('another day is empty, and says so', () => {
  const { code, out } = report('day', '--data', dayFolder(), '--date', '2026-11-20')
  expect(code).toBe(0)
  expect(out).toContain('Nothing unusual is on record for this day.')
})

test.each([['2026-02-30'], ['yesterday'], ['20261121']])(
  '%s is no day: 2 and one sentence',
  (day) => {
    const { code, err } = report('day', '--data', dayFolder(), '--date', day)
    expect([code, err]).toEqual([2, ['Name a day as 2026-11-21.']])
  },
)

test('no journal ends with 2, and what is no journal with 1', () => {
  const data = scratchFolder()
  expect(report('day', '--data', data).code).toBe(2)
  const other = dayFolder()
  tamper(join(other, 'journal.db'), 'DROP TABLE record')
  expect(report('day', '--data', other)).toMatchObject({ code: 1, out: [] })
})

test('a day whose batch lies in an archive reads the same, and without the file the list says what it lacks', () => {
  const data = scratchFolder()
  const file = writeDay(data, [...SHORT_DAY, { do: 'settle' }])
  const before = report('day', '--data', data).out
  const archived = archiveOldest(file, Number.MAX_SAFE_INTEGER)
  if (!archived.ok || archived.moved === null) throw new Error('nothing was archived')
  expect(report('day', '--data', data).out).toEqual(before)
  rmSync(join(data, archiveName(archived.moved)))
  const told = report('day', '--data', data).out.join('\n')
  expect(told).toContain('Part of this day cannot be read (archive-')
  expect(report('records', '--data', data).out.length).toBeGreaterThan(4)
})

test('what another release decided is told as a gap, never decided again', () => {
  const data = dayFolder()
  const file = join(data, 'journal.db')
  tamper(file, 'DELETE FROM checkpoint')
  expect(report('day', '--data', data).out.join('\n')).toContain('decided by another release')
})

test('figures add up what the records hold, and the plots are files that a browser shows', () => {
  const data = dayFolder()
  const folder = join(scratchFolder(), 'plots')
  const { code, out } = report('figures', '--data', data, '--svg', folder)
  expect(code).toBe(0)
  // 38 + 7 + 2 yuan; two sales were taken back and one declined.
  expect(out.join('\n')).toContain('Taken 47.00 (3)')
  for (const name of ['by-hour.svg', 'by-operator.svg']) {
    expect(existsSync(join(folder, name))).toBe(true)
    expect(readFileSync(join(folder, name), 'utf8')).toMatch(/^<svg xmlns=.*<\/svg>\n$/s)
  }
  const [line = ''] = report('figures', '--data', data, '--json').out
  expect(JSON.parse(line)).toMatchObject({ day: DAY, all: { inCount: 3, inMinor: 4700 } })
})

test('the list of the register beside the payments: the planted order and the payment nobody rang up are told, and a list that fits says so', () => {
  const data = dayFolder()
  const [line = ''] = report('records', '--data', data, '--json').out
  const { records }: { records: readonly Record<string, string>[] } = JSON.parse(line)
  const rung = records
    .filter(
      ({ outcome, kind, closedBy }) => outcome === 'approved' && kind === 'sale' && closedBy === '',
    )
    .map(({ paid, time }) => `${time},${paid}`)
  const back = records
    .filter(({ outcome, kind }) => outcome === 'approved' && kind === 'refund')
    .map(({ paid, time }) => `${time},-${paid}`)
  const book = join(data, 'register.csv')
  writeFileSync(book, ['time,amount', ...rung, ...back].join('\n'))
  const fits = report('book', '--data', data, '--book', book)
  expect([fits.code, fits.out[1]]).toEqual([
    0,
    'Every order has its payment, and every payment its order.',
  ])
  const [first = '', ...others] = rung
  const planted = first.replace(/,.*/, ',0.07')
  writeFileSync(book, ['time,amount', planted, ...others, ...back].join('\n'))
  const differs = report('book', '--data', data, '--book', book, '--json')
  expect(differs.code).toBe(1)
  const [told = ''] = differs.out
  expect(JSON.parse(told)).toMatchObject({
    ordersWithoutPayment: [{ amount: '0.07' }],
    paymentsWithoutOrder: [{ amount: first.split(',')[1] }],
  })
  writeFileSync(book, 'time,amount\n12:00,five')
  const wrong = report('book', '--data', data, '--book', book)
  expect([wrong.code, wrong.err.join('')]).toEqual([
    2,
    `${book}, line 2: the amount is none; 38.50 or -12.00 is.`,
  ])
})

test('the reasons of a week by day, with what was written off and what they suggest', () => {
  const data = dayFolder()
  const { code, out } = report('causes', '--data', data)
  expect(code).toBe(0)
  expect(out[0]).toBe('Reasons by day  2026-11-15 – 2026-11-21')
  expect(out[1]).toMatch(/11-15 11-16 11-17 11-18 11-19 11-20 11-21/)
  expect(out.some((row) => /^ +\d+( +·){6} +\d+ {2}/.test(row))).toBe(true)
  expect(out.some((row) => /^Written off \d+\.\d\d$/.test(row))).toBe(true)
  const [line = ''] = report('causes', '--data', data, '--json', '--days', '2').out
  expect(JSON.parse(line)).toMatchObject({
    days: [{ day: '2026-11-20', reasons: [] }, { day: '2026-11-21' }],
  })
})

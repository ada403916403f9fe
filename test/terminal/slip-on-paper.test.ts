import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { openShop } from './shop.ts'

/** What a Chinese sales slip carries, top to bottom (JR/T 0001 chapter 8 and shipped terminals). */
const ELEMENTS = [
  'POS签购单',
  '商户存根',
  'MERCHANT COPY',
  '稳收示范店',
  '898100012345678',
  '10000001',
  '01',
  '622202*********0012 C',
  '消费',
  'SALE',
  '000001',
  '000002',
  /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/,
  'RMB 38.50',
  'A000000333010101',
  'ARQC',
  '免密免签',
  '本人确认以上交易',
  'I ACKNOWLEDGE',
  '400-000-0000',
]

test("the printer's bytes, decoded by the system's own iconv, show the slip element by element", async () => {
  const { rig, cashier, present } = await openShop()
  await cashier().ask('38.5')
  await present('tap', 'debit')
  await cashier().until(
    ({ counter }) =>
      counter.kind === 'result' && counter.slips.every((slip) => slip.state === 'printed'),
    'two slips',
  )
  const raw = Buffer.from(rig.printer.lastTaken())
  const text = execFileSync('iconv', ['-c', '-f', 'GB18030', '-t', 'UTF-8'], {
    input: raw,
    encoding: 'utf8',
  })
  let at = 0
  for (const element of ELEMENTS) {
    const rest = text.slice(at)
    const found = typeof element === 'string' ? rest.indexOf(element) : rest.search(element)
    expect(
      found,
      `${element} after ${JSON.stringify(text.slice(Math.max(0, at - 20), at))}`,
    ).toBeGreaterThanOrEqual(0)
    at += found
  }
  expect(text).not.toMatch(/6222021001110000012/)
  expect(text).toContain('持卡人存根')
})

test('the lines that were printed are counted: a roll too short for another sale is said before the next one, which goes on', async () => {
  const { cashier, present } = await openShop({ config: { 'slips.rollLines': 180 } })
  await cashier().ask('1')
  await present('tap', 'debit')
  await cashier().page('result')
  await cashier().until(({ strip }) => strip.paper === 'nearEnd', 'the estimate after two slips')
  cashier().press('cancel')
  await cashier().page('amount')
  cashier().press('2', 'confirm')
  await cashier().told('paper.low')
  cashier().press('confirm')
  await present('tap', 'debit')
  expect(await cashier().page('result')).toMatchObject({ outcome: 'approved' })
})

import { afterEach, expect, test } from 'vitest'
import { type Probe, startProbe } from './probe.ts'
import { cardSale, codeSale, reversalOf } from './requests.ts'
import type { Fields } from './terminal-side.ts'

let probe: Probe
afterEach(() => probe.stop())

/** One card sale of 900 and its reversal, one of 500, one code sale of 250: 750 in two sales stand. */
async function batchOfTwo(): Promise<void> {
  probe = await startProbe()
  await probe.signOn()
  const undone = cardSale('debit', 900, '000002')
  await probe.ask('0200', undone)
  await probe.ask('0400', reversalOf(undone))
  await probe.ask('0200', cardSale('debit', 500, '000003'))
  await probe.ask('0200', codeSale('281234567890123456', 250, '000004'))
}

const settlement = (debit: string, more: Fields = {}): Fields => ({
  11: '000005',
  48: `${debit}${'0'.repeat(62 - 15)}`,
  49: '156',
  60: '00000001201',
  63: '01 ',
  ...more,
})

test('equal totals are balanced, with no field 39', async () => {
  await batchOfTwo()
  const reply = await probe.ask('0500', settlement('000000000750002'))
  expect([reply.mti, reply.fields[39], reply.fields[48]?.length]).toEqual(['0510', undefined, 62])
  expect([reply.fields[48]?.[30], reply.fields[48]?.[61]]).toEqual(['1', '1'])
})

test.each([
  ['one fen more', '000000000751002'],
  ['one sale less', '000000000750001'],
])('%s than the host has is not balanced', async (_, debit) => {
  await batchOfTwo()
  const reply = await probe.ask('0500', settlement(debit))
  expect(reply.fields[48]?.[30]).toBe('2')
})

test('totals of another length are an error', async () => {
  await batchOfTwo()
  const reply = await probe.ask('0500', settlement('', { 48: '123' }))
  expect([reply.fields[48]?.[30], reply.fields[48]?.[61]]).toEqual(['3', '3'])
})

test('asked again after a power cut, the host gives the same verdict', async () => {
  await batchOfTwo()
  await probe.ask('0500', settlement('000000000750002'))
  await probe.ask('0320', { 11: '000006', 48: '0002', 60: '00000001207' })
  const again = await probe.ask('0500', settlement('000000000750002'))
  expect(again.fields[48]?.[30]).toBe('1')
  expect(probe.acquirer.state().terminals[0]?.batch).toBe('000002')
})

test('after settlement the next batch is taken up from the terminal, and the old one is closed', async () => {
  await batchOfTwo()
  await probe.ask('0500', settlement('000000000750002'))
  const next = cardSale('debit', 100, '000006', { 60: '2200000200060' })
  expect((await probe.ask('0200', next)).fields[39]).toBe('00')
  expect((await probe.ask('0200', cardSale('debit', 100, '000007'))).fields[39]).toBe('77')
})

test('after settlement a sign-on brings the next batch number', async () => {
  await batchOfTwo()
  await probe.ask('0500', settlement('000000000750002'))
  expect((await probe.signOn()).fields[60]).toBe('00000002003')
})

test('a terminal that comes without a batch number gets an unused one', async () => {
  await batchOfTwo()
  const reply = await probe.ask('0800', { 11: '000001', 60: '00000000003', 63: '01 ' })
  expect(reply.fields[60]).toBe('00000002003')
})

test('uploads are acknowledged, and only the end message after totals closes the batch', async () => {
  await batchOfTwo()
  const early = await probe.ask('0320', { 11: '000005', 48: '0002', 60: '00000001207' })
  expect([early.mti, early.fields[39]]).toEqual(['0330', '00'])
  expect(probe.acquirer.state().terminals[0]?.batch).toBe('000001')
})

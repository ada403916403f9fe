import { afterEach, expect, test } from 'vitest'
import { type Probe, startProbe } from './probe.ts'
import { cardSale, codeSale, reversalOf } from './requests.ts'
import type { Fields } from './terminal-side.ts'

let probe: Probe
afterEach(() => probe.stop())

async function signedOn(): Promise<Probe> {
  probe = await startProbe()
  await probe.signOn()
  return probe
}

const SALE = codeSale('131234567890123456', 900, '000002')

async function ask(mti: string, request: Fields): Promise<string | undefined> {
  return (await probe.ask(mti, request)).fields[39]
}

/** What became of `request`? Under a number of its own, the original in 61. */
function questionAbout(request: Fields, stan: string): Fields {
  const { 55: _chip, 59: _code, 2: _pan, 14: _expiry, ...rest } = request
  return { ...rest, 3: '330000', 11: stan, 60: '0300000100060', 61: `000001${request[11]}` }
}

test('a payment that stands is told with its own reference and authorization code', async () => {
  await signedOn()
  const paid = await probe.ask('0200', SALE)
  const told = await probe.ask('0200', questionAbout(SALE, '000003'))
  expect(told.fields[39]).toBe('00')
  expect([told.fields[37], told.fields[38]]).toEqual([paid.fields[37], paid.fields[38]])
  expect(told.fields[11]).toBe('000003')
  expect(probe.acquirer.state().entries).toHaveLength(1)
})

test('refused, taken back and never heard of are told apart', async () => {
  await signedOn()
  probe.acquirer.setFault({ kind: 'decline', code: '51' })
  await ask('0200', SALE)
  expect(await ask('0200', questionAbout(SALE, '000003'))).toBe('51')
  const second = codeSale('131234567890123457', 900, '000004')
  await ask('0200', second)
  await ask('0400', reversalOf(second))
  expect(await ask('0200', questionAbout(second, '000005'))).toBe('22')
  const never = codeSale('131234567890123458', 900, '000099')
  expect(await ask('0200', questionAbout(never, '000006'))).toBe('25')
})

test('a customer who must enter a password: 09 until it is entered, then paid once', async () => {
  await signedOn()
  probe.acquirer.setFault({ kind: 'askPassword', processingCode: '000000' })
  probe.acquirer.setFault({ kind: 'stillPaying', processingCode: '330000' })
  expect(await ask('0200', SALE)).toBe('09')
  expect(probe.acquirer.held()).toBe(0)
  expect(await ask('0200', questionAbout(SALE, '000003'))).toBe('09')
  expect(await ask('0200', questionAbout(SALE, '000004'))).toBe('00')
  expect(await ask('0200', questionAbout(SALE, '000005'))).toBe('00')
  expect(probe.acquirer.held()).toBe(900)
})

test.each([
  ['before the customer pays: it is closed, and no question finds it paid', null, '25', '25', []],
  ['just after the customer paid: it is paid back', 'paidBeforeCancel', '00', '22', ['approved']],
] as const)('a cancel %s', async (_what, fault, answer, word, outcomes) => {
  await signedOn()
  probe.acquirer.setFault({ kind: 'askPassword', processingCode: '000000' })
  await ask('0200', SALE)
  if (fault !== null) probe.acquirer.setFault({ kind: fault, mti: '0400' })
  expect(await ask('0400', reversalOf(SALE))).toBe(answer)
  expect(await ask('0200', questionAbout(SALE, '000003'))).toBe(word)
  expect(probe.acquirer.held()).toBe(0)
  expect(probe.acquirer.state().entries.map(({ outcome }) => outcome)).toEqual(outcomes)
})

test('a payment that waits for its password has spent its code', async () => {
  await signedOn()
  probe.acquirer.setFault({ kind: 'askPassword', processingCode: '000000' })
  await ask('0200', SALE)
  expect(await ask('0200', { ...SALE, 11: '000003' })).toBe('12')
})

test('a card sale asks for no password on a phone', async () => {
  await signedOn()
  probe.acquirer.setFault({ kind: 'askPassword', processingCode: '000000' })
  expect(await ask('0200', cardSale('debit', 900, '000002'))).toBe('00')
})

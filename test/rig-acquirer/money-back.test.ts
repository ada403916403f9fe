import { afterEach, expect, test } from 'vitest'
import { type Probe, startProbe } from './probe.ts'
import { cardSale, codeSale, de4, reversalOf } from './requests.ts'
import { type Fields, MID, type Reply, TID } from './terminal-side.ts'

let probe: Probe
afterEach(() => probe.stop())

async function signedOn(): Promise<Probe> {
  probe = await startProbe()
  await probe.signOn()
  return probe
}

const ask = async (mti: string, request: Fields): Promise<string | undefined> =>
  (await probe.ask(mti, request)).fields[39]

/** A void: no chip data, the original in 61. */
function voidOf(request: Fields, stan: string, more: Fields = {}): Fields {
  const { 55: _chip, 59: _code, ...rest } = request
  const original = `000001${request[11]}`
  return { ...rest, 3: '200000', 11: stan, 60: '2300000100060', 61: original, ...more }
}

function refundOf(original: Reply, request: Fields, amountMinor: number, stan: string): Fields {
  return {
    ...voidOf(request, stan),
    4: de4(amountMinor),
    37: original.fields[37] ?? '',
    60: '2500000100060',
    61: '0000000000000301',
    63: 'CUP',
  }
}

test.each([
  ['card', cardSale('debit', 900, '000002')],
  ['payment code', codeSale('131234567890123456', 900, '000002')],
])('a sale by %s is voided once; the money goes back', async (_, request) => {
  await signedOn()
  await ask('0200', request)
  expect(await ask('0200', voidOf(request, '000003'))).toBe('00')
  expect(probe.acquirer.held()).toBe(0)
  expect(await ask('0200', voidOf(request, '000004'))).toBe('22')
  expect(probe.acquirer.held()).toBe(0)
  expect(probe.acquirer.state().entries[0]).toMatchObject({ voided: true, owedMinor: 900 })
})

test.each<[string, Fields, string]>([
  ['another amount', { 4: de4(901) }, '64'],
  ['an unknown original', { 61: '000001000099' }, '25'],
  ['another card', { 2: '6226221234567896' }, '25'],
])('a void with %s is refused', async (_, change, code) => {
  await signedOn()
  const request = cardSale('debit', 900, '000002')
  await ask('0200', request)
  expect(await ask('0200', voidOf(request, '000003', change))).toBe(code)
  expect(probe.acquirer.held()).toBe(900)
})

test('a reversed void leaves the sale standing', async () => {
  await signedOn()
  const request = cardSale('debit', 900, '000002')
  await ask('0200', request)
  const undo = voidOf(request, '000003')
  await ask('0200', undo)
  expect(await ask('0400', reversalOf(undo))).toBe('00')
  expect(probe.acquirer.held()).toBe(900)
})

test('a sale that was voided cannot be reversed as well: the money goes back once', async () => {
  await signedOn()
  const request = cardSale('debit', 900, '000002')
  await ask('0200', request)
  await ask('0200', voidOf(request, '000003'))
  expect(await ask('0400', reversalOf(request))).toBe('12')
  expect(probe.acquirer.held()).toBe(0)
})

test('a reversal of another kind of transaction finds no original', async () => {
  await signedOn()
  const request = cardSale('debit', 900, '000002')
  await ask('0200', request)
  expect(await ask('0400', { ...reversalOf(request), 3: '200000' })).toBe('25')
  expect(probe.acquirer.held()).toBe(900)
})

test('a sale of a settled batch is refunded, not voided', async () => {
  await signedOn()
  const request = cardSale('debit', 900, '000002')
  const sold = await probe.ask('0200', request)
  await probe.ask('0500', { 11: '000003', 48: '0'.repeat(62), 49: '156', 60: '00000001201' })
  const next = { 60: '2300000200060' }
  expect(await ask('0200', voidOf(request, '000004', next))).toBe('22')
  const back = { ...refundOf(sold, request, 900, '000005'), 60: '2500000200060' }
  expect(await ask('0220', back)).toBe('00')
  expect(probe.acquirer.held()).toBe(0)
})

test('one shop cannot refund the sale of another; a second terminal of the same shop can', async () => {
  const here = { 41: '10000002', 42: MID }
  const elsewhere = { 41: '20000001', 42: '898100099999999' }
  const identity = (numbers: typeof here) => ({ tid: numbers[41], mid: numbers[42] })
  const own = { tid: TID, mid: MID }
  probe = await startProbe({ terminals: [own, identity(here), identity(elsewhere)] })
  await probe.signOn()
  const request = cardSale('debit', 900, '000002')
  const sold = await probe.ask('0200', request)
  await probe.signOn(elsewhere)
  const foreign = { ...refundOf(sold, request, 900, '000002'), ...elsewhere }
  expect(await ask('0220', foreign)).toBe('25')
  await probe.signOn(here)
  expect(await ask('0220', { ...refundOf(sold, request, 900, '000002'), ...here })).toBe('00')
  expect([probe.acquirer.held(TID), probe.acquirer.held(here[41])]).toEqual([900, -900])
})

test('a sale that was refunded in part cannot be reversed as well', async () => {
  await signedOn()
  const request = cardSale('debit', 900, '000002')
  const sold = await probe.ask('0200', request)
  await ask('0220', refundOf(sold, request, 100, '000003'))
  expect(await ask('0400', reversalOf(request))).toBe('12')
  expect(probe.acquirer.held()).toBe(800)
})

test('refunds in parts never exceed the sale', async () => {
  await signedOn()
  const request = cardSale('debit', 900, '000002')
  const sold = await probe.ask('0200', request)
  expect(await ask('0220', refundOf(sold, request, 500, '000003'))).toBe('00')
  expect(await ask('0220', refundOf(sold, request, 401, '000004'))).toBe('64')
  expect(await ask('0220', refundOf(sold, request, 400, '000005'))).toBe('00')
  expect(probe.acquirer.held()).toBe(0)
  expect(probe.acquirer.state().entries[0]).toMatchObject({ refundedMinor: 900 })
})

test('the same refund sent twice is a duplicate and pays once', async () => {
  await signedOn()
  const request = codeSale('281234567890123456', 900, '000002')
  const sold = await probe.ask('0200', request)
  const back = refundOf(sold, request, 300, '000003')
  expect([await ask('0220', back), await ask('0220', back)]).toEqual(['00', '94'])
  expect(probe.acquirer.held()).toBe(600)
})

test('a refund without an original, or after a void, is refused', async () => {
  await signedOn()
  const request = cardSale('debit', 900, '000002')
  const sold = await probe.ask('0200', request)
  const orphan = { ...refundOf(sold, request, 100, '000003'), 37: '999999999999' }
  expect(await ask('0220', orphan)).toBe('25')
  await ask('0200', voidOf(request, '000004'))
  expect(await ask('0220', refundOf(sold, request, 100, '000005'))).toBe('22')
  expect(probe.acquirer.held()).toBe(0)
})

test('a void after a partial refund is refused', async () => {
  await signedOn()
  const request = cardSale('debit', 900, '000002')
  const sold = await probe.ask('0200', request)
  await ask('0220', refundOf(sold, request, 100, '000003'))
  expect(await ask('0200', voidOf(request, '000004'))).toBe('22')
  expect(probe.acquirer.held()).toBe(800)
})

test('a pre-authorization blocks money, its completion takes it, and voids undo each step', async () => {
  await signedOn()
  const hold = {
    ...cardSale('credit', 10_000, '000002'),
    3: '030000',
    25: '06',
    60: '1000000100060',
  }
  const authorized = await probe.ask('0100', hold)
  expect([authorized.mti, authorized.fields[39]]).toEqual(['0110', '00'])
  const available = () =>
    probe.acquirer.state().accounts.find(({ id }) => id === 'credit')?.availableMinor
  expect([probe.acquirer.held(), available()]).toEqual([0, 4_990_000])

  const more = { 25: '06', 38: authorized.fields[38] ?? '', 61: '0000010000020301' }
  const taken = { ...voidOf(hold, '000003', more), 3: '000000', 4: de4(9_000), 60: '2000000100060' }
  expect(await ask('0200', { ...taken, 11: '000010', 4: de4(11_501) })).toBe('61')
  expect(await ask('0200', taken)).toBe('00')
  expect([probe.acquirer.held(), available()]).toEqual([9_000, 4_991_000])
  expect(await ask('0200', { ...taken, 11: '000004' })).toBe('22')

  const untaken = { ...taken, 3: '200000', 11: '000005', 60: '2100000100060', 61: '000001000003' }
  expect(await ask('0200', untaken)).toBe('00')
  expect([probe.acquirer.held(), available()]).toEqual([0, 4_990_000])

  const released = { ...voidOf(hold, '000006', more), 60: '1100000100060' }
  expect(await ask('0100', released)).toBe('00')
  expect(available()).toBe(5_000_000)
})

test('a balance inquiry tells what is available and books nothing', async () => {
  await signedOn()
  const { 4: _amount, ...inquiry } = cardSale('poor', 0, '000002', {
    3: '310000',
    60: '0100000100060',
  })
  const reply = await probe.ask('0200', inquiry)
  expect([reply.fields[39], reply.fields[54]]).toEqual(['00', '1002156C000000000100'])
  expect(probe.acquirer.state().entries).toEqual([])
})

test('a script result is taken when it names a payment and says how its scripts went, and nothing else is', async () => {
  await signedOn()
  await probe.ask('0200', cardSale('debit', 1000, '000002'))
  const told = async (stan: string, about: string, chip: string) => {
    const body = { 3: '000000', 11: stan, 55: chip, 60: '00000001951', 61: about }
    const reply = await probe.ask('0620', body)
    return [reply.mti, reply.fields[39], reply.macGood]
  }
  expect(await told('000003', '0000010000020301', 'DF31052000000001')).toEqual(['0630', '00', true])
  expect(await told('000004', '0000010000090301', 'DF31052000000001')).toEqual(['0630', '25', true])
  expect(await told('000005', '0000010000020301', '9F1A020156')).toEqual(['0630', '30', true])
})

import { afterEach, expect, test } from 'vitest'
import { cardKey, pbocSessionKey, responseCryptogram } from '../rig/acquirer/security/cryptogram.ts'
import { fromHex, toHex } from '../rig/acquirer/wire/hex.ts'
import { readTlv } from '../rig/acquirer/wire/tlv.ts'
import { CARDS, type Probe, pinBlock, startProbe } from './probe.ts'
import { card, cardSale, codeSale, reversalOf } from './requests.ts'

let probe: Probe
afterEach(() => probe.stop())

async function signedOn(options: Parameters<typeof startProbe>[0] = {}): Promise<Probe> {
  probe = await startProbe(options)
  await probe.signOn()
  return probe
}

test('a good card pays: approved with numbers, MAC and ARPC, and the host owes the shop the amount', async () => {
  await signedOn()
  const request = cardSale('debit', 12_345, '000002')
  const { mti, fields, macGood } = await probe.ask('0200', request)

  expect({ mti, code: fields[39], amount: fields[4], stan: fields[11] }).toEqual({
    mti: '0210',
    code: '00',
    amount: '000000012345',
    stan: '000002',
  })
  expect(fields[37]).toMatch(/^030112\d{6}$/)
  expect(fields[38]).toMatch(/^\d{6}$/)
  expect(fields[63]).toBe('CUP交易成功')
  expect(macGood).toBe(true)

  const arqc = readTlv(request[55] ?? '')?.get('9F26') ?? ''
  const key = pbocSessionKey(cardKey(fromHex(CARDS.imk), card('debit').pan, '01'), '0007')
  const arpc = toHex(responseCryptogram(key, fromHex(arqc), '00'))
  expect(readTlv(fields[55] ?? '')?.get('91')).toBe(`${arpc}3030`)

  expect(probe.acquirer.held()).toBe(12_345)
  const account = probe.acquirer.state().accounts.find(({ id }) => id === 'debit')
  expect(account?.balanceMinor).toBe(100_000_000 - 12_345)
})

test.each([
  ['poor', 5_000, '51'],
  ['lost', 5_000, '41'],
  ['debit', 5_000_001, '61'],
  ['debit', 0, '13'],
])('card %s asked for %i fen is declined with %s and nothing is owed', async (id, amount, code) => {
  await signedOn()
  const reply = await probe.ask('0200', cardSale(id, amount, '000002'))
  expect(reply.fields[39]).toBe(code)
  expect(reply.fields[38]).toBeUndefined()
  expect(reply.macGood).toBe(true)
  expect(probe.acquirer.held()).toBe(0)
})

test.each([
  ['a card nobody issued', { 2: '6222020000000000' }, '14'],
  ['a wrong expiry', { 14: '2912' }, '54'],
  ['a forged cryptogram', { 4: '000000000200' }, '30'],
  ['no chip data', { 55: '' }, '30'],
  ['another batch than the host has', { 60: '2200000900060' }, '77'],
  ['a service that does not exist', { 25: '77' }, '40'],
])('%s is declined', async (_, change, code) => {
  await signedOn()
  const request = cardSale('debit', 100, '000002', change)
  const reply = await probe.ask('0200', request)
  expect(reply.fields[39]).toBe(code)
  expect(probe.acquirer.held()).toBe(0)
})

test('one changed bit of the cryptogram is noticed', async () => {
  await signedOn()
  const request = cardSale('debit', 100, '000002')
  const flipped = `${(request[55] ?? '').slice(0, -1)}${request[55]?.endsWith('0') ? '1' : '0'}`
  const reply = await probe.ask('0200', { ...request, 55: flipped })
  expect(reply.fields[39]).toBe('05')
  expect(reply.fields[55]).toBeUndefined()
})

test('a card past its date is declined with 54', async () => {
  const cards = CARDS.cards.map((known) => ({ ...known, expiry: '2602' }))
  await signedOn({ cards: { ...CARDS, cards } })
  const reply = await probe.ask('0200', cardSale('debit', 100, '000002', { 14: '2602' }))
  expect(reply.fields[39]).toBe('54')
})

test('the right PIN is accepted, and clears the count of wrong ones', async () => {
  await signedOn()
  const { pan, pin } = card('debit')
  const withPin = (digits: string, stan: string) =>
    probe.ask(
      '0200',
      cardSale('debit', 100, stan, { 22: '071', 26: '12', 52: pinBlock(probe, digits, pan) }),
    )
  expect((await withPin('000000', '000002')).fields[39]).toBe('55')
  expect((await withPin(pin, '000003')).fields[39]).toBe('00')
  expect(probe.acquirer.state().accounts[0]?.pinTries).toBe(0)
})

test('three wrong PINs block the card, even for the right one', async () => {
  await signedOn()
  const { pan, pin } = card('debit')
  const codes: (string | undefined)[] = []
  for (const [index, digits] of ['000000', '111111', '222222', pin].entries()) {
    const more = { 22: '071', 52: pinBlock(probe, digits, pan) }
    const reply = await probe.ask('0200', cardSale('debit', 100, `00001${index}`, more))
    codes.push(reply.fields[39])
  }
  expect(codes).toEqual(['55', '55', '75', '75'])
})

test('a PIN block under another key is answered with 99: sign on again', async () => {
  await signedOn()
  const more = { 22: '051', 52: '0123456789ABCDEF' }
  const reply = await probe.ask('0200', cardSale('debit', 100, '000002', more))
  expect(reply.fields[39]).toBe('99')
})

test('a chip card that was swiped is asked to be inserted, and accepted as a declared fallback', async () => {
  await signedOn()
  const { pan } = card('debit')
  const swiped = { 22: '022', 35: `${pan}D30122201234567890`, 55: '' }
  const { 55: _chip, ...stripe } = cardSale('debit', 100, '000002', swiped)
  expect((await probe.ask('0200', stripe)).fields[39]).toBe('45')
  const fallback = { ...stripe, 11: '000003', 60: '2200000100052' }
  expect((await probe.ask('0200', fallback)).fields[39]).toBe('00')
})

test('a payment code is taken from the wallet it belongs to, and only once', async () => {
  await signedOn()
  const first = await probe.ask('0200', codeSale('131234567890123456', 880, '000002'))
  const again = await probe.ask('0200', codeSale('131234567890123456', 880, '000003'))
  expect([first.fields[39], again.fields[39]]).toEqual(['00', '12'])
  expect(probe.acquirer.held()).toBe(880)
  const wallet = probe.acquirer.state().accounts.find(({ id }) => id === 'wechat')
  expect(wallet?.balanceMinor).toBe(1_000_000 - 880)
})

test('a code of no wallet is declined, and so is a code field without its frame', async () => {
  await signedOn()
  const unknown = await probe.ask('0200', codeSale('991234567890123456', 880, '000002'))
  const bare = { ...codeSale('281234567890123456', 880, '000003'), 59: '281234567890123456' }
  const unframed = await probe.ask('0200', bare)
  expect([unknown.fields[39], unframed.fields[39]]).toEqual(['14', '30'])
})

test('the same STAN twice in a batch is a duplicate and takes no money again', async () => {
  await signedOn()
  const request = cardSale('debit', 100, '000002')
  await probe.ask('0200', request)
  expect((await probe.ask('0200', request)).fields[39]).toBe('94')
  expect(probe.acquirer.held()).toBe(100)
})

test('a reversal gives the money of an approved sale back, and may be repeated', async () => {
  await signedOn()
  const request = cardSale('debit', 700, '000002')
  await probe.ask('0200', request)
  const first = await probe.ask('0400', reversalOf(request))
  const again = await probe.ask('0400', reversalOf(request))
  expect([first.mti, first.fields[39], again.fields[39]]).toEqual(['0410', '00', '00'])
  expect(first.macGood).toBe(true)
  expect(probe.acquirer.held()).toBe(0)
  const [entry] = probe.acquirer.state().entries
  expect(entry).toMatchObject({ outcome: 'approved', owedMinor: 0, reversedBy: { reason: '98' } })
})

test('a reversal of a sale that never arrived is answered 25, and the sale is refused when it comes late', async () => {
  await signedOn()
  const request = cardSale('debit', 700, '000002')
  expect((await probe.ask('0400', reversalOf(request))).fields[39]).toBe('25')
  expect((await probe.ask('0200', request)).fields[39]).toBe('12')
  expect(probe.acquirer.held()).toBe(0)
})

test('a reversal with another amount moves nothing', async () => {
  await signedOn()
  const request = cardSale('debit', 700, '000002')
  await probe.ask('0200', request)
  const wrong = { ...reversalOf(request), 4: '000000000701' }
  expect((await probe.ask('0400', wrong)).fields[39]).toBe('64')
  expect(probe.acquirer.held()).toBe(700)
})

test('chip data that names the cardholder is not shown', async () => {
  await signedOn()
  const { pan } = card('debit')
  const request = cardSale('debit', 100, '000002')
  await probe.ask('0200', { ...request, 55: `${request[55]}5A0A${pan}F` })
  const [line] = probe.acquirer.state().messages.slice(-2)
  expect(line?.fields['55']).toContain('9F02=000000000100')
  expect(line?.fields['55']).toContain('5A=*')
  expect(JSON.stringify(probe.acquirer.state())).not.toContain(pan)
})

test('card numbers, codes, PIN blocks and keys do not appear in what the host shows', async () => {
  await signedOn()
  const { pan } = card('debit')
  const block = pinBlock(probe, '123456', pan)
  await probe.ask('0200', cardSale('debit', 100, '000002', { 22: '071', 52: block }))
  await probe.ask('0200', codeSale('131234567890123456', 100, '000003'))
  const shown = JSON.stringify(probe.acquirer.state())
  expect(shown).toContain('622202*********0012')
  for (const secret of [pan, '131234567890123456', block]) expect(shown).not.toContain(secret)
})

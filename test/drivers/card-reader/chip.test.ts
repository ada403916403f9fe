import { expect, test } from 'vitest'
import { cardOf, cardRequest, openCounter, textOf } from './counter.ts'
import { expectedCryptogram, issuerAuthentication, objectsOf, sessionKeyOf } from './host.ts'

const DEBIT_PAN = '6222021001110000012'
const SALE_ORDER =
  '9F26 9F27 9F10 9F37 9F36 95 9A 9C 9F02 5F2A 82 9F1A 9F03 9F33 9F34 9F35 9F1E 84 9F09 9F41'

function keyFor(emv: string): Buffer {
  return sessionKeyOf(DEBIT_PAN, '01', new Map(objectsOf(emv)).get('9F36') ?? '')
}

test('an inserted card asks to go online with a cryptogram the issuer can check', async () => {
  const { sim, ask, arena } = await openCounter()
  const { outcome } = await ask()
  sim.insert('debit')
  const card = cardOf(await outcome)
  expect(card).toMatchObject({
    interface: 'chip',
    expiry: '3012',
    serviceCode: '220',
    panSequence: '001',
    verification: 'onlinePin',
    label: 'UICC DEBIT',
    aid: 'A000000333010101',
  })
  expect(textOf(card.pan)).toBe(DEBIT_PAN)
  expect(textOf(card.track2)).toBe(`${DEBIT_PAN}D30122200000000000`)
  expect(arena.used).toBe(2)
  const objects = new Map(objectsOf(card.emv))
  expect(objects.get('9F02')).toBe('000000123450')
  expect(objects.get('9A')).toBe('251121')
  expect(objects.get('9F26')).toBe(expectedCryptogram(keyFor(card.emv), card.emv))
  expect(sim.state().complaints).toEqual([])
})

test('what goes into DE 55 stands in the order of the acquirer and names no cardholder', async () => {
  const { sim, ask } = await openCounter()
  const { outcome } = await ask()
  sim.insert('debit')
  const { emv } = cardOf(await outcome)
  expect(
    objectsOf(emv)
      .map(([tag]) => tag)
      .join(' '),
  ).toBe(SALE_ORDER)
  expect(emv).not.toContain(DEBIT_PAN)
})

test('the host approves with its cryptogram: the card gives a TC', async () => {
  const { reader, sim, ask } = await openCounter()
  const { outcome } = await ask()
  sim.insert('debit')
  const { emv } = cardOf(await outcome)
  const arqc = new Map(objectsOf(emv)).get('9F26') ?? ''
  const issuerData = issuerAuthentication(keyFor(emv), arqc, '00')
  const completion = await reader.complete({ online: true, responseCode: '00', issuerData })
  expect(completion).toMatchObject({ kind: 'completed', approved: true })
  const final = new Map(completion.kind === 'completed' ? objectsOf(completion.emv) : [])
  expect([...final.keys()]).toEqual(['9F26', '9F27', '95', '9B', '9F10', '9F36'])
  expect(final.get('9F27')).toBe('40')
  expect(sim.state()).toMatchObject({ message: 'APPROVED - REMOVE CARD', complaints: [] })
})

test('issuer scripts are run and their result comes back for the script notice', async () => {
  const { reader, sim, ask } = await openCounter()
  const { outcome } = await ask()
  sim.insert('debit')
  await outcome
  const completion = await reader.complete({
    online: true,
    responseCode: '00',
    issuerData: '720D9F180400000007860484240000',
  })
  expect(completion).toMatchObject({ kind: 'completed', approved: true })
  const final = new Map(completion.kind === 'completed' ? objectsOf(completion.emv) : [])
  expect(final.get('DF31')).toBe('2000000007')
})

test.each([
  ['the host approves with a wrong cryptogram', true, '00', '910A00000000000000003030'],
  ['the host declines', true, '51', ''],
  ['no host answers', false, '', ''],
] as const)('%s: the card ends with an AAC', async (_why, online, responseCode, issuerData) => {
  const { reader, sim, ask } = await openCounter()
  const { outcome } = await ask()
  sim.insert('debit')
  await outcome
  const completion = await reader.complete({ online, responseCode, issuerData })
  expect(completion).toMatchObject({ kind: 'completed', approved: false })
})

test('the host approves and the card refuses all the same: not approved', async () => {
  const { reader, sim, ask } = await openCounter()
  sim.applyFault({ kind: 'aacAfterApproval' })
  const { outcome } = await ask()
  sim.insert('debit')
  await outcome
  const completion = await reader.complete({ online: true, responseCode: '00', issuerData: '' })
  expect(completion).toMatchObject({ kind: 'completed', approved: false })
})

test('a card put in before the reader is lit is read when it lights', async () => {
  const { reader, sim, arena } = await openCounter()
  expect(sim.insert('credit')).toBe(true)
  const card = cardOf(await reader.read(cardRequest()))
  expect(textOf(card.pan)).toBe('6226221234567896')
  expect(arena.used).toBe(2)
})

test('the counter of a card grows by one with each transaction', async () => {
  const { sim, ask } = await openCounter()
  const counters: (string | undefined)[] = []
  for (let round = 0; round < 2; round++) {
    const { outcome } = await ask()
    sim.insert('debit')
    counters.push(new Map(objectsOf(cardOf(await outcome).emv)).get('9F36'))
    sim.remove()
  }
  expect(counters).toEqual(['0001', '0002'])
})

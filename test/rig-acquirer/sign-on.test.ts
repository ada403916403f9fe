import { afterEach, expect, test } from 'vitest'
import { desDecrypt } from '../rig/acquirer/security/des.ts'
import { keyCheckValue } from '../rig/acquirer/security/working-keys.ts'
import { fromHex, toHex } from '../rig/acquirer/wire/hex.ts'
import { type Probe, startProbe } from './probe.ts'
import { cardSale } from './requests.ts'
import { MASTER_KEY } from './terminal-side.ts'

let probe: Probe
afterEach(() => probe.stop())

const signOn = (management: string) => ({
  11: '000001',
  60: `00000001${management}`,
  62: toHex(Buffer.from('Sequence No16ST0000000001')),
  63: '01 ',
})

test('sign-on brings clock, batch and two keys whose check values fit', async () => {
  probe = await startProbe()
  const { mti, fields } = await probe.ask('0800', signOn('003'))
  expect(mti).toBe('0810')
  expect(fields).toMatchObject({ 11: '000001', 12: '120000', 13: '0301', 39: '00' })
  expect(fields[60]).toBe('00000001003')
  const keys = fromHex(fields[62] ?? '')
  expect(keys).toHaveLength(40)
  const pinKey = desDecrypt(fromHex(MASTER_KEY), keys.slice(0, 16))
  const macKey = desDecrypt(fromHex(MASTER_KEY), keys.slice(20, 28))
  expect(toHex(keyCheckValue(pinKey))).toBe(toHex(keys.slice(16, 20)))
  expect(toHex(keys.slice(28, 36))).toBe('0000000000000000')
  expect(toHex(keyCheckValue(macKey))).toBe(toHex(keys.slice(36, 40)))
})

test.each([
  ['001', 24],
  ['003', 40],
  ['004', 60],
])('sign-on %s answers with %i bytes of keys', async (management, bytes) => {
  probe = await startProbe()
  const { fields } = await probe.ask('0800', signOn(management))
  expect(fields[62]).toHaveLength(bytes * 2)
})

test('a host set to 16-byte MAC keys sends both halves and checks sales with them', async () => {
  probe = await startProbe({ macKeyBytes: 16 })
  const { fields } = await probe.signOn()
  expect(fields[62]?.slice(56, 72)).not.toBe('0000000000000000')
  expect(probe.keys?.mac).toHaveLength(16)
  const reply = await probe.ask('0200', cardSale('debit', 100, '000002'))
  expect([reply.fields[39], reply.macGood]).toEqual(['00', true])
})

test('an unknown terminal is refused with 97, a known one of another shop with 03', async () => {
  probe = await startProbe()
  const stranger = await probe.ask('0800', { ...signOn('003'), 41: '99999999' })
  const elsewhere = await probe.ask('0800', { ...signOn('003'), 42: '000000000000000' })
  expect([stranger.fields[39], elsewhere.fields[39]]).toEqual(['97', '03'])
  expect(stranger.fields[62]).toBeUndefined()
})

test('without sign-on, and after sign-off, a sale is answered A0', async () => {
  probe = await startProbe()
  expect((await probe.ask('0200', cardSale('debit', 100, '000002'))).fields[39]).toBe('A0')
  await probe.signOn()
  const off = await probe.ask('0820', { 11: '000003', 60: '00000001002' })
  expect([off.mti, off.fields[39]]).toEqual(['0830', '00'])
  expect((await probe.ask('0200', cardSale('debit', 100, '000004'))).fields[39]).toBe('A0')
})

test('a sale with a wrong MAC is answered A0 without a MAC, and takes no money', async () => {
  probe = await startProbe()
  await probe.signOn()
  const bytes = probe.frame('0200', cardSale('debit', 100, '000002'))
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1
  probe.sendRaw(bytes)
  const { fields } = await probe.next()
  expect([fields[39], fields[64]]).toEqual(['A0', undefined])
  expect(probe.acquirer.held()).toBe(0)
})

test('the echo test is answered without a STAN', async () => {
  probe = await startProbe()
  const { mti, fields } = await probe.ask('0820', { 60: '00000001301' })
  expect([mti, fields[39], fields[11]]).toEqual(['0830', '00', undefined])
})

test('requests that arrive byte by byte or glued together are all answered, in order', async () => {
  probe = await startProbe()
  const echo = probe.frame('0820', { 60: '00000001301' })
  for (const byte of echo) probe.sendRaw(Uint8Array.of(byte))
  expect((await probe.next()).mti).toBe('0830')
  const first = probe.frame('0800', signOn('003'))
  probe.sendRaw(Uint8Array.from([...first, ...echo]))
  expect((await probe.next()).mti).toBe('0810')
  expect((await probe.next()).mti).toBe('0830')
})

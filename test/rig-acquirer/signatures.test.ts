/** What the host makes of signatures: kept once for an approved payment, refused by name otherwise. */
import { afterEach, expect, test } from 'vitest'
import { writeInk } from '#shell/api/ink.ts'
import { signaturePicture } from '#shell/signature/picture.ts'
import { toHex } from '../rig/acquirer/wire/hex.ts'
import { type Probe, startProbe } from './probe.ts'
import { cardSale } from './requests.ts'
import type { Fields } from './terminal-side.ts'

let probe: Probe
afterEach(() => probe.stop())

const INK = writeInk([
  [
    [10, 10],
    [120, 80],
    [200, 12],
  ],
])
const PICTURE = toHex(signaturePicture({ code: '3A640F15', ink: INK }))

/** A card sale of 900 that was approved. */
async function sold(): Promise<Fields> {
  probe = await startProbe()
  await probe.signOn()
  const reply = await probe.ask('0200', cardSale('debit', 900, '000002'))
  return {
    4: '000000000900',
    11: '000002',
    37: reply.fields[37] ?? '',
    60: '07000001800',
    62: PICTURE,
  }
}
const code = async (fields: Fields): Promise<string | undefined> =>
  (await probe.ask('0820', fields)).fields[39]

test('a picture is decoded and kept once; again it is known', async () => {
  const signature = await sold()
  expect([await code(signature), await code(signature)]).toEqual(['00', '94'])
  const { signatures } = probe.acquirer.state()
  expect(signatures).toMatchObject([{ stan: '000002', amountMinor: 900, width: 288, packets: 1 }])
})

test('packets are joined, and a beginning that comes twice begins anew', async () => {
  const { 62: _, ...head } = await sold()
  const first = { ...head, 60: '07000001801', 62: PICTURE.slice(0, 200) }
  expect([await code(first), await code(first)]).toEqual(['00', '00'])
  expect(probe.acquirer.state().signatures).toEqual([])
  expect(await code({ ...head, 62: PICTURE.slice(200) })).toBe('00')
  expect(probe.acquirer.state().signatures).toMatchObject([{ packets: 2 }])
})

test.each([
  ['no payment that it knows', { 37: '999999999999' }, '25'],
  ['another amount', { 4: '000000000901' }, '13'],
  ['no picture', { 62: PICTURE.slice(0, -8) }, '30'],
  ['slip elements that are none', { 55: 'FF00FF' }, '30'],
  ['a wrong MAC', { 64: '0011223344556677' }, 'A0'],
])('%s is refused', async (_, wrong, wanted) => {
  expect(await code({ ...(await sold()), ...wrong })).toBe(wanted)
  expect(probe.acquirer.state().signatures).toEqual([])
})

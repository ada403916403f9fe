import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { buildTlv } from '#emv/tlv-build.ts'
import { hex } from '../../crypto/hex-of.ts'
import { cardOf, openCounter } from './counter.ts'

type Published = {
  readonly input: Record<'rid' | 'index' | 'modulus' | 'exponent', string>
  readonly expected: { readonly sha1: string }
}

const PUBLISHED: readonly Published[] = readFileSync('test/vectors/emv-crypto.jsonl', 'utf8')
  .split('\n')
  .filter((line) => line.includes('"emv-capk-checksum"'))
  .map((line) => JSON.parse(line))
const KEYS = PUBLISHED.map((key) => entry(key))
const NAMES = PUBLISHED.map(({ input }) => `${input.rid}/${input.index}`.toUpperCase())

test('every published CA key reaches the reader, which believes each by its hash', async () => {
  const { reader, sim } = await openCounter()
  expect(KEYS.length).toBeGreaterThan(4)
  expect(await reader.holdCaKeys?.(KEYS)).toEqual({ taken: KEYS.length, refused: 0 })
  expect([...sim.caKeys().keys()].toSorted()).toEqual(NAMES.toSorted())
})

test('a key whose hash does not fit, and one that has no name, are refused; the others are taken', async () => {
  const { reader, sim } = await openCounter()
  const spoiled = PUBLISHED.slice(0, 1).map((key) =>
    entry({ ...key, expected: { sha1: '00'.repeat(20) } }),
  )
  const nameless = [buildTlv([{ tag: '9F06', value: hex('A000000333') }])]
  const keys = [...spoiled, ...nameless, ...KEYS.slice(1, 3)]
  expect(await reader.holdCaKeys?.(keys)).toEqual({ taken: 2, refused: 2 })
  expect([...sim.caKeys().keys()].toSorted()).toEqual(NAMES.slice(1, 3).toSorted())
})

test('keys that are being sent do not keep a customer from paying', async () => {
  const { reader, sim, ask } = await openCounter()
  const sent = reader.holdCaKeys?.(KEYS)
  const { outcome } = await ask()
  sim.insert('debit')
  expect(cardOf(await outcome).interface).toBe('chip')
  expect(await sent).toEqual({ taken: KEYS.length, refused: 0 })
})

test('another reader on the same line gets the keys too', async () => {
  const { reader, sim, healthy, sees } = await openCounter()
  await reader.holdCaKeys?.(KEYS)
  sim.unplug()
  await healthy((health) => health.troubles.includes('gone'))
  sim.forgetTables()
  sim.plug()
  await sees(() => sim.caKeys().size === KEYS.length)
  expect([...sim.caKeys().keys()].toSorted()).toEqual(NAMES.toSorted())
})

test('without a reader nothing is taken, and nothing is thrown', async () => {
  const { reader, sim, healthy } = await openCounter()
  sim.unplug()
  await healthy((health) => health.troubles.includes('gone'))
  expect(await reader.holdCaKeys?.(KEYS)).toEqual({ taken: 0, refused: KEYS.length })
})

function entry({ expected, input }: Published): Uint8Array {
  const { exponent, index, modulus, rid } = input
  return buildTlv(
    [
      ['9F06', rid],
      ['9F22', index],
      ['DF02', modulus],
      ['DF04', exponent],
      ['DF03', expected.sha1],
    ].map(([tag = '', value = '']) => ({ tag, value: hex(value) })),
  )
}

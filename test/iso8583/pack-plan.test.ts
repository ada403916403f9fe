/** Writing remembers sets of fields: what it remembers must change nothing but the time. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileFields } from '#iso8583/dialect/compile-fields.ts'
import { layoutOf } from '#iso8583/dialect.ts'
import type { PackInput, PackResult } from '#iso8583/message.ts'
import { packMessage } from '#iso8583/pack.ts'
import { createPackPlans } from '#iso8583/quick/pack-plan.ts'
import { messageOf } from './any-message.ts'
import { SHIPPED, shippedDialect } from './dialects.ts'

function packer(name: string, plans = createPackPlans()) {
  const { spec, join } = shippedDialect(name)
  const layout = { ...layoutOf(spec, compileFields(spec)), plans }
  return (input: PackInput): PackResult => packMessage(layout, { ...input, join })
}

/** Never remembers anything. */
const FORGETFUL = { find: () => null, keep: () => {} }

test.each(SHIPPED)('%s: messages in any order are written as if each were the first', (name) => {
  const remembering = packer(name)
  const forgetful = packer(name, FORGETFUL)
  fc.assert(
    fc.property(messageOf(name), (message) => {
      const first = remembering(message)
      expect(remembering(message)).toEqual(first)
      expect(forgetful(message)).toEqual(first)
    }),
    { numRuns: 60 },
  )
})

test('a field more, less, unknown or empty is noticed after the same set without it was written', () => {
  const pack = packer('unionpay-pos')
  const hex = (fields: PackInput['fields']): string => {
    const packed = pack({ mti: '0800', fields })
    return packed.ok ? Buffer.from(packed.bytes).toString('hex') : JSON.stringify(packed.error)
  }
  const echo = { '11': '000001', '41': '12345678' }
  const bytes = hex(echo)
  expect(hex(echo)).toBe(bytes)
  expect(hex({ ...echo, '39': '00' })).toBe('080000200000028000000000013030' + '3132333435363738')
  expect(hex({ '11': '000001' })).toBe('08000020000000000000000001')
  expect(hex({ ...echo, '65': 'x' })).toContain('"code":"unknownField","path":["65"]')
  expect(hex({ ...echo, x: 'x' })).toContain('"code":"unknownField","path":["x"]')
  expect(hex({ '11': '000001', x: '12345678' })).toContain('"path":["x"]')
  expect(hex(JSON.parse('{"11":"000001","41":null}'))).toContain('"code":"value","path":["41"]')
  expect(hex({ '41': '12345678', '11': '000001' })).toBe(bytes)
})

test('chip data of any length is written as spelled, and one wrong digit anywhere is refused', () => {
  const pack = packer('unionpay-pos')
  for (const length of [20, 21, 145, 512, 513, 999]) {
    const chip = 'A5'.repeat(length)
    const packed = pack({ mti: '0200', fields: { '55': chip } })
    expect(packed.ok && Buffer.from(packed.bytes.subarray(12)).toString('hex')).toBe(
      chip.toLowerCase(),
    )
    for (const wrong of ['g', 'a', ' ', 'é', '中', '\ud83d']) {
      for (const at of [0, length, length * 2 - 1]) {
        const value = chip.slice(0, at) + wrong + chip.slice(at + 1)
        expect(pack({ mti: '0200', fields: { '55': value } })).toMatchObject({
          error: { code: 'alphabet', path: ['55'] },
        })
      }
    }
  }
})

test('more sets of fields than are remembered are still written right', () => {
  const pack = packer('unionpay-pos')
  const values: Readonly<Record<string, string>> = {
    '3': '000000',
    '4': '000000000001',
    '11': '000001',
    '12': '101010',
    '13': '1122',
    '25': '00',
  }
  const names = Object.keys(values)
  for (let round = 0; round < 2; round += 1) {
    for (let set = 1; set < 2 ** names.length; set += 1) {
      const chosen = names.filter((_, bit) => (set & (1 << bit)) !== 0)
      const fields = Object.fromEntries(chosen.map((name) => [name, values[name] ?? '']))
      const packed = pack({ mti: '0200', fields })
      const body = chosen.map((name) => values[name]).join('')
      expect(packed.ok && Buffer.from(packed.bytes.subarray(10)).toString('hex')).toBe(body)
    }
  }
})

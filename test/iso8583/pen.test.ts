/** Most messages are written at one go. What comes out must be what writing field by field gives, byte for byte, and so must every refusal. */
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { compileFields } from '#iso8583/dialect/compile-fields.ts'
import { layoutOf } from '#iso8583/dialect.ts'
import type { MessageLayout } from '#iso8583/layout.ts'
import type { PackInput, PackResult } from '#iso8583/message.ts'
import { packMessage } from '#iso8583/pack.ts'
import { createMemory } from '#iso8583/quick/memory.ts'
import { messageOf } from './any-message.ts'
import { messageBytes, readVectors, SHIPPED, shippedDialect } from './dialects.ts'

type Packer = (input: PackInput) => PackResult

function packer(name: string, changed: Partial<MessageLayout> = {}): Packer {
  const { spec, join } = shippedDialect(name)
  const layout = { ...layoutOf(spec, compileFields(spec)), ...changed }
  return (input) => packMessage(layout, { ...input, join })
}

function bothWays(name: string): readonly [Packer, Packer] {
  return [packer(name), packer(name, { pen: () => null })]
}

test.each(SHIPPED)('%s: any message is written alike both ways', (name) => {
  const [quick, careful] = bothWays(name)
  fc.assert(
    fc.property(messageOf(name), (message) => {
      expect(quick(message)).toEqual(careful(message))
    }),
    { numRuns: 100 },
  )
})

const WRONG = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.stringMatching(/^[0-9A-Fa-f=]{0,40}$/),
  fc.uint8Array({ maxLength: 40 }),
)

test.each(SHIPPED)('%s: whatever else a field is given is written or refused alike', (name) => {
  const [quick, careful] = bothWays(name)
  fc.assert(
    fc.property(messageOf(name), fc.nat(), WRONG, (message, which, value) => {
      const keys = Object.keys(message.fields)
      const key = keys[which % keys.length] ?? '11'
      const wrong = { ...message, fields: { ...message.fields, [key]: value } }
      expect(quick(wrong)).toEqual(careful(wrong))
    }),
    { numRuns: 300 },
  )
})

test('the quick way takes every published message but those with Chinese text', () => {
  for (const vector of readVectors()) {
    const { spec, unpack } = shippedDialect(vector.dialect)
    const layout = layoutOf(spec, compileFields(spec))
    const pen = vi.fn<typeof layout.pen>(layout.pen)
    const read = unpack(messageBytes(vector))
    if (!read.ok) throw new Error(read.error.code)
    const { fields, mti } = read.message
    packer(vector.dialect, { pen })({ mti, fields })
    const isPlain = Object.values(fields).every((value) => /^[\0-\u007F]*$/.test(value))
    expect([fields, pen.mock.results[0]?.value !== null]).toEqual([fields, isPlain])
  }
})

const CHIP = '9F2608112233445566778895050000000800'.repeat(4)

test('nothing of a message stays where its characters were laid out', () => {
  const encoded = vi.spyOn(TextEncoder.prototype, 'encodeInto')
  const pack = packer('unionpay-pos')
  expect(pack({ mti: '0200', fields: { 2: '6222021001112345', 55: CHIP } }).ok).toBe(true)
  const rooms = encoded.mock.calls.map(([, room]) => room)
  encoded.mockRestore()
  expect(rooms).toHaveLength(1)
  expect([...new Set(rooms[0])]).toEqual([0])
})

test('nothing of a message that is refused stays in memory', () => {
  const given: Uint8Array[] = []
  const memory = createMemory()
  const pack = packer('unionpay-pos', {
    memory(count) {
      const bytes = memory(count)
      given.push(bytes)
      return bytes
    },
  })
  const fields = { 2: '6222021001112345', 55: `${CHIP}GG` }
  expect(pack({ mti: '0200', fields })).toMatchObject({ error: { path: ['55'] } })
  expect(given.length).toBeGreaterThan(0)
  expect(new Set(given.flatMap((bytes) => [...bytes]))).toEqual(new Set([0]))
})

/** Messages are written into memory that they share, and none of them may touch another. */
import { expect, test } from 'vitest'
import { createMemory } from '#iso8583/quick/memory.ts'
import { shippedDialect } from './dialects.ts'

test('every piece is empty, as long as it was asked for, and keeps what was written into it', () => {
  const memory = createMemory()
  const pieces = Array.from({ length: 200 }, (_, index) => {
    const bytes = memory((index * 37) % 1100)
    expect([...bytes].filter((byte) => byte !== 0)).toEqual([])
    expect(bytes).toHaveLength((index * 37) % 1100)
    return bytes.fill(index + 1)
  })
  for (const [index, bytes] of pieces.entries()) {
    expect([...new Set(bytes)]).toEqual(bytes.length === 0 ? [] : [(index + 1) & 0xff])
  }
})

test('messages share some, and a large one has its own', () => {
  const memory = createMemory()
  const [one, two, large] = [memory(100), memory(100), memory(5000)]
  expect(one.buffer).toBe(two.buffer)
  expect(large.buffer.byteLength).toBe(5000)
})

test('a piece is filled to its end before the next one is taken', () => {
  const memory = createMemory()
  const [first, ...others] = Array.from({ length: 9 }, () => memory(1024))
  const last = others.pop()
  expect(others.map(({ buffer }) => buffer === first?.buffer)).toEqual(others.map(() => true))
  expect(last?.buffer).not.toBe(first?.buffer)
})

test('a message that is wiped takes nothing of its neighbours with it', () => {
  const dialect = shippedDialect('unionpay-pos')
  const written = ['100', '200', '300'].map((sum) => {
    const packed = dialect.pack({ mti: '0200', fields: { 4: sum.padStart(12, '0'), 11: '000001' } })
    if (!packed.ok) throw new Error(packed.error.code)
    return packed.bytes
  })
  written[1]?.fill(0)
  const sums = written.map((bytes) => {
    const read = dialect.unpack(bytes)
    return read.ok ? read.message.fields['4'] : read.error.code
  })
  expect([sums[0], sums[2]]).toEqual(['000000000100', '000000000300'])
  expect(sums[1]).not.toContain('200')
})

test('memory that somebody gave away whole is not used again', () => {
  const memory = createMemory()
  const { buffer } = memory(10)
  structuredClone(buffer, { transfer: [buffer] })
  expect(memory(10)).toHaveLength(10)
})

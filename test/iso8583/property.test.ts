/** Every dialect, any message: what is packed is read back; cut or damaged bytes give a typed error or another message, never a throw. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAX_MESSAGE_BYTES } from '#iso8583/unpack.ts'
import { messageOf } from './any-message.ts'
import { messageBytes, plain, readVectors, SHIPPED, shippedDialect } from './dialects.ts'

/** Two hex digits of either case mean the same bytes, so such a flip alone may change nothing. */
function onlyCaseDiffers(before: Uint8Array, after: Uint8Array): boolean {
  const upper = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1').toUpperCase()
  return upper(before) === upper(after)
}

describe.each(SHIPPED)('%s', (name) => {
  const dialect = shippedDialect(name)

  test('what is packed is read back, and packs to the same bytes again', () => {
    fc.assert(
      fc.property(messageOf(name), (message) => {
        const packed = dialect.pack(message)
        if (!packed.ok) throw new Error(JSON.stringify(packed.error))
        const read = dialect.unpack(packed.bytes)
        expect(read.ok ? plain(read.message) : read.error).toEqual({ ...message, bytes: {} })
        const again = read.ok ? dialect.pack(read.message) : packed
        expect(again).toEqual(packed)
      }),
      { numRuns: 150 },
    )
  })

  test('values given and taken as bytes are the same as text', () => {
    fc.assert(
      fc.property(messageOf(name), (message) => {
        const packed = dialect.pack(message)
        if (!packed.ok) throw new Error(JSON.stringify(packed.error))
        const read = dialect.unpack(packed.bytes, { asBytes: Object.keys(message.fields) })
        if (!read.ok) throw new Error(JSON.stringify(read.error))
        expect(read.message.fields).toEqual({})
        expect(dialect.pack({ mti: message.mti, fields: read.message.bytes })).toEqual(packed)
      }),
      { numRuns: 60 },
    )
  })

  test('a message cut anywhere is refused', () => {
    fc.assert(
      fc.property(messageOf(name), (message) => {
        const packed = dialect.pack(message)
        if (!packed.ok) throw new Error(JSON.stringify(packed.error))
        for (let end = 0; end < packed.bytes.length; end++) {
          const read = dialect.unpack(packed.bytes.subarray(0, end))
          expect(read.ok ? 'accepted' : read.error.code).toBe('truncated')
        }
      }),
      { numRuns: 8 },
    )
  })

  test('bytes behind the message are refused', () => {
    const packed = dialect.pack({ mti: '0800', fields: {} })
    const longer = packed.ok ? Uint8Array.of(...packed.bytes, 0x30, 0x30) : new Uint8Array(0)
    const read = dialect.unpack(longer)
    expect(read.ok ? null : read.error).toMatchObject({ code: 'leftover', need: 0, have: 2 })
  })

  test('any bytes at all give an outcome', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const read = dialect.unpack(bytes)
        expect(read.ok || read.error.offset <= bytes.length).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

test.each(readVectors().map((vector, line) => ({ ...vector, line: line + 1 })))(
  'every single flipped bit of message $line gives an error or another message',
  (vector) => {
    const dialect = shippedDialect(vector.dialect)
    const bytes = Uint8Array.from(messageBytes(vector))
    const original = dialect.unpack(bytes)
    if (!original.ok) throw new Error(JSON.stringify(original.error))
    const before = JSON.stringify(plain(original.message))
    let same = 0
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const damaged = bytes.slice()
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const read = dialect.unpack(damaged)
      if (read.ok && JSON.stringify(plain(read.message)) === before) {
        if (!onlyCaseDiffers(bytes, damaged)) same++
      }
    }
    expect(same).toBe(0)
  },
)

test('a message larger than the limit is refused before it is looked at', () => {
  const read = shippedDialect('iso87-ascii').unpack(new Uint8Array(MAX_MESSAGE_BYTES + 1))
  expect(read.ok ? null : read.error).toEqual({
    code: 'limit',
    path: [],
    offset: 0,
    need: MAX_MESSAGE_BYTES,
    have: MAX_MESSAGE_BYTES + 1,
  })
})

/** Published messages: every field read as published, and written back byte for byte. */
import { expect, test } from 'vitest'
import { messageBytes, plain, readVectors, shippedDialect } from './dialects.ts'

const vectors = readVectors().map((vector, line) => ({ ...vector, line: line + 1 }))

/**
 * Fields on the wire for which the source gives no value. In the 1993 BCD sample the source wrote the letters EFGH into field 56, a digit
 * field there: what stands on the wire is 5678.
 */
const UNPUBLISHED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'github:jpos/jPOS ISO93BPackager.bin + ISO93.xml': { '56': '5678' },
}

test.each(vectors)('message $line from $source reads as published', (vector) => {
  const read = shippedDialect(vector.dialect).unpack(messageBytes(vector))
  expect(read.ok ? plain(read.message) : read.error).toEqual({
    mti: vector.mti,
    fields: { ...vector.expected, ...UNPUBLISHED[vector.source] },
    bytes: {},
  })
})

test.each(vectors)('message $line from $source is written back byte for byte', (vector) => {
  const packed = shippedDialect(vector.dialect).pack({
    mti: vector.mti,
    fields: { ...vector.expected, ...UNPUBLISHED[vector.source] },
  })
  expect(packed.ok ? Buffer.from(packed.bytes).toString('hex') : packed.error).toBe(
    Buffer.from(messageBytes(vector)).toString('hex'),
  )
})

test('the known answers cover every shipped dialect that has published messages', () => {
  expect([...new Set(vectors.map((vector) => vector.dialect))].sort()).toEqual([
    'cups-interchange',
    'iso87-ascii',
    'iso87-bcd',
    'iso93-ascii',
    'iso93-bcd',
    'unionpay-pos',
    'unionpay-pos-48ans',
    'unionpay-pos-vfwz',
  ])
})

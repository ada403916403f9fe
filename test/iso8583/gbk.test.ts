/** Chinese texts: every character that the platform knows. */
import { expect, test } from 'vitest'
import type { FieldSpec } from '#iso8583/dialect/dialect-spec.ts'
import { HEAD, one } from './one-field.ts'

test('every two-byte GBK character of the platform is read and written as the platform reads it', () => {
  const decoder = new TextDecoder('gbk', { fatal: true })
  const field: FieldSpec = { format: 'ans2', charset: 'gbk' }
  const dialect = one(field)
  let characters = 0
  let wrong = 0
  const twins: string[] = []
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const bytes = Uint8Array.of(...Buffer.from(HEAD, 'hex'), lead, trail)
      const read = dialect.unpack(bytes)
      let expected: string | null = null
      try {
        expected = decoder.decode(bytes.subarray(10))
      } catch {
        // No character: then it must be refused here as well.
      }
      characters += expected === null ? 0 : 1
      if ((read.ok ? read.message.fields['2'] : null) !== expected) wrong++
      else if (read.ok) {
        const packed = dialect.pack(read.message)
        if (!packed.ok) wrong++
        else if (Buffer.compare(packed.bytes, bytes) !== 0)
          twins.push(lead.toString(16) + trail.toString(16))
      }
    }
  }
  expect(wrong).toBe(0)
  // The ideographic space has two codes; A1A1 is written.
  expect(twins).toEqual(['a3a0'])
  expect(characters).toBeGreaterThan(21_000)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isSound } from '#core/till/wish.ts'
import { readReference, readWish } from '#shell/till/read-wish.ts'

const line = fc.record({
  name: fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })),
  quantity: fc.oneof(fc.integer(), fc.double()),
  amountMinor: fc.oneof(fc.integer(), fc.double()),
})
const nearlyAnOrder = fc.record(
  {
    reference: fc.oneof(fc.stringMatching(/^[A-Za-z0-9._-]{0,40}$/), fc.string()),
    kind: fc.constantFrom('sale', 'refund', 'void'),
    of: fc.string({ maxLength: 40 }),
    amountMinor: fc.oneof(fc.integer(), fc.double(), fc.maxSafeInteger()),
    lines: fc.array(line, { maxLength: 70 }),
  },
  { requiredKeys: ['reference', 'amountMinor'] },
)

test('whatever a till sends is an order within every limit, or is refused with the place that is wrong', () => {
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), nearlyAnOrder), (data) => {
      const read = readWish(data)
      const isFit = read.ok
        ? isSound(read.wish) || read.wish.of === read.wish.reference
        : read.place !== '' && read.wanted !== ''
      expect(isFit).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('an order as the protocol describes it is read as it was sent', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[A-Za-z0-9._-]{1,32}$/),
      fc.integer({ min: 1, max: 999_999_999_999 }),
      (reference, amountMinor) => {
        expect(readWish({ reference, amountMinor })).toEqual({
          ok: true,
          wish: { reference, amountMinor, kind: 'sale', of: '', lines: [] },
        })
        expect(readReference(reference)).toBe(reference)
      },
    ),
  )
})

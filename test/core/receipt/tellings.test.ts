/** What is said of a slip is true of its money. */
import { expect, test } from 'vitest'
import type { SlipType } from '#core/receipt/slip.ts'
import { slipTelling } from '#core/receipt/tellings.ts'

test.each<[SlipType, string]>([
  ['sale', 'slip.owed'],
  ['completion', 'slip.owed'],
  ['void', 'slip.owed.out'],
  ['refund', 'slip.owed.out'],
  ['completionVoid', 'slip.owed.out'],
  ['preAuth', 'slip.owed.hold'],
  ['preAuthVoid', 'slip.owed.release'],
  ['settlement', 'slip.owed.batch'],
  ['incident', 'slip.owed.incident'],
  ['notPaid', 'slip.owed.notPaid'],
  ['test', 'slip.owed.test'],
])('of a slip of %s: %s', (type, key) => {
  expect(slipTelling('slip.owed', type, { trace: '000012' })).toEqual({
    key,
    params: { trace: '000012' },
  })
})

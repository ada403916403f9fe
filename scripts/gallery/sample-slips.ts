/** One slip of each kind that a customer or a shop can get. Test card numbers only. */
import { minor } from '#core/money.ts'
import type { Slip, SlipOriginal } from '#core/receipt/slip.ts'
import { codeSlip, facts, slip, tapSlip } from '../../test/shell/receipt/slips.ts'

const ORIGINAL: SlipOriginal = {
  trace: '000011',
  reference: '112120300987',
  authCode: '612345',
  date: '2026-11-21',
}

export const SAMPLE_SLIPS: readonly { readonly name: string; readonly slip: Slip }[] = [
  { name: 'sale-chip-signed', slip: slip() },
  { name: 'sale-tap-no-pin', slip: tapSlip() },
  { name: 'sale-code', slip: codeSlip() },
  { name: 'sale-reprinted', slip: slip({ mark: { kind: 'reprint', number: 1 } }) },
  { name: 'void', slip: slip({ facts: facts({ type: 'void', original: ORIGINAL }) }) },
  {
    name: 'refund',
    slip: slip({ facts: facts({ type: 'refund', original: ORIGINAL, amountMinor: minor(3850) }) }),
  },
  { name: 'pre-auth', slip: slip({ facts: facts({ type: 'preAuth' }) }) },
  { name: 'printed-late', slip: { ...codeSlip(), mark: { kind: 'late' } } },
  { name: 'drill', slip: slip({ drill: true }) },
]

/** One slip of each kind that a customer or a shop can get. Test card numbers only. */
import { minor } from '#core/money.ts'
import type { Slip } from '#core/receipt/slip.ts'
import { codeSlip, facts, slip, tapSlip } from '../../test/shell/receipt/slips.ts'

export const SAMPLE_SLIPS: readonly { readonly name: string; readonly slip: Slip }[] = [
  { name: 'sale-chip-signed', slip: slip() },
  { name: 'sale-tap-no-pin', slip: tapSlip() },
  { name: 'sale-code', slip: codeSlip() },
  { name: 'sale-reprinted', slip: slip({ mark: { kind: 'reprint', number: 1 } }) },
  { name: 'void', slip: slip({ facts: facts({ type: 'void' }) }) },
  { name: 'refund', slip: slip({ facts: facts({ type: 'refund', amountMinor: minor(3850) }) }) },
  { name: 'drill', slip: slip({ drill: true }) },
]

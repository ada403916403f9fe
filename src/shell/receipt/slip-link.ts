/** The address of a customer's slip: numbers that name the payment, and a token that only terminal and shop can make. No card data. */
import { createHmac } from 'node:crypto'
import type { SlipFacts } from '#core/receipt/slip.ts'
import type { TerminalState } from '#core/terminal/state.ts'

export type SlipLink = { readonly url: string; readonly secret: string }

/** 128 bits: not to be guessed, and short enough for a code that a phone reads. */
const TOKEN_BYTES = 16

/** Of the payment on the result page; null on any other page, of what was not approved, and in a drill. */
export function slipLinkOf({ recent, setup, step }: TerminalState, link: SlipLink): string | null {
  if (setup.drill || step.kind !== 'result' || step.outcome !== 'approved') return null
  const slip = recent.find(({ id }) => id === step.record)?.slip ?? null
  return slip === null ? null : fillIn(slip, link)
}

/** `token`: base64url of the first 16 bytes of HMAC-SHA256 over terminal, merchant, batch, trace, reference, amount and date, parted by `|`. */
function fillIn(slip: SlipFacts, { secret, url }: SlipLink): string {
  const named = {
    terminal: slip.terminalNumber,
    merchant: slip.merchantNumber,
    batch: slip.batch,
    trace: slip.trace,
    reference: slip.reference,
    amount: String(slip.amountMinor),
    date: slip.dateTime.slice(0, 10),
  }
  const digest = createHmac('sha256', secret).update(Object.values(named).join('|')).digest()
  const token = digest.subarray(0, TOKEN_BYTES).toString('base64url')
  return Object.entries({ ...named, token }).reduce(
    (filled, [name, value]) => filled.replaceAll(`{${name}}`, encodeURIComponent(value)),
    url,
  )
}

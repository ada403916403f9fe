/** Is what was read the shop's own receive code, or one of somebody else? Asked only of what is no payment code, so that none becomes text. */
import type { EventBody } from '#core/terminal/event.ts'
import { judgePayee } from '#qr/payee.ts'

type Payee = Pick<Extract<EventBody, { type: 'codeRefused' }>, 'payee'>

/** Classes that take money or lead to where it is taken; an unknown link may be either, and is never called harmless. */
const ASKS_FOR_MONEY = /^(PAYEE_CODE_|AGGREGATE_URL$|UNKNOWN_URL$|CONTACT_CARD$)/

/** `why`: the class that the reading was refused under. `references`: the configured codes, whole. */
export function payeeIn(
  references: readonly string[],
  { bytes, why }: { readonly bytes: Uint8Array; readonly why: string },
): Payee {
  if (references.length === 0) return {}
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  if (references.some((reference) => judgePayee(text, reference).verdict === 'match'))
    return { payee: 'own' }
  return ASKS_FOR_MONEY.test(why) ? { payee: 'foreign' } : {}
}

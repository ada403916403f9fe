/** A host that approves only a part, DE 39 = 10: half of what was asked is booked, and DE 4 of the answer says so. */
import { type Answer, amountOf, CODE_APPROVED, type Exchange } from '../host/exchange.ts'

const CODE_APPROVED_IN_PART = '10'

/** The same request on books that write down half of it. */
export function bookingHalf(exchange: Exchange): Exchange {
  const { ledger } = exchange
  const book: typeof ledger.book = (entry) =>
    ledger.book({ ...entry, amountMinor: halfOf(entry.amountMinor) })
  return { ...exchange, ledger: { ...ledger, book } }
}

/** What stands in an approval of half; a refusal stays as it is. */
export function answeringHalf(exchange: Exchange, answer: Answer): Answer {
  if (answer.code !== CODE_APPROVED) return answer
  const half = String(halfOf(amountOf(exchange.request) ?? 0)).padStart(12, '0')
  const fields = new Map([...(answer.fields ?? []), [4, half], [38, exchange.authCode]] as const)
  return { code: CODE_APPROVED_IN_PART, fields }
}

function halfOf(amountMinor: number): number {
  return Math.floor(amountMinor / 2)
}

/** Which record a slip or a bill under the scanner stands for. Nothing but numbers that are on paper already is looked at. */
import { readSlipCode, slipCodeOf } from '#core/receipt/slip-code.ts'
import type { EventBody } from '#core/terminal/event.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { codeRange } from '#qr/reading.ts'

export type RecordsByProof = {
  /** By `<batch>-<stan>`; null when there is none. */
  readonly recordById: (id: string) => TransactionRecord | null
  /** Newest first, those whose text holds this number of digits; at most a few. */
  readonly recordsHolding: (digits: string) => readonly TransactionRecord[]
}

/** What was refused as a payment code, looked at once more: a slip of ours or a bill names its record; anything else stays as it is. */
export function proofIn(
  records: RecordsByProof,
  { why, bytes }: { readonly why: string; readonly bytes: Uint8Array },
): Pick<Extract<EventBody, { type: 'codeRefused' }>, 'why' | 'record' | 'slip'> {
  const { start, end } = codeRange(bytes)
  if (end - start > LONGEST_PROOF) return { why }
  const text = new TextDecoder('latin1').decode(bytes.subarray(start, end))
  const slip = readSlipCode(text)
  if (slip !== null) {
    const record = recordOfSlip(records, text)
    return { why: 'SLIP_CODE', record, ...(record === null ? { slip } : {}) }
  }
  return why === 'TRANSACTION_ID' ? { why, record: recordOfBill(records, text) } : { why }
}

/** Numbers of bills have at most 32 digits (config/code-classes.yaml); a bound of our own, so that no long text is made of bytes. */
const LONGEST_PROOF = 64

/** Null: no record, or one whose reference is another: then the slip is of another terminal. */
function recordOfSlip(records: RecordsByProof, code: string): TransactionRecord | null {
  const numbers = readSlipCode(code)
  if (numbers === null) return null
  const record = records.recordById(`${numbers.batch}-${numbers.trace}`)
  const slip = record?.slip ?? null
  return slip !== null && slipCodeOf(slip) === code ? record : null
}

/**
 * The number of a wallet's bill, or the shop's own order number on it: the payment that names it in what the host said (DE 37, DE 63), or in
 * the till's reference. A refund quotes the same numbers as its original, so the oldest is meant.
 */
function recordOfBill(records: RecordsByProof, number: string): TransactionRecord | null {
  const holding = records.recordsHolding(number).filter((record) => names(record, number))
  return holding.findLast(({ outcome }) => outcome === 'approved') ?? null
}

function names({ reference, slip, tillReference }: TransactionRecord, number: string): boolean {
  const whole = new RegExp(`(?<![0-9])${number}(?![0-9])`)
  return [reference, tillReference ?? '', ...(slip?.remarks ?? [])].some((text) => whole.test(text))
}

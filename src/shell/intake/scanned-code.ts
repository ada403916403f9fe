/** A reading of the scanner becomes an event: what it is, offline and before any network. Its digits go into the arena or nowhere. */
import type { ScanReading } from '#core/ports/qr-scanner.ts'
import type { SecretArena } from '#core/ports/secret.ts'
import type { EventBody } from '#core/terminal/event.ts'
import { classifyCustomerCodeBytes } from '#qr/classify.ts'
import type { CodeTable } from '#qr/code-table.ts'
import type { CodeSource } from '#qr/verdict.ts'
import type { Custody } from '../custody/custody.ts'
import { proofIn, type RecordsByProof } from './find-proof.ts'
import { payeeIn } from './own-payee.ts'

export type CodeIntake = {
  readonly table: CodeTable
  readonly arena: SecretArena
  readonly custody: Custody
  /** Keyed hash of a payment code, so that a second use is known without keeping the code. */
  readonly fingerprint: (bytes: Uint8Array) => string
  readonly records: RecordsByProof
  /** The shop's own receive codes. */
  readonly payees: readonly string[]
}

/** Digits that were keyed in where no scanner reads the phone: no card number may pass for a code, and nothing else is looked up. Zeroes them. */
export function typedCode(intake: CodeIntake, digits: Uint8Array): EventBody {
  const judged = scannedCode(
    { ...intake, payees: [], records: NO_RECORDS },
    { bytes: digits, symbology: '' },
    'keypad',
  )
  return judged.type === 'codeAccepted' ||
    judged.type === 'codeDoubted' ||
    judged.type === 'codeRefused'
    ? { ...judged, typed: true }
    : judged
}

const NO_RECORDS: RecordsByProof = { recordById: () => null, recordsHolding: () => [] }

/** Zeroes the bytes of the reading. */
export function scannedCode(
  intake: CodeIntake,
  { bytes }: ScanReading,
  source: CodeSource = 'scanner',
): EventBody {
  try {
    const verdict = classifyCustomerCodeBytes(bytes, intake.table, { source })
    if (verdict.asCustomerCode === 'reject' || verdict.range === null || verdict.channel === null) {
      const why = verdict.rejectReason ?? 'NOT_A_PAYMENT_CODE'
      return {
        type: 'codeRefused',
        digits: bytes.length,
        fingerprint: intake.fingerprint(bytes),
        ...payeeIn(intake.payees, { why, bytes }),
        ...proofIn(intake.records, { why, bytes }),
      }
    }
    // A consumer-presented EMV code carries a token and a cryptogram and goes online like a chip; hosts of DE 59 do not take it.
    if (verdict.class === 'cpm')
      return {
        type: 'codeRefused',
        why: 'CARD_CODE',
        digits: bytes.length,
        fingerprint: intake.fingerprint(bytes),
      }
    const digits = bytes.slice(verdict.range.start, verdict.range.end)
    const fingerprint = intake.fingerprint(digits)
    const secret = intake.arena.put('paymentCode', digits)
    const handle = intake.custody.keep({ kind: 'code', code: secret })
    const code = { handle, channel: verdict.channel, masked: secret.masked, fingerprint }
    return verdict.asCustomerCode === 'confirm'
      ? { type: 'codeDoubted', code, why: verdict.rejectReason ?? '' }
      : { type: 'codeAccepted', code }
  } finally {
    bytes.fill(0)
  }
}

/** A reading of the scanner becomes an event: what it is, offline and before any network. Its digits go into the arena or nowhere. */
import type { ScanReading } from '#core/ports/qr-scanner.ts'
import type { SecretArena } from '#core/ports/secret.ts'
import type { EventBody } from '#core/terminal/event.ts'
import { classifyCustomerCodeBytes } from '#qr/classify.ts'
import type { CodeTable } from '#qr/code-table.ts'
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

export function scannedCode(intake: CodeIntake, reading: ScanReading): EventBody {
  const { bytes } = reading
  try {
    const verdict = classifyCustomerCodeBytes(bytes, intake.table)
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

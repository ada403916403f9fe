/**
 * A signature on its way to the acquirer (0820 with 60.1 = 07). The payment is final without it, so nothing waits for
 * it; but whoever disputes the payment is answered with it, so it leaves the list by the acquirer's word or by that of a person, never by
 * itself.
 */
import type { SlipFacts } from '../receipt/slip.ts'

/** Absent from the setup: the acquirer takes none. */
export type UploadRules = {
  /** Answered otherwise, or not at all, so often, and a person is asked. */
  readonly tries: number
  /** Until the second try; each further one doubles it, up to `UPLOAD_PAUSE_MOST_MS`. */
  readonly retryMs: number
  /** DE 39 values that say "it is here": 00, and 94 for one that had come before. */
  readonly accepted: readonly string[]
  /** True: DE 11 is a number of its own. False: that of the payment. */
  readonly ownStan: boolean
}

export type SignatureUpload = {
  /** Id of the record that was signed for. */
  readonly record: string
  /** DE 11, the same at every try. */
  readonly stan: string
  /** DE 15 of the approval, empty when it named none. */
  readonly settlementDate: string
  /** The merchant's copy as it was printed: its elements go along, its `signature` holds code and lines. */
  readonly facts: SlipFacts
  /** Times it left and was not taken. */
  readonly tries: number
  /** Times it could not leave, or was not taken: each makes the pause longer. */
  readonly pauses: number
  /** Wall time before which it is not tried again; 0: at once. */
  readonly notBefore: number
  /** It is not tried any more: DE 39 of the last answer, empty when none came. Absent: it is. */
  readonly givenUp?: { readonly code: string }
  /** Copies with the signature that were asked for since. */
  readonly reprints: number
}

/** Signatures kept until they are there: each is a few hundred bytes of a state that is written often. Beyond it customers sign on paper. */
export const UPLOADS_LIMIT = 20
export const UPLOAD_PAUSE_MOST_MS = 600_000

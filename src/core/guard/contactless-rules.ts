/** Up to which amount a tap needs neither PIN nor signature: what the technician wrote and what the acquirer sent, whichever is stricter. */
import { type MinorUnits, minor } from '../money.ts'

/** The acquirer's own limits in minor units; null where it said nothing. */
export type ContactlessRules = {
  readonly noPinMinor: MinorUnits | null
  readonly noSignatureMinor: MinorUnits | null
}

/** What the setup of a terminal says of taps. */
type Limits = {
  readonly limits: { readonly contactlessNoPinMinor: MinorUnits }
  readonly contactless?: ContactlessRules
}

/**
 * A tap above this asks for a PIN. The smaller of both: a PIN too many costs seconds, one too few leaves the shop with a payment that
 * nobody vouches for; and a download carries no MAC, so whoever forges one must not be able to raise anything.
 */
export function noPinLimit({ contactless, limits }: Limits): MinorUnits {
  return smaller(limits.contactlessNoPinMinor, contactless?.noPinMinor)
}

/** A tap above this is signed for. Without a limit of its own a signature goes with the PIN. */
export function noSignatureLimit(setup: Limits): MinorUnits {
  return smaller(noPinLimit(setup), setup.contactless?.noSignatureMinor)
}

function smaller(own: MinorUnits, sent: MinorUnits | null | undefined): MinorUnits {
  return sent === null || sent === undefined ? own : minor(Math.min(own, sent))
}

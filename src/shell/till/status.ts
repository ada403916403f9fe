/** The number that goes with each refusal, on whatever line it is said: those of HTTP. */
import type { TillError } from './told.ts'

export const STATUS: Readonly<Record<TillError, number>> = {
  unusable: 400,
  linesDoNotAddUp: 400,
  amountZero: 400,
  amountTooLarge: 400,
  notJson: 400,
  garbled: 400,
  wrongSecret: 401,
  notAllowed: 403,
  noSuchPath: 404,
  originalUnknown: 404,
  referenceTaken: 409,
  tooLateToWithdraw: 409,
  busy: 409,
  nobodySignedIn: 409,
  printerFirst: 409,
  signaturesFirst: 409,
  refundNotAllowed: 409,
  tooLarge: 413,
  tooFast: 429,
  outOfService: 503,
}

/** The `amountGuard` section of `terminal.yaml`: how unusual an amount must be before more than a confirmation is asked. */
import { z } from 'zod'

const thousandths = z.int().min(0).max(200)

/**
 * Defaults are a band (0.5 to 99 of a hundred past sales are usual; about one honest sale in sixty is keyed
 * twice), a measurement on model shops. Zeros switch the questions off; the confirmation itself cannot be switched off: `pageFor` says
 * whether a usual amount is confirmed where it was typed (digits and one key) or on a page of its own like every other.
 */
export const amountGuardSection = z
  .strictObject({
    enoughSales: z.int().min(20).max(2000).default(100),
    unusualBelow: thousandths.default(5),
    unusualAbove: thousandths.default(10),
    edgeBelow: thousandths.default(20),
    edgeAbove: thousandths.default(30),
    unknownBelow: thousandths.default(5),
    secondPersonAboveMinor: z.int().min(1).max(999_999_999_999).nullable().default(null),
    askRightAboveMinor: z.int().min(0).max(999_999_999_999).nullable().default(null),
    lookMs: z.int().min(0).max(5000).default(800),
    pageFor: z.enum(['every', 'unusual']).default('unusual'),
  })
  .prefault({})

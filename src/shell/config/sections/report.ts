/** `report` of `terminal.yaml`: what the end of a day asks for and shows. */
import { z } from 'zod'

export const reportSection = z
  .strictObject({
    /** A supervisor keys the shop's own total of a batch (cash register, order book) before it is closed. */
    shopTotal: z.boolean().default(false),
    /** How often each reason stands on the list of exceptions, on the slip of the closed batch. */
    exceptionsOnSlip: z.boolean().default(false),
    /** One payer twice within this time is an exception; 0: never. */
    samePayerWithinMs: z.int().min(0).max(3_600_000).default(600_000),
    /** A supervisor looks at each refund and void of a batch before it is closed. */
    reviewRefunds: z.boolean().default(false),
  })
  .prefault({})

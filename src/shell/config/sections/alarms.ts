/** `alarms` of `terminal.yaml`: what a supervisor is told while it happens. 0 anywhere: never. */
import { z } from 'zod'

export const alarmsSection = z
  .strictObject({
    /** Refunds and voids by one person within `withinMinutes`. */
    refunds: z.int().min(0).max(20).default(4),
    /** Onto one card, or to one payer, within `withinMinutes`. */
    sameCard: z.int().min(0).max(20).default(3),
    withinMinutes: z.int().min(1).max(1440).default(60),
    /** Codes that are none to charge, within ten minutes. */
    wrongCodes: z.int().min(0).max(50).default(5),
    /** Of a hundred reads so many that could not be read. */
    garbledPercent: z.int().min(0).max(100).default(30),
    /** Each time so many lines were printed: about 20 km of paper at the usual 4 mm a line; heads are sold for 50 to 100 km. */
    printerLines: z.int().min(0).max(100_000_000).default(5_000_000),
  })
  .prefault({})

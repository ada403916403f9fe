/** `updates` of `terminal.yaml`: when the terminal may go over to another release, and how long that one has to get ready. */
import { z } from 'zod'

const timeOfDay = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'hh:mm in quotes')

export const updatesSection = z
  .strictObject({
    /** Outside of business hours, local time; may pass midnight. */
    between: z
      .strictObject({ from: timeOfDay, to: timeOfDay })
      .default({ from: '02:00', to: '05:00' }),
    /** From the start to ready, with the devices that answered before; then it is marked good. */
    readyWithinMs: z.int().min(5000).max(600_000).default(120_000),
  })
  .prefault({})

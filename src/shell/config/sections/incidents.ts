/** `incidents` of `terminal.yaml`: what cannot be mended at once stands on the open list until somebody closes it. */
import { z } from 'zod'

export const incidentsSection = z
  .strictObject({
    /** After so many days it is called late. */
    dueDays: z.int().min(1).max(90).default(7),
  })
  .prefault({})

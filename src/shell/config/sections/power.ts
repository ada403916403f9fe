/** `power` of `terminal.yaml`: how a terminal on a battery behaves. On a machine without one nothing of it matters. */
import { z } from 'zod'

const percent = z.int().min(0).max(100)

export const powerSection = z
  .strictObject({
    /** At or below this it is said, on the strip and before the customer presents. */
    warnPercent: percent.default(15),
    /** Below this nothing new is begun; what is owed still leaves. */
    stopPercent: percent.default(5),
    /** Where the kernel tells of batteries. */
    folder: z.string().min(1).max(200).default('/sys/class/power_supply'),
    lookEveryMs: z.int().min(100).max(600_000).default(30_000),
  })
  .prefault({})

/** `care` of `terminal.yaml`: what somebody who looks after many terminals may want to know of this one, and how long its log is kept. */
import { z } from 'zod'

export const careSection = z
  .strictObject({
    /** A certificate that ends within so many days is a standing trouble: a new one takes weeks to get. */
    certificateDays: z.int().min(1).max(365).default(30),
    /** A fault stands on the counter when `suretill doctor` was not run for so many days; 0: nobody asks. */
    checkDays: z.int().min(0).max(400).default(0),
    log: z
      .strictObject({
        /** `info` tells every exchange with the host; `warning` and `error` only what somebody should look at. */
        level: z.enum(['error', 'warning', 'info']).default('info'),
        fileMegabytes: z.int().min(1).max(256).default(8),
        /** Full files that are kept beside the one that is written. */
        files: z.int().min(1).max(20).default(1),
        keepDays: z.int().min(1).max(400).default(90),
      })
      .prefault({}),
    /** Figures for Prometheus on 127.0.0.1; absent: no such door. */
    metrics: z
      .strictObject({
        /** 0 takes any free port. */
        port: z.int().min(0).max(65_535),
      })
      .optional(),
  })
  .prefault({})

/** The `journal` section of `terminal.yaml`: how long events stay where, and where their copies go. */
import { z } from 'zod'

const days = z.int().min(1).max(3650)

/** Times are the shop's own: China has one zone. */
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "'03:30', in quotes")

/**
 * Three months stay at hand and twelve in all (PCI DSS 10.5.1 wants as much of an audit log). A hold may stand for thirty days, and a refund
 * needs its original: nothing younger may go.
 */
export const journalSection = z
  .strictObject({
    archiveAfterDays: days.default(92),
    keepDays: days.min(31).default(400),
    /** The whole journal is read through so often, while nobody is served; 0: on command alone. */
    checkEveryHours: z.int().min(0).max(744).default(24),
    backup: z
      .strictObject({
        folder: z.string().min(1),
        /** Its first line is the key. */
        keyFile: z.string().min(1),
        afterBatch: z.boolean().default(true),
        at: z.array(timeOfDay).max(24).default([]),
        keep: z.int().min(1).max(365).default(14),
      })
      .optional(),
  })
  .refine(({ archiveAfterDays, keepDays }) => archiveAfterDays <= keepDays, {
    message: 'keepDays cannot be less than archiveAfterDays',
    path: ['keepDays'],
  })
  .prefault({})

/** `screens` of `terminal.yaml`: where the pages are served, and how they look and sound. */
import { z } from 'zod'

const timeOfDay = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'hh:mm in quotes')

export const screensSection = z.strictObject({
  host: z.string(),
  port: z.int().min(0).max(65_535),
  benchOrigin: z.string().optional(),
  /** `byClock` is dark from 18:00 to 06:00. It never changes in the middle of a sale. */
  theme: z.enum(['light', 'dark', 'contrast', 'byClock']).default('light'),
  /** Between these two times of the day the screens make no sound but warnings, and those softly. */
  quietHours: z.strictObject({ from: timeOfDay, to: timeOfDay }).optional(),
  /** Of tones and voice, in percent; 0 is silence at all hours. */
  volume: z.int().min(0).max(100).default(100),
  /** Amounts and outcomes are spoken in the language of the counter. */
  voice: z.boolean().default(true),
})

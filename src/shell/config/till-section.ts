/** `till` of `terminal.yaml`: the door for the program at the till. Absent: there is none. */
import { z } from 'zod'

/** 128 bits as hex digits at least: a till does not type it. */
const secret = z
  .string()
  .regex(/^[0-9A-Za-z]{32,64}$/, '32 to 64 letters or digits in quotes')
  .meta({ secret: true })

export const tillSection = z
  .strictObject({
    /** 0 takes any free port. */
    port: z.int().min(0).max(65_535),
    secret,
    /** The till's lines on the slip, under its reference. */
    linesOnSlip: z.boolean().default(true),
  })
  .optional()

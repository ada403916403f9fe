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
    /** The same door on a serial cable; left out: there is none. */
    serial: z
      .strictObject({
        path: z.string().regex(/^\/dev\/[ -~]{1,120}$/, '/dev/…'),
        baudRate: z.int().min(1200).max(921_600).default(115_200),
      })
      .optional(),
    /** The till's lines on the slip, under its reference. */
    linesOnSlip: z.boolean().default(true),
  })
  .optional()

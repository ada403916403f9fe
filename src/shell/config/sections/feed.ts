/** `feed` of `terminal.yaml`: who is told what happens here. Absent: nobody. */
import { z } from 'zod'

const secret = z
  .string()
  .regex(/^[0-9A-Za-z]{32,64}$/, '32 to 64 letters or digits in quotes')
  .meta({ secret: true })

/** What is told goes in the clear only where it does not leave this machine. */
const url = z
  .string()
  .max(200)
  .regex(
    /^(https:\/\/[^\s@#]+|http:\/\/(127\.0\.0\.1|localhost)(:[0-9]{1,5})?(\/[^\s@#]*)?)$/,
    'https://…, or http://127.0.0.1…',
  )

export const feedSection = z
  .strictObject({
    /** Server-sent events on 127.0.0.1; 0 takes any free port. */
    stream: z.strictObject({ port: z.int().min(0).max(65_535), secret }).optional(),
    /** Posted to this address, signed with the secret. */
    hook: z.strictObject({ url, secret }).optional(),
  })
  .optional()

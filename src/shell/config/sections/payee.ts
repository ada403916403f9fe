/** `payee` of `terminal.yaml`: the shop's own receive codes, as they stand on its stickers. */
import { z } from 'zod'
import { isMpmText, parseMpm } from '#qr/mpm.ts'

/** ISO/IEC 18004 holds more; receive codes in the field are below 512 bytes (EMVCo MPM 3.1). */
const LONGEST = 512
const STICKERS_MOST = 8

const reference = z
  .string()
  .min(8)
  .max(LONGEST)
  .refine((text) => !isMpmText(text) || parseMpm(text).ok, 'a whole receive code')

export const payeeSection = z.strictObject({
  references: z.array(reference).min(1).max(STICKERS_MOST),
  /** The sticker is looked at on the first sign-in of a day. */
  daily: z.boolean().default(true),
  /** A code with the amount, made for each sale by a service of the acquirer. None is known to this terminal, so none is shown. */
  dynamic: z.literal('none').default('none'),
})

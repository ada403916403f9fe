/**
 * The `acquirer.signatureUpload` part of `terminal.yaml`: how a signature from the screen goes to the acquirer. Message and codes are those
 * of one terminal application in the field (0820, 60.1 = 07, 60.3 = 800, MAC, 00 and 94 accepted, three tries); every one of them is to be
 * asked for.
 */
import { z } from 'zod'

const code = z.string().regex(/^[0-9A-Z]{2}$/, 'two digits or letters in quotes (DE 39)')
const management = z.string().regex(/^[0-9]{3}$/, '3 digits in quotes (60.3)')

export const signatureUploadSection = z.strictObject({
  type: z
    .string()
    .regex(/^[0-9]{2}$/, '2 digits in quotes (60.1)')
    .default('07'),
  management: management.default('800'),
  moreManagement: management.default('801'),
  packetBytes: z.int().min(500).max(999).default(999),
  stan: z.enum(['original', 'own']).default('original'),
  mac: z.boolean().default(true),
  slipElements: z.boolean().default(true),
  currencyTag: z.enum(['FF0A', 'FF09', 'none']).default('FF0A'),
  accepted: z.array(code).min(1).max(16).default(['00', '94']),
  /** 0: the acquirer takes no signatures; they stay on paper and in the journal. */
  tries: z.int().min(0).max(20).default(0),
  retryAfterMs: z.int().min(100).max(600_000).default(30_000),
})

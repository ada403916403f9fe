/** Reads the laboratory's cards and wallets (cards.yaml) into what the host needs to know of them. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

const amountMinor = z.number().int().nonnegative()

const cardSchema = z.object({
  id: z.string(),
  pan: z.string().regex(/^\d{12,19}$/),
  panSequence: z.string().regex(/^\d{2}$/),
  expiry: z.string().regex(/^\d{4}$/),
  serviceCode: z.string().regex(/^\d{3}$/),
  pin: z.string().regex(/^\d{4,12}$/),
  /** `active`, `lost`, `stolen` or `restricted`. */
  status: z.string(),
  balanceMinor: amountMinor,
})

const walletSchema = z.object({
  id: z.string(),
  prefix: z.string().regex(/^\d{2}$/),
  length: z.number().int(),
  balanceMinor: amountMinor,
})

const fileSchema = z.object({
  imk: z.string().regex(/^[0-9A-F]{32}$/),
  cards: z.array(cardSchema),
  wallets: z.array(walletSchema),
})

/** Cards, wallets and the issuer master key (hex) by which cryptograms are checked. Amounts in fen. */
export type Cards = z.infer<typeof fileSchema>

/** Reads and checks the file at `path`. Throws with the place and reason when it cannot be used. */
export function readCards(path: string): Cards {
  return fileSchema.parse(parse(readFileSync(path, 'utf8')))
}

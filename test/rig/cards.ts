/** Reads the laboratory's cards and wallets, checked, for the simulators, the bench and the acquirer. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

const name = z.strictObject({ 'zh-CN': z.string().min(1), en: z.string().min(1) })

const card = z.strictObject({
  id: z.string().min(1),
  name,
  pan: z.string().regex(/^[0-9]{12,19}$/),
  panSequence: z.string().regex(/^[0-9]{2}$/),
  /** `YYMM`. */
  expiry: z.string().regex(/^[0-9]{2}(0[1-9]|1[0-2])$/),
  serviceCode: z.string().regex(/^[0-9]{3}$/),
  pin: z.string().regex(/^[0-9]{4,12}$/),
  interfaces: z.array(z.enum(['chip', 'contactless', 'stripe'])).min(1),
  aid: z.string().regex(/^([0-9A-F]{2}){0,16}$/),
  label: z.string().max(16),
  deviceVerified: z.boolean(),
  status: z.string().min(1),
  balanceMinor: z.int().min(0),
})

const cardSet = z.strictObject({
  /** Issuer master key of the application cryptogram, 32 hex digits. */
  imk: z.string().regex(/^[0-9A-F]{32}$/),
  cards: z.array(card).min(1),
  wallets: z.array(
    z.strictObject({
      id: z.string().min(1),
      name,
      prefix: z.string().regex(/^[0-9]+$/),
      length: z.int().min(16).max(24),
      balanceMinor: z.int().min(0),
    }),
  ),
  wrongCodes: z.array(z.strictObject({ id: z.string().min(1), name, text: z.string().min(1) })),
})

export type TestCard = z.infer<typeof card>
export type CardSet = z.infer<typeof cardSet>

/** Throws with the place and reason when the file is not what it should be, or two cards share an id. */
export function loadCards(file: string): CardSet {
  const set = cardSet.parse(parse(readFileSync(file, 'utf8')))
  const ids = new Set(set.cards.map(({ id }) => id))
  if (ids.size !== set.cards.length) throw new Error(`${file}: two cards have the same id`)
  return set
}

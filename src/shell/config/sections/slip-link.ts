/**
 * `slips.link` of `terminal.yaml`: where a customer finds the slip on a phone. The terminal has no place of its own on the internet, so shop or
 * acquirer name theirs; it is filled in here, shown as a code on the customer's screen, and never fetched.
 */
import { z } from 'zod'

/** What may stand in braces: nothing of a card is among it. */
const LINK_PARTS = [
  'terminal',
  'merchant',
  'batch',
  'trace',
  'reference',
  'amount',
  'date',
  'token',
] as const
const PART = /\{([^{}]*)\}/g
const isPart = (name: string): boolean => LINK_PARTS.some((part) => part === name)

export const slipLinkSection = z.strictObject({
  url: z
    .string()
    .max(150)
    .regex(/^https:\/\/[!-~]+$/, 'https://… without blanks')
    .regex(/^[^|;\\~]*$/, 'no | ; \\ or ~')
    .refine((url) => [...url.matchAll(PART)].every(([, name = '']) => isPart(name)), {
      message: `only ${LINK_PARTS.join(', ')} in braces`,
    })
    .refine((url) => url.includes('{token}'), {
      message: '{token} is missing: without it anybody could count through slips',
    }),
  secret: z
    .string()
    .regex(/^[0-9A-Za-z]{32,64}$/, '32 to 64 letters or digits in quotes')
    .meta({ secret: true }),
})

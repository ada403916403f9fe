/** From the bytes of a till to what the core may see: every field checked, every length limited, nothing kept that was not asked for. */
import { z } from 'zod'
import { AMOUNT_CEILING_MINOR, minorUnits } from '#core/money.ts'
import {
  LINE_NAME_LIMIT,
  LINES_LIMIT,
  QUANTITY_LIMIT,
  REFERENCE,
  type TillWish,
} from '#core/till/wish.ts'

/** Characters that a slip or a screen would obey instead of showing: control, direction and line signs. */
const OBEYED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/u
const LINE_FAULT = `at most ${LINE_NAME_LIMIT} characters, none of them a control character`

const reference = z.string().regex(REFERENCE, '1 to 32 letters, digits, dots, dashes, underscores')

const wishSchema = z.strictObject({
  reference,
  kind: z.enum(['sale', 'refund']).default('sale'),
  of: reference.optional(),
  amountMinor: z.int().min(1).max(AMOUNT_CEILING_MINOR),
  lines: z
    .array(
      z.strictObject({
        name: z
          .string()
          .refine((name) => name.trim() !== '' && name.length <= LINE_NAME_LIMIT, LINE_FAULT)
          .refine((name) => !OBEYED.test(name), LINE_FAULT),
        quantity: z.int().min(1).max(QUANTITY_LIMIT).default(1),
        amountMinor: z.int().min(-AMOUNT_CEILING_MINOR).max(AMOUNT_CEILING_MINOR),
      }),
    )
    .max(LINES_LIMIT)
    .default([]),
})

export type ReadWish =
  | { readonly ok: true; readonly wish: TillWish }
  /** Which place of the message, and what is wanted there. Never quotes what was sent. */
  | { readonly ok: false; readonly place: string; readonly wanted: string }

/** `data` is the parsed JSON of an order. Never throws. */
export function readWish(data: unknown): ReadWish {
  const checked = wishSchema.safeParse(data)
  if (!checked.success) {
    const [issue] = checked.error.issues
    const place = issue === undefined || issue.path.length === 0 ? 'order' : issue.path.join('.')
    return { ok: false, place, wanted: issue?.message ?? 'an order' }
  }
  const { amountMinor, kind, of, ...rest } = checked.data
  const amount = minorUnits(amountMinor)
  if (amount === null) return { ok: false, place: 'amountMinor', wanted: 'whole minor units' }
  if (kind === 'refund' && of === undefined)
    return { ok: false, place: 'of', wanted: 'the reference of the order that was paid' }
  if (kind === 'sale' && of !== undefined)
    return { ok: false, place: 'of', wanted: 'nothing: only a refund names another order' }
  return { ok: true, wish: { ...rest, kind, of: of ?? '', amountMinor: amount } }
}

/** Null for a text that is no reference. */
export function readReference(text: string): string | null {
  return REFERENCE.test(text) ? text : null
}

/** `drills.yaml`: the situations of a drill as data. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Situation } from '#core/drill/exercise.ts'
import { minor } from '#core/money.ts'
import { parsedBefore } from '../config/parsed-before.ts'

/** Nobody sits through more. */
const SITUATIONS_MOST = 40

const text = z.string().min(1).max(80)
const task = {
  id: z.string().regex(/^[a-z0-9-]{1,32}$/),
  task: z.strictObject({ 'zh-CN': text, en: text }),
}
/** Amounts that the built-in host refuses or leaves without an answer cannot be charged. */
const amountMinor = z
  .int()
  .min(1)
  .max(99_999_999)
  .refine((amount) => amount % 100 !== 51 && amount % 100 !== 98, 'not ending in 51 or 98')
  .transform((amount) => minor(amount))

const situation = z.discriminatedUnion('kind', [
  z.strictObject({ ...task, kind: z.literal('charge'), amountMinor }),
  z.strictObject({ ...task, kind: z.literal('judge'), isPayment: z.boolean() }),
  z.strictObject({
    ...task,
    kind: z.literal('type'),
    transaction: z.enum(['preAuth', 'sale']),
    amountMinor,
  }),
  z.strictObject({
    ...task,
    kind: z.literal('refund'),
    amountMinor,
    which: z.union([z.literal(1), z.literal(2)]),
  }),
  z.strictObject({ ...task, kind: z.literal('paper'), amountMinor }),
])

const file = z.strictObject({
  version: z.literal(1),
  situations: z
    .array(situation)
    .min(1)
    .max(SITUATIONS_MOST)
    .refine(
      (all) => new Set(all.map(({ id }) => id)).size === all.length,
      'two situations have one id',
    ),
})

export type LoadedSituations =
  | { readonly ok: true; readonly situations: readonly Situation[] }
  /** One sentence for the technician; the terminal works without exercises. */
  | { readonly ok: false; readonly sentence: string }

/** Never throws. */
export function loadSituations(path: string): LoadedSituations {
  try {
    const text = readFileSync(path, 'utf8')
    const says = parsedBefore(path, text) ?? parse(text, { maxAliasCount: 0 })
    const checked = file.safeParse(says)
    if (checked.success) return { ok: true, situations: checked.data.situations }
    const [issue] = checked.error.issues
    const place = issue?.path.join('.') ?? 'the file'
    return { ok: false, sentence: `${path} is wrong at ${place}: ${issue?.message ?? ''}.` }
  } catch (cause) {
    const detail = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : 'unreadable'
    return { ok: false, sentence: `${path} cannot be read: ${detail}.` }
  }
}

/** What comes over the socket is unknown until this file has looked at it: one JSON object, every field bounded. */
import { z } from 'zod'
import type { Action } from '#shell/api/view.ts'
import { DIGIT_KEYS } from '#shell/api/view.ts'

/** The longest action is below 300 bytes; what is longer is not ours. */
export const ACTION_FRAME_MAX_BYTES = 4096

const NAME_MAX = 64
/** Operators' numbers and PINs are short; the bound keeps a scanner's paste out. */
const DIGITS_MAX = 12

const name = z.string().min(1).max(NAME_MAX)
const digits = z.string().regex(new RegExp(`^[0-9]{1,${DIGITS_MAX}}$`))
const locale = z.enum(['zh-CN', 'en'])

const actionSchema: z.ZodType<Action> = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('key'),
    page: name,
    key: z.enum([
      ...DIGIT_KEYS,
      '00',
      '.',
      'backspace',
      'clear',
      'confirm',
      'cancel',
      'menu',
    ] as const),
  }),
  z.strictObject({
    type: z.literal('option'),
    page: name,
    option: name,
    item: name.exactOptional(),
  }),
  z.strictObject({ type: z.literal('signIn'), page: name, operator: digits, pin: digits }),
  z.strictObject({ type: z.literal('newPin'), page: name, operator: digits, pin: digits }),
  z.strictObject({ type: z.literal('locale'), screen: z.enum(['counter', 'customer']), locale }),
])

export type ReadAction =
  | { readonly ok: true; readonly action: Action }
  | { readonly ok: false; readonly why: string }

/** Reads one text frame. The reason names the field and never quotes what was in it: it may be a PIN. */
export function readAction(text: string): ReadAction {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    // Unknown bytes are an outcome: the sender is told, nothing is done.
    return { ok: false, why: 'the frame is not JSON' }
  }
  const read = actionSchema.safeParse(json)
  if (read.success) return { ok: true, action: read.data }
  const where = read.error.issues[0]?.path.map(String).join('.') ?? ''
  return { ok: false, why: where === '' ? 'no such action' : `unknown value in ${where}` }
}

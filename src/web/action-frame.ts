/** What comes over the socket is unknown until this file has looked at it: one JSON object, every field bounded. */
import { z } from 'zod'
import { INK_MAX_LENGTH, readInk } from '#shell/api/ink.ts'
import type { Action, Frame } from '#shell/api/view.ts'
import { CODE_MAX_DIGITS, DIGIT_KEYS } from '#shell/api/view.ts'

/** The longest frame is a signature of below 3800 bytes; what is longer is not ours. */
export const FRAME_MAX_BYTES = 4096

const NAME_MAX = 64
/** Operators' numbers and PINs are short; the bound keeps a scanner's paste out. */
const DIGITS_MAX = 12

/** As `screensToken` makes it. */
const TOKEN_MAX = 64

const name = z.string().min(1).max(NAME_MAX)
const digits = z.string().regex(new RegExp(`^[0-9]{1,${DIGITS_MAX}}$`))
const locale = z.enum(['zh-CN', 'en'])
const screen = z.enum(['counter', 'customer'])

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
  z.strictObject({
    type: z.literal('code'),
    page: name,
    digits: z.string().regex(new RegExp(`^[0-9]{1,${CODE_MAX_DIGITS}}$`)),
  }),
  z.strictObject({ type: z.literal('locale'), screen, locale }),
  z.strictObject({
    type: z.literal('sign'),
    record: name,
    ink: z
      .string()
      .max(INK_MAX_LENGTH)
      .refine((ink) => ink === '' || readInk(ink) !== null),
  }),
])

const frameSchema: z.ZodType<Frame> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), screen, token: z.string().max(TOKEN_MAX) }),
  z.strictObject({ type: z.literal('act'), revision: z.int().min(0), action: actionSchema }),
])

export type ReadFrame =
  | { readonly ok: true; readonly frame: Frame }
  | { readonly ok: false; readonly why: string }

/** Reads one text frame. The reason names the field and never quotes what was in it: it may be a PIN or the token. */
export function readFrame(text: string): ReadFrame {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    // Unknown bytes are an outcome: the sender is told, nothing is done.
    return { ok: false, why: 'the frame is not JSON' }
  }
  const read = frameSchema.safeParse(json)
  if (read.success) return { ok: true, frame: read.data }
  const where = read.error.issues[0]?.path.map(String).join('.') ?? ''
  return { ok: false, why: where === '' ? 'no such frame' : `unknown value in ${where}` }
}

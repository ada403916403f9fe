/** Misbehaviour that can be ordered, as plain data, so that a test or a bench page can ask for it in JSON. */
import { z } from 'zod'

const MAX_TIMES = 1000
const MAX_DELAY_MS = 600_000

const common = {
  /** How many messages it befalls. */
  times: z.number().int().min(1).max(MAX_TIMES).default(1),
  /** Only requests of this MTI; absent = any. */
  mti: z
    .string()
    .regex(/^\d{4}$/)
    .optional(),
  /** Only requests with this DE 3; absent = any. */
  processingCode: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
}
const delayMs = z.number().int().min(0).max(MAX_DELAY_MS)

const plainKind = z.enum([
  'dropRequest',
  'lateRequest',
  'dropReply',
  'lateReply',
  'replyTwiceGlued',
  'wrongStan',
  'wrongMac',
  'wrongAmount',
  'wrongTid',
  'wrongMti',
  'noMac',
  'halfFrame',
  'closeMidFrame',
  'closeBeforeReply',
  'garbage',
  'noise',
  'askPassword',
  'stillPaying',
  'paidBeforeCancel',
  'approvePart',
])

const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: plainKind, ...common }),
  z.strictObject({ kind: z.literal('delayReply'), ms: delayMs, ...common }),
  z.strictObject({ kind: z.literal('duplicateReply'), ms: delayMs.default(50), ...common }),
  z.strictObject({ kind: z.literal('slowBytes'), ms: delayMs.default(5), ...common }),
  z.strictObject({
    kind: z.literal('decline'),
    code: z.string().regex(/^[0-9A-Z]{2}$/),
    ...common,
  }),
  /** The issuer sends a script along: the value of tag 72. */
  z.strictObject({
    kind: z.literal('issuerScript'),
    script: z
      .string()
      .regex(/^([0-9A-F]{2}){1,100}$/)
      .default('9F180400000007860D841E000008A1B2C3D4E5F60718'),
    ...common,
  }),
  z.strictObject({ kind: z.literal('hostRequest'), code: z.string().regex(/^[0-7]$/), ...common }),
  z.strictObject({ kind: z.literal('refuseConnections'), times: common.times }),
])

/** A complete order. */
export type Fault = z.output<typeof faultSchema>
/** The same with `times` and other defaults left out. */
export type FaultOrder = z.input<typeof faultSchema>

export type ParsedFault =
  | { readonly ok: true; readonly fault: Fault }
  | { readonly ok: false; readonly why: string }

/** Checks data from outside; `why` is one sentence per thing that is wrong. */
export function parseFault(input: unknown): ParsedFault {
  const parsed = faultSchema.safeParse(input)
  if (parsed.success) return { ok: true, fault: parsed.data }
  const why = parsed.error.issues
    .map((issue) => `${issue.path.join('.') || 'fault'}: ${issue.message}`)
    .join('; ')
  return { ok: false, why }
}

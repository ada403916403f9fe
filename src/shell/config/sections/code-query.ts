/**
 * The `acquirer.codeQuery` part of `terminal.yaml`: how the outcome of a code payment is asked for. Times are those of WeChat Pay and Alipay
 * (first question after 5 s, about 30 s altogether, no cancel within 15 s); message and codes are the acquirer's own: ask for them.
 */
import { z } from 'zod'

const code = z.string().regex(/^[0-9A-Z]{2}$/, 'two digits or letters in quotes (DE 39)')
const pauseMs = z.int().min(100).max(60_000)

const codeQueryObject = z.strictObject({
  processingCode: z
    .string()
    .regex(/^[0-9]{6}$/, '6 digits in quotes (DE 3)')
    .default('330000'),
  type: z
    .string()
    .regex(/^[0-9]{2}$/, '2 digits in quotes (60.1)')
    .default('03'),
  replyTimeoutMs: z.int().min(100).max(60_000).default(10_000),
  everyMs: pauseMs.default(5000),
  tries: z.int().min(1).max(60).default(6),
  cancelAfterMs: z.int().min(0).max(600_000).default(15_000),
  cancelsBeforeHelp: z.int().min(1).max(20).default(3),
  paying: z.array(code).max(16).default(['09']),
  open: z.array(code).max(16).default(['68', '96', '98']),
  notPaid: z
    .array(code)
    .max(64)
    .default(['05', '51', '54', '55', '57', '58', '59', '61', '62', '65', '75']),
})

/** `none`: the acquirer has no such message, and a code payment without an answer is reversed at once. */
export const codeQuerySection = z
  .union([z.literal('none'), codeQueryObject])
  .default(codeQueryObject.parse({}))

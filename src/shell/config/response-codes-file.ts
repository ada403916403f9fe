/** `response-codes.yaml`: which DE 39 values approve, end a reversal, or ask for a new sign-on. Hosts differ, so this is data. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { parsedBefore } from './parsed-before.ts'

const code = z.string().regex(/^[0-9A-Z]{2}$/)

const responseCodesSchema = z.strictObject({
  version: z.string(),
  approvals: z.array(code).min(1),
  reversalDone: z.array(code).min(1),
  signOnAgain: z.array(code),
  unfinished: z.array(code),
  codeExpired: z.array(code),
})

export type ResponseCodes = z.infer<typeof responseCodesSchema>

/** Null when the file is missing or wrong: a terminal without it must not start. */
export function loadResponseCodes(path: string): ResponseCodes | null {
  try {
    const text = readFileSync(path, 'utf8')
    const checked = responseCodesSchema.safeParse(parsedBefore(path, text) ?? parse(text))
    return checked.success ? checked.data : null
  } catch {
    // Missing or unreadable: the caller says so in one sentence.
    return null
  }
}

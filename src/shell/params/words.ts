/** What parameters mean, from `config/locales/parameters.<locale>.json`: a sentence for each that the schema knows. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { TechnicianLocale } from '../devices/technician-words.ts'

const sentence = z.string().min(1).max(400)
const parameterWordsSchema = z.strictObject({
  locale: z.enum(['zh-CN', 'en']),
  labels: z.strictObject({
    name: sentence,
    meaning: sentence,
    bounds: sentence,
    fallback: sentence,
    always: sentence,
    with: sentence,
    nothing: sentence,
    now: sentence,
    byDefault: sentence,
    secret: sentence,
    unset: sentence,
    changed: sentence,
    all: sentence,
    onlyChanged: sentence,
    search: sentence,
    none: sentence,
  }),
  /** In the order in which they are shown. */
  groups: z.strictObject({
    shop: sentence,
    amounts: sentence,
    slips: sentence,
    screens: sentence,
    devices: sentence,
    link: sentence,
    messages: sentence,
    till: sentence,
    care: sentence,
  }),
  units: z.strictObject({
    milliseconds: sentence,
    seconds: sentence,
    minutes: sentence,
    hours: sentence,
  }),
  /** Values that are words of the configuration, as people say them. */
  values: z.record(z.string(), sentence),
  meanings: z.record(z.string(), sentence),
})

export type ParameterWords = z.infer<typeof parameterWordsSchema>

/** Shipped with the program: throws when it is missing or wrong, which is a fault of the package. */
export function loadParameterWords(sharedConfig: string, locale: TechnicianLocale): ParameterWords {
  const file = join(sharedConfig, 'locales', `parameters.${locale}.json`)
  return parameterWordsSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
}

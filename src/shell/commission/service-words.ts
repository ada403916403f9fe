/** Words of setup, keys and params, from `config/locales/service.<locale>.json`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { fillIn, type TechnicianLocale } from '../devices/technician-words.ts'

const serviceWordsSchema = z.record(z.string(), z.string().min(1).max(600))

/** The sentence under `key` with `{name}` filled in; the key itself when the file lacks it, so that nothing is ever blank. */
export type ServiceWords = (
  key: string,
  params?: Readonly<Record<string, string | number>>,
) => string

/** Shipped with the program: throws when it is missing or wrong, which is a fault of the package. */
export function loadServiceWords(sharedConfig: string, locale: TechnicianLocale): ServiceWords {
  const file = join(sharedConfig, 'locales', `service.${locale}.json`)
  const words = serviceWordsSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  return (key, params = {}) => fillIn(words[key] ?? key, params)
}

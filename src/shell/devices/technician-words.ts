/** Words of the technician's commands, from `config/locales/technician.<locale>.json`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const word = z.string().min(1).max(400)
const technicianWordsSchema = z.strictObject({
  locale: z.enum(['zh-CN', 'en']),
  devices: z.strictObject({
    labels: z.record(z.string(), word),
    roles: z.record(z.string(), word),
    wears: z.record(z.string(), word),
    advice: z.record(z.string(), word),
  }),
  doctor: z.strictObject({
    labels: z.record(z.string(), word),
    checks: z.record(z.string(), word),
    /** What other parts of the program say in English, `{name}` for what varies, in this language. What is not here stays as it is. */
    causes: z.record(word, word),
    findings: z.record(z.string(), z.strictObject({ what: word, now: word.optional() })),
  }),
  maintenance: z.strictObject({
    labels: z.record(z.string(), word),
    parts: z.record(z.string(), word),
  }),
})

export type TechnicianWords = z.infer<typeof technicianWordsSchema>
export type TechnicianLocale = TechnicianWords['locale']

/** Shipped with the program: throws when it is missing or wrong, which is a fault of the package. */
export function loadTechnicianWords(
  sharedConfig: string,
  locale: TechnicianLocale,
): TechnicianWords {
  const file = join(sharedConfig, 'locales', `technician.${locale}.json`)
  return technicianWordsSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
}

/** `{name}` in `text` becomes what stands under `name`; an unknown name stays, so that it is seen. */
export function fillIn(
  text: string,
  params: Readonly<Record<string, string | number>> = {},
): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}

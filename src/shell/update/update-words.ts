/** Words of `suretill update`, from `config/locales/update.<locale>.json`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { UPDATE_OBJECTIONS } from '#core/update/policy.ts'

const word = z.string().min(1).max(400)
const LABELS = [
  'installed',
  'goesOver',
  'startIt',
  'setItUp',
  'refused',
  'running',
  'other',
  'empty',
  'damaged',
  'onTrial',
  'noSlots',
  'mayUpdate',
  'mayNot',
  'markedGood',
  'notOnTrial',
  'wentBack',
  'selfTestPassed',
  'selfTestFailed',
  'keptFile',
  'imageStep',
  'imageInstalled',
  'imageGood',
  'imageSlot',
] as const
const REFUSALS = [
  'noKey',
  'onTrial',
  'unreadable',
  'notABundle',
  'torn',
  'badSignature',
  'tampered',
  'otherModel',
  'otherProcessor',
  'expired',
  'older',
  'belowFloor',
  'lowersFloor',
  'busy',
  'failsItsTest',
  'noOtherRelease',
  'diskFailed',
  'noService',
  'refused',
  'tooLong',
] as const

/** Complete in every language, or the file is refused. */
const updateWordsSchema = z.strictObject({
  locale: z.enum(['zh-CN', 'en']),
  labels: z.record(z.enum(LABELS), word),
  steps: z.record(z.enum(['checking', 'writing', 'testing', 'switching']), word),
  objections: z.record(z.enum(UPDATE_OBJECTIONS), word),
  refusals: z.record(z.enum(REFUSALS), z.strictObject({ what: word, now: word })),
})

export type UpdateWords = z.infer<typeof updateWordsSchema>

/** Shipped with the program: throws when it is missing or wrong, which is a fault of the package. */
export function loadUpdateWords(sharedConfig: string, locale: UpdateWords['locale']): UpdateWords {
  const file = join(sharedConfig, 'locales', `update.${locale}.json`)
  return updateWordsSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
}

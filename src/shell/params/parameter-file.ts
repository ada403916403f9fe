/** A parameter file: which parameters of which terminal become what. It is what an acquirer or a head office sends, signed or not. */
import { parse } from 'yaml'
import { z } from 'zod'

/** A file of every parameter is far below this. */
export const PARAMETER_FILE_BYTES = 256 * 1024
const CHANGES_MOST = 500

const name = z
  .string()
  .regex(/^[A-Za-z0-9]+(\.[A-Za-z0-9-]+)*$/, 'a parameter name such as acquirer.replyTimeoutMs')

const schema = z.strictObject({
  parameters: z.literal(1),
  /** DE 41, or `*` for any terminal. */
  terminal: z.union([
    z.literal('*'),
    z.string().regex(/^[0-9A-Za-z]{8}$/, '8 letters or digits in quotes, or "*"'),
  ]),
  /** Grows with every file that is sent; an older one is refused. */
  version: z.int().min(1).max(2_147_483_647),
  set: z.record(name, z.unknown()).default({}),
  /** These go back to what holds when they are left out. */
  clear: z.array(name).max(CHANGES_MOST).default([]),
})

export type ParameterFile = z.infer<typeof schema>

export type ReadParameterFile =
  | { readonly ok: true; readonly file: ParameterFile }
  /** Where and what, in a few words. */
  | { readonly ok: false; readonly problem: string }

/** Never throws. Whether names and values fit is for the schema of the terminal to say. */
export function readParameterFile(text: string): ReadParameterFile {
  let content: unknown
  try {
    content = parse(text, { maxAliasCount: 0 })
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message.split('\n')[0] : ''
    return { ok: false, problem: detail ?? 'not YAML' }
  }
  const checked = schema.safeParse(content)
  if (checked.success && Object.keys(checked.data.set).length > CHANGES_MOST)
    return { ok: false, problem: `set: more than ${CHANGES_MOST}` }
  if (checked.success) return { ok: true, file: checked.data }
  const [issue] = checked.error.issues
  return { ok: false, problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unreadable'}` }
}

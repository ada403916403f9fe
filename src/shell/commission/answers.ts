/** The answers that a new terminal needs, as a file for many terminals or as typed by one technician: parameters by name, people, keys, tests. */
import { parse } from 'yaml'
import { z } from 'zod'
import { isTooSimple } from '../operators/credential.ts'

export const ANSWERS_BYTES = 256 * 1024

const person = z.strictObject({
  number: z.string().regex(/^[0-9]{2}$/, '2 digits in quotes'),
  role: z.enum(['cashier', 'supervisor', 'administrator']),
  /** The first secret of this person alone. */
  pin: z.string().regex(/^[0-9]{6}$/, '6 digits in quotes'),
})

const keys = z.discriminatedUnion('how', [
  /** Test keys of a laboratory; refused in the production profile. */
  z.strictObject({
    how: z.literal('demonstration'),
    masterKey: z
      .string()
      .regex(/^([0-9A-Fa-f]{16}|[0-9A-Fa-f]{32})$/, '8 or 16 bytes as hex in quotes'),
  }),
  /** Two people are asked at the keyboard. */
  z.strictObject({ how: z.literal('components') }),
  z.strictObject({ how: z.literal('later') }),
])

const schema = z.strictObject({
  setup: z.literal(1),
  /** By the names of `suretill params explain`. */
  set: z.record(z.string(), z.unknown()),
  /** `find`: the one device of each kind that is plugged in; `asSet`: as `set` says. */
  devices: z.enum(['find', 'asSet']).default('asSet'),
  /** Files beside terminal.yaml, such as certificates: name there, path from here. */
  files: z.record(z.string().regex(/^[A-Za-z0-9._-]{1,64}$/), z.string().min(1)).default({}),
  people: z.array(person).min(2).max(99),
  keys,
  tests: z
    .strictObject({
      printer: z.boolean().default(true),
      scanner: z.boolean().default(true),
      signOn: z.boolean().default(true),
      drill: z.boolean().default(true),
    })
    .prefault({}),
})

export type Answers = z.infer<typeof schema>
type Person = z.infer<typeof person>

/** Without a default: whoever sets a terminal up must say it. */
export const MUST_BE_SAID = [
  'merchant.name.zh-CN',
  'merchant.name.en',
  'merchant.number',
  'terminal.number',
  'terminal.serial',
  'acquirer.name',
  'acquirer.host',
  'acquirer.port',
] as const

/** Said here in another way. */
const SAID_ELSEWHERE = ['operators', 'acquirer.masterKey', 'acquirer.dukpt.initialKey']

export type ReadAnswers =
  | { readonly ok: true; readonly answers: Answers }
  | { readonly ok: false; readonly problem: string }

/** Never throws. `problem` names the place and never what stands there. */
export function readAnswers(text: string): ReadAnswers {
  let content: unknown
  try {
    content = parse(text, { maxAliasCount: 0 })
  } catch {
    // What YAML says of it may quote a secret.
    return { ok: false, problem: 'not YAML' }
  }
  const checked = schema.safeParse(content)
  if (!checked.success) {
    const [issue] = checked.error.issues
    return {
      ok: false,
      problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unreadable'}`,
    }
  }
  const problem = problemOf(checked.data)
  return problem === null ? { ok: true, answers: checked.data } : { ok: false, problem }
}

function problemOf({ devices, people, set }: Answers): string | null {
  const elsewhere = SAID_ELSEWHERE.find((name) => name in set)
  if (elsewhere !== undefined) return `set.${elsewhere}: has its own place (people, keys)`
  const missing = MUST_BE_SAID.filter((name) => !(name in set))
  if (missing.length > 0) return `set: missing ${missing.join(', ')}`
  const unnamed =
    devices === 'find'
      ? []
      : ROLES.filter((role) => !Object.keys(set).some((name) => name.startsWith(`devices.${role}`)))
  if (unnamed.length > 0)
    return `set: missing ${unnamed.map((role) => `devices.${role}`).join(', ')}`
  return peopleProblem(people)
}

const ROLES = ['printer', 'pinPad', 'cardReader', 'qrScanner']

/** What is wrong with people and their first PINs; null: nothing. Never quotes a PIN. */
export function peopleProblem(people: readonly Person[]): string | null {
  const twice = people.find(
    ({ number }, at) => people.findIndex((one) => one.number === number) !== at,
  )
  if (twice !== undefined) return `people: ${twice.number} is there twice`
  const simple = people.find(({ pin }) => isTooSimple(pin))
  if (simple !== undefined) return `people: the PIN of ${simple.number} is too simple`
  const shared = people.find(({ pin }, at) => people.findIndex((one) => one.pin === pin) !== at)
  if (shared !== undefined) return `people: ${shared.number} has the PIN of somebody else`
  const seniors = people.filter(({ role }) => role !== 'cashier')
  if (seniors.length < 2)
    return 'people: two supervisors or administrators are needed, for keys and approvals'
  if (people.every(({ role }) => role !== 'administrator'))
    return 'people: an administrator is needed'
  return null
}

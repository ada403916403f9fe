/** The steps of a scenario. A step is one verb with its argument, and `within` seconds when it may take longer than usual. */
import { z } from 'zod'
import { PIN_PAD_KEYS } from '../bench/controls.ts'
import { pictureSchema } from './picture.ts'

const MAX_WITHIN_S = 120
const MAX_TEXT = 8192
const MAX_KEYS = 40

const SCREEN_KEYS = [
  ...(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '00', '.'] as const),
  ...(['backspace', 'clear', 'confirm', 'cancel', 'menu'] as const),
] as const

/** As in `devices` of `terminal.yaml`. */
const DEVICES = ['printer', 'pinPad', 'cardReader', 'qrScanner'] as const

const withinSchema = z.number().positive().max(MAX_WITHIN_S).nullable()
const card = z.string().min(1)
const digits = z.string('digits in quotes').regex(/^[0-9]{1,12}$/, 'digits in quotes')
const AMOUNT = 'an amount such as "38.5", in quotes'
const typed = z.string(AMOUNT).regex(/^[0-9]{1,8}(\.[0-9]{1,2})?$/, AMOUNT)
const record = z.int().min(1).max(20)
const REFERENCE = 'a reference of the till'
const person = z.union([digits, z.strictObject({ operator: digits, pin: digits })])
const waitSchema = z.strictObject({
  ...pictureSchema.shape,
  page: z.string().exactOptional(),
  message: z.string().exactOptional(),
})

/** The argument stands under `with`, so that a mistake is reported for the one verb that was meant. */
function step<Verb extends string, Argument extends z.ZodType>(verb: Verb, argument: Argument) {
  return z.strictObject({ verb: z.literal(verb), with: argument, within: withinSchema })
}

const stepSchema = z.discriminatedUnion('verb', [
  /** Power on, a PIN for everybody, the cashier signed in; for a scenario that starts closed. */
  step('open', z.literal('shop')),
  /** Types the amount, confirms it on its own page; then the customer may present. */
  step('ask', typed),
  step('type', z.string().regex(/^([0-9.]{1,12}|today)$/, 'digits and point, in quotes, or today')),
  step('press', z.array(z.enum(SCREEN_KEYS)).min(1).max(MAX_KEYS)),
  /** An option of the page; on the records page about the newest record, or about another one counted from it. */
  step('option', z.union([z.string().min(1), z.strictObject({ id: z.string().min(1), record })])),
  /** From home through the menu, whichever sheet it is on. */
  step('menu', z.string().min(1)),
  /** Types the voucher number of the last approved result, and confirms it; or holds the newest slip under the scanner. */
  step('find', z.enum(['lastApproved', 'slip'])),
  /** Sales by a tap of the debit card, paid and left, one after the other. */
  step('sell', z.union([typed, z.strictObject({ amount: typed, times: z.int().min(1).max(100) })])),
  /** An order of the program at the till; `answer` is the status that it must get, 201 when absent. */
  step(
    'till',
    z.strictObject({
      reference: z.string(REFERENCE).min(1).max(32),
      amount: typed,
      answer: z.int().default(201),
    }),
  ),
  /** Operator number; the PIN is the one chosen when the shop opened, unless another is given. */
  /** On the page of a hand-over too. */
  step('signIn', person),
  step('approve', person),
  step('tap', card),
  step('insert', card),
  step('swipe', card),
  step('remove', z.literal('card')),
  step('pin', digits),
  /** Whether the customer's screen offers a code that leads to the slip. */
  step('slipLink', z.enum(['offered', 'absent'])),
  /** The customer at the screen of their own. */
  step('sign', z.enum(['onScreen', 'onPaper'])),
  step('padKeys', z.array(z.enum(PIN_PAD_KEYS)).min(1).max(MAX_KEYS)),
  /** A wallet or wrong code of cards.yaml; `again`: the code shown last; `two`: both phones at once; `slip`: the bar code of the newest slip. */
  step('show', z.string().min(1)),
  step('scan', z.string().min(1).max(MAX_TEXT)),
  step('fault', z.looseObject({ device: z.enum([...DEVICES, 'acquirer']), kind: z.string() })),
  step('clear', z.enum([...DEVICES, 'acquirer'])),
  step('pull', z.enum(DEVICES)),
  step('plug', z.enum(DEVICES)),
  /** Another reader of the same kind on the same cable, as it left the factory. */
  step('reader', z.literal('exchanged')),
  step('paper', z.enum(['ok', 'nearEnd', 'out'])),
  step('cover', z.enum(['open', 'closed'])),
  step('battery', z.strictObject({ percent: z.int().min(0).max(100), charging: z.boolean() })),
  step('network', z.enum(['up', 'down'])),
  /** What happens to the host between two calls: the two no longer agree. */
  step('host', z.enum(['keysForgotten', 'macKeyChanged', 'batchClosed'])),
  /** `off` asks politely; `cut` is a pulled plug. */
  step('power', z.enum(['on', 'off', 'cut'])),
  /** Until all of it is so. `page` and `message` are short for the same under `screen`. */
  step('wait', waitSchema),
  /** All of it is so now. */
  step('expect', pictureSchema),
])

export type Step = z.infer<typeof stepSchema>

export type ReadStep =
  | { readonly ok: true; readonly step: Step }
  /** `path` leads from the step to the wrong place. */
  | { readonly ok: false; readonly path: readonly PropertyKey[]; readonly why: string }

const mapping = z.record(z.string(), z.unknown())

/** Reads `{verb: argument}` with or without `within`. */
export function readStep(input: unknown): ReadStep {
  const checked = mapping.safeParse(input)
  if (!checked.success && typeof input === 'string')
    return refused([], `"${input}" is no step, and nothing here has that name`)
  if (!checked.success) return refused([], 'a step is a verb with its argument')
  const { within = null, ...rest } = checked.data
  const [verb, second] = Object.keys(rest)
  if (verb === undefined || second !== undefined)
    return refused([], 'a step has exactly one verb, and perhaps `within`')
  const read = stepSchema.safeParse({ verb, with: rest[verb], within })
  if (read.success) return { ok: true, step: read.data }
  const [issue] = read.error.issues
  if (issue === undefined || issue.path[0] === 'verb')
    return refused([verb], `there is no step "${verb}"; steps are ${VERBS.join(', ')}`)
  const [first, ...deeper] = issue.path
  return refused(first === 'with' ? [verb, ...deeper] : ['within'], issue.message)
}

const VERBS = stepSchema.options.map(({ shape }) => shape.verb.value)

function refused(path: readonly PropertyKey[], why: string): ReadStep {
  return { ok: false, path, why }
}

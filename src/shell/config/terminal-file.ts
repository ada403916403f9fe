/** `terminal.yaml`: what a technician writes. Checked as a whole before anything starts; a wrong value is named with its place. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { acquirerSection } from './sections/acquirer.ts'
import { alarmsSection } from './sections/alarms.ts'
import { amountGuardSection } from './sections/amount-guard.ts'
import { careSection } from './sections/care.ts'
import { devicesSection } from './sections/devices.ts'
import { feedSection } from './sections/feed.ts'
import { incidentsSection } from './sections/incidents.ts'
import { journalSection } from './sections/journal.ts'
import { payeeSection } from './sections/payee.ts'
import { powerSection } from './sections/power.ts'
import { reportSection } from './sections/report.ts'
import { screensSection } from './sections/screens.ts'
import { slipLinkSection } from './sections/slip-link.ts'
import { tillSection } from './sections/till.ts'
import { updatesSection } from './sections/updates.ts'
import { readTlsFiles, type TlsSection } from './tls-files.ts'

const locale = z.enum(['zh-CN', 'en'])
const digits = (count: number) =>
  z.string().regex(new RegExp(`^[0-9]{${count}}$`), `${count} digits in quotes`)
const waitMs = z.int().min(100).max(600_000)
const amountMinor = z.int().min(1).max(999_999_999_999)

/**
 * Bounds are those of the fields on the wire and of sane waits. This is the table of all parameters: `suretill params`
 * and docs/parameters.md read names, bounds and defaults off it; `secret` in a value's meta keeps it from being shown.
 */
export const terminalFileSchema = z.strictObject({
  profile: z.enum(['demo', 'production']),
  merchant: z.strictObject({
    name: z.strictObject({ 'zh-CN': z.string().min(1).max(40), en: z.string().min(1).max(40) }),
    number: z.string().regex(/^[0-9A-Za-z]{15}$/, '15 letters or digits in quotes (DE 42)'),
  }),
  terminal: z.strictObject({
    number: z.string().regex(/^[0-9A-Za-z]{8}$/, '8 letters or digits in quotes (DE 41)'),
    serial: z.string().min(1).max(50),
    currency: digits(3),
    hotline: z.string().max(24),
    locale: z.strictObject({ counter: locale, customer: locale, slip: locale }),
  }),
  operators: z
    .array(
      z.strictObject({
        number: digits(2),
        role: z.enum(['cashier', 'supervisor', 'administrator']),
      }),
    )
    .min(1)
    .max(99),
  acquirer: acquirerSection,
  limits: z.strictObject({
    maxAmountMinor: amountMinor,
    contactlessNoPinMinor: z.int().min(0).max(999_999_999_999),
    presentTimeoutMs: waitMs,
    pinTimeoutMs: waitMs,
  }),
  cards: z.strictObject({ chipFallback: z.boolean().default(true) }).prefault({}),
  codes: z
    .strictObject({
      mergeMs: z.int().min(0).max(2000).default(1000),
      secondPhoneMs: z.int().min(0).max(5000).default(1000),
      unreadableTries: z.int().min(0).max(20).default(3),
      confirmAboveMinor: amountMinor.exactOptional(),
      typedMostMinor: amountMinor.exactOptional(),
    })
    .prefault({}),
  amountGuard: amountGuardSection,
  refundGuard: z
    .strictObject({
      mostMinor: amountMinor.optional(),
      mostPerDayMinor: amountMinor.optional(),
      coolOffAboveMinor: amountMinor.optional(),
      coolOffMs: waitMs.default(10_000),
      toldAboveMinor: amountMinor.optional(),
      proveTyped: z.boolean().default(false),
      askCause: z.boolean().default(false),
      otherTerminals: z
        .array(z.string().regex(/^[0-9A-Za-z]{8}$/, '8 letters or digits in quotes (DE 41)'))
        .max(100)
        .default([]),
    })
    .prefault({}),
  approvals: z
    .strictObject({ badge: z.enum(['off', 'optional', 'required']).default('off') })
    .prefault({}),
  alarms: alarmsSection,
  holds: z.boolean().default(true),
  idle: z
    .strictObject({
      pageMs: z.int().min(10_000).max(600_000).default(30_000),
      lockMs: z.int().min(60_000).max(3_600_000).default(900_000),
    })
    .prefault({}),
  payee: payeeSection.optional(),
  care: careSection,
  power: powerSection,
  report: reportSection,
  incidents: incidentsSection,
  journal: journalSection,
  slips: z.strictObject({
    copies: z
      .array(z.enum(['merchant', 'cardholder']))
      .min(1)
      .max(3),
    tearTimeoutMs: waitMs,
    /** Customers sign on their screen and have so long; left out: on paper. */
    signOnScreenMs: z.int().min(10_000).max(300_000).optional(),
    /** Lines on a new roll: its length over the height of a line (3.75 mm at 30 dots of 203 dpi). */
    rollLines: z.int().min(100).max(100_000).exactOptional(),
    /** On the customer's copy of a void or refund: when the money comes, in the shop's words. */
    moneyBack: z
      .strictObject({ 'zh-CN': z.string().min(1).max(80), en: z.string().min(1).max(120) })
      .exactOptional(),
    /** How often a tone reminds of slips that are owed. */
    remindEveryMs: z.int().min(60_000).max(3_600_000).exactOptional(),
    /** Where customers find their slips on their phones; left out: on paper alone. */
    link: slipLinkSection.exactOptional(),
  }),
  screens: screensSection,
  till: tillSection,
  feed: feedSection,
  updates: updatesSection,
  devices: devicesSection,
})

type Checked = z.infer<typeof terminalFileSchema>

/** With the content of the certificate files in the place of their names. */
export type TerminalFile = Omit<Checked, 'acquirer'> & {
  readonly acquirer: Omit<Checked['acquirer'], 'tls'> & { readonly tls?: TlsSection | undefined }
}

export type LoadedTerminalFile =
  | { readonly ok: true; readonly file: TerminalFile }
  /** One sentence: which file, which place, what is wanted. */
  | { readonly ok: false; readonly sentence: string; readonly trouble: ConfigTrouble }

/** The same without words, for whoever has words of another language. */
export type ConfigTrouble = {
  /** `conflict`: a value that does not go with others. `file`: a file that it names is of no use. */
  readonly kind:
    | 'missing'
    | 'unreadable'
    | 'notYaml'
    | 'absent'
    | 'unknown'
    | 'wrong'
    | 'conflict'
    | 'file'
  /** Path of terminal.yaml. */
  readonly path: string
  /** Dotted; empty: the file as a whole. */
  readonly place: string
  /** In English: what the reader of the file says. */
  readonly problem: string
}

export function loadTerminalFile(folder: string): LoadedTerminalFile {
  const path = join(folder, 'terminal.yaml')
  let text = ''
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    const kind = codeOf(cause) === 'ENOENT' ? 'missing' : 'unreadable'
    const trouble = { kind, path, place: '', problem: codeOf(cause) } as const
    return { ok: false, sentence: unreadable(path, cause), trouble }
  }
  const checked = checkTerminalText(text, folder)
  if (checked.ok) return { ok: true, file: checked.file }
  const { kind, place, problem } = checked
  const trouble = { kind, path, place: place ?? '', problem }
  const sentence =
    place === null
      ? `The configuration ${path} cannot be read: ${problem}. Nothing was started.`
      : `The configuration ${path} is wrong at ${place}: ${problem}. Nothing was started.`
  return { ok: false, sentence, trouble }
}

export type CheckedTerminalText =
  | {
      readonly ok: true
      /** With defaults, and the names of certificate files. */
      readonly checked: Checked
      readonly file: TerminalFile
    }
  /** `place` null: it is no YAML. */
  | {
      readonly ok: false
      readonly kind: ConfigTrouble['kind']
      readonly place: string | null
      readonly problem: string
    }

/** Checks the text of a `terminal.yaml` in `folder`, from which certificate files are named. Never throws. */
export function checkTerminalText(text: string, folder: string): CheckedTerminalText {
  let content: unknown
  try {
    content = parse(text, { maxAliasCount: 0 })
  } catch (cause) {
    return { ok: false, kind: 'notYaml', place: null, problem: reasonOf(cause) }
  }
  const checked = terminalFileSchema.safeParse(content)
  if (!checked.success) {
    const [issue] = checked.error.issues
    const place = issue === undefined || issue.path.length === 0 ? 'the file' : issue.path.join('.')
    const kind = issue === undefined ? 'wrong' : kindOf(issue, content)
    return { ok: false, kind, place, problem: issue?.message ?? 'unreadable' }
  }
  const { acquirer } = checked.data
  if (acquirer.tls === undefined) return { ok: true, checked: checked.data, file: checked.data }
  const read = readTlsFiles(folder, acquirer.tls)
  if (!read.ok) return { ok: false, kind: 'file', place: read.place, problem: read.problem }
  const file = { ...checked.data, acquirer: { ...acquirer, tls: read.tls } }
  return { ok: true, checked: checked.data, file }
}

function kindOf({ code, path }: z.core.$ZodIssue, content: unknown): ConfigTrouble['kind'] {
  if (code === 'unrecognized_keys') return 'unknown'
  if (code === 'custom') return 'conflict'
  const value = path.reduce<unknown>(
    (part, key) => (typeof part === 'object' && part !== null ? Reflect.get(part, key) : undefined),
    content,
  )
  return value === undefined ? 'absent' : 'wrong'
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable'
}

function unreadable(path: string, cause: unknown): string {
  return `The configuration ${path} cannot be read: ${reasonOf(cause)}. Nothing was started.`
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? firstLine(cause.message) : 'unreadable'
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text
}

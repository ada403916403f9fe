/** Reads scenario files. Whatever is wrong in one is named with file, line and what is wanted, before anything is started. */
import { isNode, LineCounter, type ParsedNode, parseDocument } from 'yaml'
import { z } from 'zod'
import type { HostOffers } from '../rig.ts'
import { combine, fillIn, type Row } from './fill-in.ts'
import { readStep, type Step } from './step.ts'

const MAX_ROWS = 1000
const MAX_STEPS = 200

export type Scenario = {
  readonly file: string
  readonly title: string
  /** Values of `terminal.yaml` by dotted path. */
  readonly config: Readonly<Record<string, unknown>>
  /** What the acquirer has ready, beyond what all have. */
  readonly host: HostOffers
  /** `closed`: the terminal is off and nobody has a PIN yet. */
  readonly start: 'open' | 'closed'
  /** Lines that the printer does in a second; null: as fast as it can. */
  readonly linesPerSecond: number | null
  /** In the part that every change must pass. */
  readonly quick: boolean
  /** A fault of the product that is known: the scenario must fail, and its failure must contain `seen`. */
  readonly knownFault: { readonly why: string; readonly seen: string } | null
  readonly steps: readonly PlacedStep[]
}

type PlacedStep = { readonly step: Step; readonly line: number }

export type ReadFile =
  | { readonly ok: true; readonly scenarios: readonly Scenario[] }
  /** One line: `file:line: what is wanted`. */
  | { readonly ok: false; readonly problem: string }

const configSchema = z.record(z.string().regex(/^[a-zA-Z]+(\.[a-zA-Z0-9]+)*$/), z.unknown())

const hostSchema = z.strictObject({
  /** As hex, each with its name (9F06, and 9F22 of a CA key) in front. */
  downloads: z
    .strictObject({
      parameters: z.string().default(''),
      caKeys: z.array(z.string()).default([]),
      aids: z.array(z.string()).default([]),
      blacklist: z.array(z.string()).default([]),
      /** Limits of taps without PIN and signature, by tag. */
      contactless: z.record(z.string(), z.string()).exactOptional(),
    })
    .exactOptional(),
  /** What other terminals of the shop have booked before; `account` by its id in the cards file. */
  elsewhere: z
    .array(
      z
        .strictObject({
          kind: z.enum(['sale', 'codeSale', 'preAuth']).default('sale'),
          tid: z.string().length(8),
          batch: z.string().length(6),
          stan: z.string().length(6),
          rrn: z.string().length(12),
          authCode: z.string().length(6),
          account: z.string(),
          amount: z.string().regex(/^[0-9]+\.[0-9]{2}$/),
        })
        .transform(({ account, amount, ...one }) => ({
          ...one,
          accountId: account,
          amountMinor: Math.round(Number(amount) * 100),
        })),
    )
    .max(20)
    .exactOptional(),
})

const scenarioSchema = z.strictObject({
  title: z.string().min(1).max(300),
  config: configSchema.default({}),
  host: hostSchema.default({}),
  start: z.enum(['open', 'closed']).default('open'),
  linesPerSecond: z.int().min(1).max(1000).nullable().default(null),
  quick: z.union([z.boolean(), z.string().regex(/^<[a-zA-Z]+>$/)]).default(false),
  knownFault: z.strictObject({ why: z.string().min(1), seen: z.string().min(1) }).exactOptional(),
  table: z.array(z.record(z.string(), z.unknown())).min(1).max(MAX_ROWS).default([{}]),
  each: z.record(z.string(), z.array(z.unknown()).min(1)).default({}),
  steps: z.array(z.unknown()).min(1).max(MAX_STEPS),
})

const fileSchema = z.strictObject({
  /** For the reader of the file. */
  about: z.string().exactOptional(),
  /** For every scenario of the file. */
  config: configSchema.default({}),
  /** All of it is in the part that every change must pass. */
  quick: z.boolean().default(false),
  /** Names that stand for values, or for steps, in every scenario of the file. */
  names: z.record(z.string(), z.unknown()).default({}),
  scenarios: z.array(z.unknown()).min(1),
})

/** Scenarios of one file, tables written out, in order. `file` is the name by which the run can be repeated. */
export function readScenarios(file: string, text: string): ReadFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [broken] = document.errors
  const place = (offset: number): string => `${file}:${lines.linePos(offset).line}`
  if (broken !== undefined)
    return { ok: false, problem: `${place(broken.pos[0])}: this is no YAML: ${broken.message}` }
  const lineOf = (path: readonly PropertyKey[]): number =>
    lines.linePos(offsetOf(document.contents, path)).line
  const problem = (path: readonly PropertyKey[], why: string): ReadFile => ({
    ok: false,
    problem: `${file}:${lineOf(path)}: ${path.join('.') || 'the file'}: ${why}`,
  })

  const whole = fileSchema.safeParse(document.toJS())
  if (!whole.success) return problem(...firstOf(whole.error))
  const scenarios: Scenario[] = []
  const titles = new Set<string>()
  for (const [index, raw] of whole.data.scenarios.entries()) {
    const at = ['scenarios', index]
    const checked = scenarioSchema.safeParse(raw)
    if (!checked.success) {
      const [path, why] = firstOf(checked.error)
      return problem([...at, ...path], why)
    }
    const { table, each, steps, ...rest } = checked.data
    const rows = combine(table, each).map((row) => ({ ...whole.data.names, ...row }))
    if (rows.length > MAX_ROWS) return problem(at, `more than ${MAX_ROWS} rows`)
    for (const row of rows) {
      const read = readSteps(steps, row)
      if (!read.ok) return problem([...at, 'steps', ...read.path], read.why)
      const title = String(fillIn(rest.title, row))
      if (titles.has(title)) return problem([...at, 'title'], `"${title}" is there twice`)
      titles.add(title)
      const { known, quick } = marksOf(rest, row)
      scenarios.push({
        file,
        title,
        config: { ...whole.data.config, ...filledConfig(rest.config, row) },
        host: rest.host,
        start: rest.start,
        linesPerSecond: rest.linesPerSecond,
        quick: quick || whole.data.quick,
        knownFault: known,
        steps: read.steps.map(({ step, index: from }) => ({
          step,
          line: lineOf([...at, 'steps', from]),
        })),
      })
    }
  }
  return { ok: true, scenarios }
}

type ReadSteps =
  | { readonly ok: true; readonly steps: readonly { step: Step; index: number }[] }
  | { readonly ok: false; readonly path: readonly PropertyKey[]; readonly why: string }

/** A name that stands for several steps is put in as several; all of them keep the place of the name. */
function readSteps(raw: readonly unknown[], row: Row): ReadSteps {
  const steps: { step: Step; index: number }[] = []
  for (const [index, written] of raw.entries()) {
    const filled = fillIn([written], row)
    for (const one of Array.isArray(filled) ? filled : []) {
      const read = readStep(one)
      if (!read.ok) return { ok: false, path: [index, ...read.path], why: read.why }
      steps.push({ step: read.step, index })
    }
  }
  return { ok: true, steps }
}

const knownSchema = z.strictObject({ why: z.string(), seen: z.string() })

/** Marks may stand in the scenario, or in single rows of its table. */
function marksOf(
  written: { quick: boolean | string; knownFault?: { why: string; seen: string } },
  row: Row,
): { quick: boolean; known: { why: string; seen: string } | null } {
  const ofRow = knownSchema.safeParse(row['knownFault'])
  return {
    quick: written.quick === true || row['quick'] === true,
    known: ofRow.success ? ofRow.data : (written.knownFault ?? null),
  }
}

function filledConfig(config: Scenario['config'], row: Row): Scenario['config'] {
  return Object.fromEntries(
    Object.entries(config).map(([path, value]) => [path, fillIn(value, row)]),
  )
}

function firstOf(error: z.ZodError): [readonly PropertyKey[], string] {
  const [issue] = error.issues
  return [issue?.path ?? [], issue?.message ?? 'not understood']
}

/** Where the deepest node on the way of `path` begins; 0 when there is none. */
function offsetOf(contents: ParsedNode | null, path: readonly PropertyKey[]): number {
  let offset = 0
  let node: unknown = contents
  for (const part of path) {
    node = childOf(node, part)
    if (!isNode(node)) break
    offset = node.range?.[0] ?? offset
  }
  return offset
}

function childOf(node: unknown, part: PropertyKey): unknown {
  const holds = typeof node === 'object' && node !== null && 'get' in node
  if (!holds || typeof node.get !== 'function' || typeof part === 'symbol') return undefined
  const child: unknown = node.get(part, true)
  return child
}

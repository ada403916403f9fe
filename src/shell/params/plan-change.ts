/** What a parameter file would make of `terminal.yaml`: the new text, with its remarks kept, and every value before and after. */
import { type Document, isMap, parseDocument } from 'yaml'
import { checkTerminalText } from '../config/terminal-file.ts'
import { listParameters, type Parameter } from './parameter.ts'
import type { ParameterFile } from './parameter-file.ts'

export type Change = {
  readonly parameter: Parameter
  /** What holds, as it stands in the file or by default; undefined: nothing. */
  readonly before: unknown
  readonly after: unknown
}

export type Plan =
  | { readonly ok: true; readonly text: string; readonly changes: readonly Change[] }
  | {
      readonly ok: false
      readonly why: 'unknown' | 'wrong' | 'unreadable'
      readonly detail: string
    }

/** `text`: of terminal.yaml in `folder`. The result is checked as a whole, as at a start. Never throws. */
export function planChange(
  text: string,
  wanted: Pick<ParameterFile, 'set' | 'clear'>,
  folder: string,
): Plan {
  const parameters = listParameters()
  const names = [...Object.keys(wanted.set), ...wanted.clear]
  const unknown = names.find((name) => parameters.every((one) => one.name !== name))
  if (unknown !== undefined) return { ok: false, why: 'unknown', detail: unknown }
  const document = parseDocument(text)
  if (document.errors.length > 0)
    return { ok: false, why: 'unreadable', detail: document.errors[0]?.message ?? '' }
  // Deleting what stands in no group would throw.
  for (const path of wanted.clear.map((name) => name.split('.')))
    if (document.hasIn(path)) document.deleteIn(path)
  for (const [name, value] of Object.entries(wanted.set)) put(document, { name, value }, parameters)
  const fresh = document.toString({ lineWidth: 0 })
  const compared = compareTexts(text, fresh, folder)
  return compared.ok ? { ok: true, text: fresh, changes: compared.changes } : compared
}

/** What is not the same in two texts of terminal.yaml, both of which must pass every check. */
export function compareTexts(
  before: string,
  after: string,
  folder: string,
): { readonly ok: true; readonly changes: readonly Change[] } | Extract<Plan, { ok: false }> {
  const old = effectiveValues(before, folder)
  if (!old.ok) return { ok: false, why: 'unreadable', detail: old.problem }
  const fresh = effectiveValues(after, folder)
  if (!fresh.ok) return { ok: false, why: 'wrong', detail: fresh.problem }
  return { ok: true, changes: difference(listParameters(), old.value, fresh.value) }
}

/** Every parameter that is not the same in the two, in the order of the table. */
function difference(
  parameters: readonly Parameter[],
  before: unknown,
  after: unknown,
): readonly Change[] {
  return parameters.flatMap((parameter) => {
    const change = {
      parameter,
      before: at(before, parameter.name),
      after: at(after, parameter.name),
    }
    return JSON.stringify(change.before) === JSON.stringify(change.after) ? [] : [change]
  })
}

type Effective =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: string }

/** What holds, with every default filled in. */
export function effectiveValues(text: string, folder: string): Effective {
  const checked = checkTerminalText(text, folder)
  return checked.ok
    ? { ok: true, value: checked.checked }
    : { ok: false, problem: `${checked.place}: ${checked.problem}` }
}

/** The value under a dotted name; undefined: none. */
export function at(value: unknown, name: string): unknown {
  let found = value
  for (const key of name.split('.')) {
    if (typeof found !== 'object' || found === null) return undefined
    found = Object.entries(found).find(([own]) => own === key)?.[1]
  }
  return found
}

/** A group that is not in the file yet begins with its default, so that one of its values can be named alone. */
function put(
  document: Document,
  { name, value }: { readonly name: string; readonly value: unknown },
  parameters: readonly Parameter[],
): void {
  const path = name.split('.')
  for (let length = 1; length < path.length; length++) {
    const group = path.slice(0, length)
    if (isMap(document.getIn(group))) continue
    document.setIn(group, document.createNode({}))
    for (const { fallback, name: member } of parameters)
      if (fallback !== undefined && member.startsWith(`${group.join('.')}.`))
        fill(document, member.split('.'), fallback)
  }
  document.setIn(path, document.createNode(value))
}

function fill(document: Document, path: readonly string[], value: unknown): void {
  const parent = path.slice(0, -1)
  if (!isMap(document.getIn(parent))) document.setIn(parent, document.createNode({}))
  document.setIn([...path], document.createNode(value))
}

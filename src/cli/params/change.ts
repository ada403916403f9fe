/** `suretill params diff`, `apply` and `roll-back`. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { openConfigSeal } from '#shell/config/config-seal.ts'
import { judgeSignature, type Signature, signerFile } from '#shell/config/signature.ts'
import { valueText } from '#shell/params/explain.ts'
import {
  PARAMETER_FILE_BYTES,
  type ParameterFile,
  readParameterFile,
} from '#shell/params/parameter-file.ts'
import { at, type Change, compareTexts, planChange } from '#shell/params/plan-change.ts'
import { replaceFile, stepBack, textBefore } from '#shell/params/replace-file.ts'
import type { Outcome, Seeing } from './desk.ts'
import { authority, type ChangeFlags, no, whileOff } from './off.ts'
import { readConfig } from './show.ts'

type Planned = {
  readonly file: ParameterFile
  readonly signature: Signature
  readonly text: string
  readonly changes: readonly Change[]
  readonly isProduction: boolean
}

/** Shows what would change; nothing is written. */
export function compareFile(see: Seeing, file: string, flags: ChangeFlags): Outcome {
  const planned = plan(see, file, flags)
  return planned.ok ? { ok: true, lines: tell(see, planned.value.changes, flags) } : planned
}

/** Journal first, then the file: a power cut in between leaves the old configuration and a note of the wish. */
export async function applyFile(see: Seeing, file: string, flags: ChangeFlags): Promise<Outcome> {
  const planned = plan(see, file, flags)
  if (!planned.ok) return planned
  const { changes, file: wanted, signature, text } = planned.value
  return await whileOff(see, flags, (terminal, now) => {
    const seal = openConfigSeal(terminal)
    if (planned.value.isProduction && seal.judge(now) === 'changed')
      return no(1, see.words('config.changedByHand'))
    const version = seal.version()
    if (wanted.version <= version)
      return no(2, see.words('params.old', { file, version: wanted.version, last: version }))
    if (changes.length === 0) return { ok: true, lines: [see.words('params.nothing')] }
    const by = authority(see, terminal, signature)
    if (by === null) return no(1, see.words('params.notSignedIn'))
    const what = [{ name: 'version', before: String(version), after: String(wanted.version) }]
    terminal.book.write('parametersApplied', [by], [...what, ...facts(see, changes)])
    replaceFile({ folder: flags.config, disk: terminal.disk, seal }, text, wanted.version)
    return { ok: true, lines: [...tell(see, changes, flags), see.words('params.applied', { by })] }
  })
}

/** The file before goes through every check again: what was fine then may not be now. */
export async function rollBack(see: Seeing, flags: ChangeFlags): Promise<Outcome> {
  const text = textBefore(flags.config)
  if (text === null) return no(1, see.words('params.noStepBack'))
  return await whileOff(see, flags, (terminal, now) => {
    const seal = openConfigSeal(terminal)
    const compared = compareTexts(now, text, flags.config)
    if (!compared.ok) return no(1, see.words('params.stepBackUnusable', { why: compared.detail }))
    const { changes } = compared
    const by = authority(see, terminal, { kind: 'none' })
    if (by === null) return no(1, see.words('params.notSignedIn'))
    terminal.book.write('parametersRolledBack', [by], facts(see, changes))
    stepBack({ folder: flags.config, disk: terminal.disk, seal }, text, seal.version())
    return {
      ok: true,
      lines: [...tell(see, changes, flags), see.words('params.rolledBack', { by })],
    }
  })
}

type Made = { readonly ok: true; readonly value: Planned } | Extract<Outcome, { ok: false }>

function plan({ words }: Seeing, file: string, { config }: ChangeFlags): Made {
  const bytes = readSmall(file)
  if (bytes === null) return no(2, words('file.unusable', { file, most: PARAMETER_FILE_BYTES }))
  const signature = judgeSignature(bytes, readSmall(`${file}.sig`), signerFile(config))
  if (signature.kind === 'bad') return no(2, words(`signature.${signature.why}`, { file }))
  const read = readParameterFile(new TextDecoder().decode(bytes))
  if (!read.ok) return no(2, words('params.fileWrong', { file, why: read.problem }))
  const now = readConfig(config)
  if (!now.ok) return no(2, words('config.unusable', { config, why: now.problem }))
  const isProduction = at(now.value, 'profile') === 'production'
  if (isProduction && signature.kind === 'none') return no(2, words('signature.missing', { file }))
  const own = at(now.value, 'terminal.number')
  if (read.file.terminal !== '*' && read.file.terminal !== own)
    return no(
      2,
      words('params.otherTerminal', { file, terminal: read.file.terminal, own: String(own) }),
    )
  const planned = planChange(now.text, read.file, config)
  if (!planned.ok)
    return no(2, words(`params.plan.${planned.why}`, { file, detail: planned.detail }))
  const { changes, text } = planned
  return { ok: true, value: { file: read.file, signature, text, changes, isProduction } }
}

function tell(
  { meanings }: Seeing,
  changes: readonly Change[],
  { json }: ChangeFlags,
): readonly string[] {
  const rows = changes.map(({ after, before, parameter }) => ({
    name: parameter.name,
    before: valueText(parameter, before, meanings),
    after: valueText(parameter, after, meanings),
  }))
  if (json === true) return [JSON.stringify({ changes: rows })]
  return rows.map((row) => `${row.name}: ${row.before} -> ${row.after}`)
}

/** For the journal: secrets as a mark, long values cut. */
function facts(
  { meanings }: Seeing,
  changes: readonly Change[],
): { name: string; before: string; after: string }[] {
  const cut = (text: string): string => text.slice(0, FACT_MOST)
  return changes.map(({ after, before, parameter }) => ({
    name: parameter.name,
    before: cut(valueText(parameter, before, meanings)),
    after: cut(valueText(parameter, after, meanings)),
  }))
}

const FACT_MOST = 400

/** Null when there is no such file or it is far too long. */
function readSmall(file: string): Uint8Array | null {
  if (!existsSync(file) || statSync(file).size > PARAMETER_FILE_BYTES) return null
  return Uint8Array.from(readFileSync(file))
}

/** `suretill params show`, `explain` and `page`: reading only. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { explainText, parametersPage, valueText } from '#shell/params/explain.ts'
import { listParameters } from '#shell/params/parameter.ts'
import { at, effectiveValues } from '#shell/params/plan-change.ts'
import { loadParameterWords } from '#shell/params/words.ts'
import type { Outcome, ParamsIo, Seeing } from './desk.ts'

/** Secrets are named, never shown. */
export function show(
  { meanings, words }: Seeing,
  {
    changed,
    config,
    json,
  }: { readonly config: string; readonly changed?: true; readonly json?: true },
): Outcome {
  const read = readConfig(config)
  if (!read.ok)
    return {
      ok: false,
      exitCode: 2,
      sentence: words('config.unusable', { config, why: read.problem }),
    }
  const rows = listParameters().flatMap((parameter) => {
    const value = at(read.value, parameter.name)
    const isDefault = JSON.stringify(value) === JSON.stringify(parameter.fallback)
    return changed === true && isDefault ? [] : [{ parameter, value, isDefault }]
  })
  if (json === true) {
    const list = rows.map(({ isDefault, parameter: { name, secret }, value }) => ({
      name,
      value: secret && value !== undefined ? null : (value ?? null),
      isSet: value !== undefined,
      isDefault,
      secret,
    }))
    return { ok: true, lines: [JSON.stringify({ parameters: list })] }
  }
  const lines = rows.map(({ isDefault, parameter, value }) => {
    const mark = isDefault && value !== undefined ? `  (${meanings.labels.byDefault})` : ''
    return `${parameter.name}: ${valueText(parameter, value, meanings)}${mark}`
  })
  return { ok: true, lines }
}

/** Of one, or of all that begin like this. */
export function explain(
  { meanings, words }: Seeing,
  name: string,
  { json }: { readonly json?: true },
): Outcome {
  const found = listParameters().filter(
    (one) => one.name === name || one.name.startsWith(`${name}.`),
  )
  if (found.length === 0)
    return { ok: false, exitCode: 2, sentence: words('params.unknown', { name }) }
  if (json === true) {
    const list = found.map((one) => ({ ...one, meaning: meanings.meanings[one.name] ?? '' }))
    return { ok: true, lines: [JSON.stringify({ parameters: list })] }
  }
  return { ok: true, lines: found.flatMap((one) => explainText(one, meanings)) }
}

export function page({ sharedConfig }: ParamsIo): Outcome {
  const [en, zh] = (['en', 'zh-CN'] as const).map((locale) =>
    loadParameterWords(sharedConfig, locale),
  )
  if (en === undefined || zh === undefined) return { ok: true, lines: [] }
  return { ok: true, lines: [parametersPage(listParameters(), en, zh).trimEnd()] }
}

export type ReadConfig =
  | { readonly ok: true; readonly text: string; readonly value: unknown }
  | { readonly ok: false; readonly problem: string }

/** What holds in a configuration folder, with every default filled in. */
export function readConfig(folder: string): ReadConfig {
  try {
    const text = readFileSync(join(folder, 'terminal.yaml'), 'utf8')
    const effective = effectiveValues(text, folder)
    return effective.ok ? { ok: true, text, value: effective.value } : effective
  } catch (cause) {
    return { ok: false, problem: cause instanceof Error ? cause.message : 'unreadable' }
  }
}

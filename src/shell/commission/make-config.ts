/** From answers to `terminal.yaml`: the shipped example with every answer in its place, so that its remarks are there for whoever reads it next. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { planChange } from '../params/plan-change.ts'
import type { Answers } from './answers.ts'

export type MadeConfig =
  | { readonly ok: true; readonly text: string }
  /** `detail`: the parameter and what is wrong with it. */
  | { readonly ok: false; readonly detail: string }

/** `folder`: where certificate files lie. Never throws for what answers can hold. */
export function makeConfig(
  answers: Pick<Answers, 'set' | 'people'>,
  places: { readonly sharedConfig: string; readonly folder: string },
): MadeConfig {
  const operators = answers.people.map(({ number, role }) => ({ number, role }))
  const planned = planChange(
    templateText(places.sharedConfig),
    { set: { ...answers.set, operators }, clear: [] },
    places.folder,
  )
  return planned.ok ? { ok: true, text: planned.text } : { ok: false, detail: planned.detail }
}

/** Whether one value may stand under this name; what is wrong with it otherwise. */
export function checkOne(sharedConfig: string, name: string, value: unknown): string | null {
  const planned = planChange(
    templateText(sharedConfig),
    { set: { [name]: value }, clear: [] },
    sharedConfig,
  )
  return planned.ok ? null : planned.detail
}

/** Shipped with the program. The key of the demonstration stays out: keys never stand in a configuration that setup writes. */
function templateText(sharedConfig: string): string {
  const document = parseDocument(readFileSync(join(sharedConfig, 'demo', 'terminal.yaml'), 'utf8'))
  document.deleteIn(['acquirer', 'masterKey'])
  return document.toString({ lineWidth: 0 })
}

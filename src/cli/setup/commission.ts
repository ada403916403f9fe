/** `suretill setup` once the answers are there: the folders, people, keys, the terminal at work, the sheet. All of it is kept or nothing. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Answers } from '#shell/commission/answers.ts'
import { makeConfig } from '#shell/commission/make-config.ts'
import { asParameters, pluggedRoles } from '#shell/commission/plugged-roles.ts'
import type { ServiceWords } from '#shell/commission/service-words.ts'
import { renderSheet, type SheetLine } from '#shell/commission/sheet.ts'
import { loadTerminalFile, type TerminalFile } from '#shell/config/terminal-file.ts'
import { loadKnownDevices } from '#shell/devices/known-devices.ts'
import type { Given, SetupDesk } from './desk.ts'
import { loadFirstKey } from './keys.ts'
import { letPeopleIn, writeCommissioned } from './people.ts'
import { openPlaces, type SetupPlaces } from './places.ts'
import { sheetLines } from './sheet.ts'
import { printSheet, type Step, tryTerminal } from './tests.ts'

/** Of `config/systemd/suretill.service`. */
const SERVICE_CONFIG = '/etc/suretill'
const SERVICE_DATA = '/var/lib/suretill'

export type SetupWish = Extract<Given, { ok: true }> & {
  readonly into: string
  readonly data?: string
  readonly signer?: string
  /** Answers and places are looked at, and nothing is made. */
  readonly check?: true
}

export type Commissioned =
  | { readonly ok: true; readonly lines: readonly string[]; readonly report: SetupReport }
  | { readonly ok: false; readonly exitCode: 1 | 2; readonly sentence: string }

type SetupReport = {
  readonly config: string
  readonly data: string
  readonly sheet: string
  readonly steps: readonly Step[]
}

/** A failure in the middle leaves nothing behind. */
export async function commission(desk: SetupDesk, wish: SetupWish): Promise<Commissioned> {
  const opened = openPlaces(wish.into, wish.data)
  if (!opened.ok)
    return no(2, desk.words(`setup.${opened.why}`, { into: wish.into, why: opened.detail }))
  const { places } = opened
  let isKept = false
  try {
    const made = await make(desk, wish, places)
    if (!made.ok || wish.check === true) return made
    places.keep()
    isKept = true
    return made
  } finally {
    if (!isKept) places.drop()
  }
}

async function make(desk: SetupDesk, wish: SetupWish, places: SetupPlaces): Promise<Commissioned> {
  const { words } = desk
  const answers = withDevices(desk, wish.answers)
  if (typeof answers === 'string') return no(2, answers)
  const wrong = writeConfig(desk, { ...wish, answers }, places)
  if (wrong !== null) return no(2, wrong)
  const loaded = loadTerminalFile(places.config)
  if (!loaded.ok) return no(2, loaded.sentence)
  const { file } = loaded
  if (file.profile === 'production' && wish.signature.kind !== 'good')
    return no(2, words('setup.unsigned'))
  if (wish.check === true) return checked(desk, places)
  const refused = await letPeopleIn(desk, { answers, file, places })
  if (refused !== null) return no(1, refused)
  const key = await loadFirstKey(desk, { answers, file, places })
  if (!key.ok) return no(1, key.sentence)
  const tried = await tryTerminal(desk, {
    answers,
    file,
    places,
    isGuided: wish.isGuided,
    hasKey: key.check !== '',
  })
  if (!tried.ok) return no(1, tried.sentence)
  const by = wish.signature.kind === 'good' ? `key ${wish.signature.signer}` : 'setup'
  const lines = sheetLines(desk, {
    answers,
    file,
    check: key.check,
    steps: tried.steps,
    by,
    config: places.config,
  })
  const journal = await writeCommissioned(desk, places, by, lines)
  if (journal !== null) return no(1, journal)
  return await hand(desk, { places, file, lines, steps: tried.steps, answers })
}

/** Looks for the one device of each kind when the answers say so; a sentence when there is not exactly one. */
function withDevices({ sharedConfig, tree, words }: SetupDesk, answers: Answers): Answers | string {
  if (answers.devices === 'asSet') return answers
  const table = loadKnownDevices(join(sharedConfig, 'devices', 'known.yaml'))
  if (!table.ok) return table.sentence
  const found = pluggedRoles(tree, table.devices)
  const set: Record<string, unknown> = {}
  for (const role of ['printer', 'pinPad', 'cardReader', 'qrScanner'] as const) {
    if (Object.keys(answers.set).some((name) => name.startsWith(`devices.${role}`))) continue
    const [one, another] = found.filter((candidate) => candidate.role === role)
    if (one === undefined || another !== undefined)
      return words(one === undefined ? 'setup.noDevice' : 'setup.manyDevices', {
        role: words(`setup.role.${role}`),
      })
    Object.assign(set, asParameters(one))
  }
  return { ...answers, set: { ...answers.set, ...set } }
}

/** A sentence when the answers make no configuration. */
function writeConfig(
  { sharedConfig, words }: SetupDesk,
  wish: SetupWish,
  { config }: SetupPlaces,
): string | null {
  const { answers, from, signer } = wish
  try {
    for (const [name, source] of Object.entries(answers.files))
      copyFileSync(resolve(from, source), join(config, name))
    if (signer !== undefined) copyFileSync(signer, join(config, 'signer.pem'))
  } catch (cause) {
    return words('setup.fileMissing', { why: cause instanceof Error ? cause.message : '' })
  }
  const made = makeConfig(answers, { sharedConfig, folder: config })
  if (!made.ok) return words('setup.configWrong', { detail: made.detail })
  writeFileSync(join(config, 'terminal.yaml'), made.text, { mode: 0o600 })
  return null
}

type Handing = {
  readonly places: SetupPlaces
  readonly file: TerminalFile
  readonly lines: readonly SheetLine[]
  readonly steps: readonly Step[]
  readonly answers: Answers
}

/** The sheet as a file to keep and as a picture; on paper, when there is a printer that took its test. */
async function hand(
  desk: SetupDesk,
  { answers, file, lines, places, steps }: Handing,
): Promise<Commissioned> {
  const { words } = desk
  const facts = {
    title: words('setup.sheet.title'),
    lines,
    signatures: signaturesOf(answers, words),
  }
  const sheet = renderSheet(facts, { columns: file.devices.printer.columns, images: 'generic' })
  const hasPrinter = steps.some(({ name, result }) => name === 'printer' && result === 'passed')
  if (hasPrinter)
    desk.prompt.say(words('setup.sheetPrinted', { outcome: await printSheet(desk, file, facts) }))
  writeFileSync(join(places.data, 'commissioning.txt'), sheet.text, { mode: 0o600 })
  writeFileSync(join(places.data, 'commissioning.svg'), sheet.svg, { mode: 0o600 })
  const config = places.finalConfig
  const data = places.finalData
  const report = { config, data, sheet: join(data, 'commissioning.txt'), steps }
  const text = readFileSync(join(places.data, 'commissioning.txt'), 'utf8').trimEnd()
  return {
    ok: true,
    report,
    lines: [...text.split('\n'), '', words(doneWords(places), { config, data })],
  }
}

/** The installed service has a start of its own: a `run` by hand would be that of another user. */
function doneWords({ finalConfig, finalData }: SetupPlaces): string {
  const isService = finalConfig === SERVICE_CONFIG && finalData === SERVICE_DATA
  return isService ? 'setup.doneService' : 'setup.done'
}

function checked({ words }: SetupDesk, { finalConfig, finalData }: SetupPlaces): Commissioned {
  const report = { config: finalConfig, data: finalData, sheet: '', steps: [] }
  return { ok: true, report, lines: [words('setup.checked')] }
}

function signaturesOf({ people }: Answers, words: ServiceWords): readonly string[] {
  const seniors = people.filter(({ role }) => role !== 'cashier').map(({ number }) => number)
  return [words('setup.sheet.technician'), ...seniors]
}

function no(exitCode: 1 | 2, sentence: string): Extract<Commissioned, { ok: false }> {
  return { ok: false, exitCode, sentence }
}

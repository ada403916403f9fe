/** What the commissioning sheet of a terminal says; no secret stands on it. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hostDateTime } from '#core/calendar.ts'
import type { Answers } from '#shell/commission/answers.ts'
import type { SheetLine } from '#shell/commission/sheet.ts'
import type { TerminalFile } from '#shell/config/terminal-file.ts'
import type { SetupDesk } from './desk.ts'
import type { Step } from './tests.ts'

export type SheetFacts = {
  readonly answers: Answers
  readonly file: TerminalFile
  /** Check value of the master key; empty: none yet. */
  readonly check: string
  readonly steps: readonly Step[]
  readonly by: string
  /** Folder in which terminal.yaml is being made. */
  readonly config: string
}

/** Digits of the SHA-256 of terminal.yaml: enough to see on the telephone whether two are the same. */
const DIGEST_DIGITS = 16

export function sheetLines({ clock, words }: SetupDesk, facts: SheetFacts): readonly SheetLine[] {
  const { acquirer, devices, merchant, profile, terminal } = facts.file
  const text = readFileSync(join(facts.config, 'terminal.yaml'))
  const line = (key: string, value: string): SheetLine => [words(`setup.sheet.${key}`), value]
  const device = (role: keyof typeof devices): SheetLine => [
    words(`setup.role.${role}`),
    describe(devices[role]),
  ]
  return [
    line('at', hostDateTime(clock.wallMs(), '', '')),
    line('by', facts.by),
    line('profile', profile),
    line('merchant', `${merchant.name['zh-CN']} / ${merchant.name.en} (${merchant.number})`),
    line('terminal', `${terminal.number}, ${terminal.serial}`),
    line('acquirer', `${acquirer.name}, ${acquirer.host}:${acquirer.port}, ${acquirer.dialect}`),
    line('key', facts.check === '' ? words('keys.none') : facts.check),
    ...(['printer', 'pinPad', 'cardReader', 'qrScanner'] as const).map(device),
    line('people', facts.answers.people.map(({ number, role }) => `${number} ${role}`).join(', ')),
    ...facts.steps.map(
      ({ detail, name, result }): SheetLine => [
        words(`setup.step.${name}`),
        `${words(`setup.${result}`)} ${detail}`.trimEnd(),
      ],
    ),
    line('digest', createHash('sha256').update(text).digest('hex').slice(0, DIGEST_DIGITS)),
  ]
}

function describe(settings: object): string {
  return Object.values(settings)
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .map((value) => JSON.stringify(value).replaceAll('"', ''))
    .join(' ')
}

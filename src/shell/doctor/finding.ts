/** One line of the doctor's report: what was looked at, how it is, and by which words it is told. */
import { fillIn, type TechnicianWords } from '../devices/technician-words.ts'

export type CheckName =
  | 'configuration'
  | 'terminal'
  | 'device'
  | 'paper'
  | 'names'
  | 'host'
  | 'talk'
  | 'keys'
  | 'certificate'
  | 'clock'
  | 'disk'
  | 'journal'

/** `bad` makes the exit code 1. `open`: not known, and why is said. */
export type Level = 'good' | 'open' | 'warning' | 'bad'

export type Finding = {
  readonly check: CheckName
  readonly level: Level
  /** A key of `doctor.findings` in config/locales/technician.*.json. */
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
}

export type ToldFinding = Finding & { readonly what: string; readonly now: string }

export function finding(
  check: CheckName,
  level: Level,
  code: string,
  params: Finding['params'] = {},
): Finding {
  return { check, level, code, params }
}

export function isAllWell(findings: readonly Finding[]): boolean {
  return findings.every(({ level }) => level !== 'bad')
}

/** In words; a role among the params is put in by its name in the language. Nothing to do: `now` is empty. */
export function tell(found: Finding, words: TechnicianWords): ToldFinding {
  const told = words.doctor.findings[found.code]
  const params = Object.fromEntries(
    Object.entries(found.params).map(([name, value]) => [
      name,
      words.devices.roles[String(value)] ?? value,
    ]),
  )
  return {
    ...found,
    what: told === undefined ? found.code : fillIn(told.what, params),
    now: told?.now === undefined ? '' : fillIn(told.now, params),
  }
}

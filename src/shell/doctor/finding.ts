/** One line of the doctor's report: what was looked at, how it is, and by which words it is told. */
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

export function finding(
  check: CheckName,
  level: Level,
  code: string,
  params: Finding['params'] = {},
): Finding {
  return { check, level, code, params }
}

/** Worth keeping for the next run: what is not as it should be. */
export function isTrouble({ level }: Finding): boolean {
  return level === 'warning' || level === 'bad'
}

export function isAllWell(findings: readonly Finding[]): boolean {
  return findings.every(({ level }) => level !== 'bad')
}

/** A time as the reports write it: to the minute, UTC. */
export function minutes(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

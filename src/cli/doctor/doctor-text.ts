/** The doctor's report as lines that can be printed: red things last, where the eye stays, each with its next step. */

import type { TechnicianWords } from '#shell/devices/technician-words.ts'
import { type Level, minutes } from '#shell/doctor/finding.ts'
import type { Visit } from '#shell/doctor/history.ts'
import { type ToldFinding, tell } from '#shell/doctor/tell.ts'

const ORDER: readonly Level[] = ['good', 'open', 'warning', 'bad']

export function doctorText(
  findings: readonly ToldFinding[],
  { doctor: words }: TechnicianWords,
): readonly string[] {
  const label = (key: string): string => words.labels[key] ?? key
  const sorted = ORDER.flatMap((level) => findings.filter((one) => one.level === level))
  const lines = sorted.flatMap((one) => [
    `[${label(one.level)}] ${words.checks[one.check] ?? one.check}: ${one.what}`,
    ...(one.since === '' ? [] : [`    ${one.since}`]),
    ...(one.now === '' ? [] : [`    ${label('next')}: ${one.now}`]),
  ])
  const bad = findings.filter(({ level }) => level === 'bad').length
  const verdict = bad === 0 ? label('allWell') : label('notWell').replace('{count}', String(bad))
  return [...lines, '', verdict, label('noMoney')]
}

/** One line for each run that is kept, oldest first, and under it what was not as it should be. */
export function historyText(visits: readonly Visit[], words: TechnicianWords): readonly string[] {
  const { checks, labels } = words.doctor
  if (visits.length === 0) return [labels['noHistory'] ?? '']
  return visits.flatMap(({ atMs, findings }) => [
    `${minutes(atMs)}  ${findings.length === 0 ? (labels['allWell'] ?? '') : ''}`.trimEnd(),
    ...findings.map((found) => {
      const { check, level, what } = tell(found, words)
      return `    [${labels[level] ?? level}] ${checks[check] ?? check}: ${what}`
    }),
  ])
}

/** The doctor's report as lines that can be printed: red things last, where the eye stays, each with its next step. */

import type { TechnicianWords } from '#shell/devices/technician-words.ts'
import type { Level, ToldFinding } from '#shell/doctor/finding.ts'

const ORDER: readonly Level[] = ['good', 'open', 'warning', 'bad']

export function doctorText(
  findings: readonly ToldFinding[],
  { doctor: words }: TechnicianWords,
): readonly string[] {
  const label = (key: string): string => words.labels[key] ?? key
  const sorted = ORDER.flatMap((level) => findings.filter((one) => one.level === level))
  const lines = sorted.flatMap((one) => [
    `[${label(one.level)}] ${words.checks[one.check] ?? one.check}: ${one.what}`,
    ...(one.now === '' ? [] : [`    ${label('next')}: ${one.now}`]),
  ])
  const bad = findings.filter(({ level }) => level === 'bad').length
  const verdict = bad === 0 ? label('allWell') : label('notWell').replace('{count}', String(bad))
  return [...lines, '', verdict, label('noMoney')]
}

/** Verdicts on a device as a line, as JSON and as JUnit. */
import type { Verdict } from './step.ts'

export type Subject = { readonly device: string; readonly path: string }

const MARKS = { passed: 'ok   ', failed: 'FAIL ', notTried: '-    ' } as const

export function verdictLine(verdict: Verdict): string {
  const said = verdict.kind === 'passed' ? verdict.note : verdict.why
  const tail = said === '' ? '' : `: ${said}`
  return `${MARKS[verdict.kind]} ${(verdict.ms / 1000).toFixed(1).padStart(5)} s  ${verdict.title}${tail}`
}

export function countOf(verdicts: readonly Verdict[], kind: Verdict['kind']): number {
  return verdicts.filter((one) => one.kind === kind).length
}

export function jsonReport(subject: Subject, verdicts: readonly Verdict[]): string {
  const totals = {
    passed: countOf(verdicts, 'passed'),
    failed: countOf(verdicts, 'failed'),
    notTried: countOf(verdicts, 'notTried'),
  }
  return JSON.stringify({ ...subject, ok: totals.failed === 0, totals, verdicts })
}

export function junitReport({ device, path }: Subject, verdicts: readonly Verdict[]): string {
  const counts = `tests="${verdicts.length}" failures="${countOf(verdicts, 'failed')}" skipped="${countOf(verdicts, 'notTried')}" errors="0"`
  const cases = verdicts.map((verdict) => {
    const head = `    <testcase classname="${escaped(device)}" name="${escaped(verdict.title)}" time="${(verdict.ms / 1000).toFixed(3)}"`
    if (verdict.kind === 'passed') return `${head}/>`
    const element = verdict.kind === 'failed' ? 'failure' : 'skipped'
    return `${head}><${element} message="${escaped(verdict.why)}"/></testcase>`
  })
  const suite = `  <testsuite name="${escaped(`${device} ${path}`)}" ${counts}>`
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${[suite, ...cases, '  </testsuite>'].join('\n')}\n</testsuites>\n`
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

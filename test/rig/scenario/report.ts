/** Verdicts as text for a person, as JSON for programs, and as JUnit for build servers. */
import type { Verdict } from './play.ts'

export type Totals = {
  readonly scenarios: number
  readonly failed: number
  readonly knownFaults: number
  readonly ms: number
}

export function totalsOf(verdicts: readonly Verdict[], ms: number): Totals {
  return {
    scenarios: verdicts.length,
    failed: verdicts.filter(({ ok }) => !ok).length,
    knownFaults: verdicts.filter(({ knownFault }) => knownFault !== null).length,
    ms: Math.round(ms),
  }
}

/** How this one is run again, alone. */
function repeatCommand({ file, title }: Verdict): string {
  return `suretill-rig run ${quoted(file)} --only ${quoted(title)}`
}

/** One line; for a failure also what was seen, what journal and host hold, and how to repeat it. */
export function tellVerdict(verdict: Verdict): string {
  const { failure, host, journal, knownFault, ms, ok, saw, title } = verdict
  const mark = ok ? (knownFault === null ? 'ok   ' : 'known') : 'FAIL '
  const line = `${mark} ${(ms / 1000).toFixed(1).padStart(5)} s  ${title}`
  if (ok) return knownFault === null ? line : `${line}\n      known fault: ${knownFault}`
  return [
    line,
    `      ${failure?.at}: ${failure?.why}`,
    `      the cashier saw: ${saw.join(' → ') || 'nothing'}`,
    `      the journal holds: ${journal}`,
    `      the host ${host}`,
    `      repeat: ${repeatCommand(verdict)}`,
  ].join('\n')
}

export function tellTotals({ scenarios, failed, knownFaults, ms }: Totals): string {
  const known = knownFaults === 0 ? '' : `, ${knownFaults} show a known fault`
  return `${scenarios} scenarios in ${(ms / 1000).toFixed(1)} s: ${failed} failed${known}.`
}

/** One document: `totals`, and `verdicts` with how each is repeated. */
export function jsonReport(verdicts: readonly Verdict[], totals: Totals): string {
  const told = verdicts.map((verdict) => ({ ...verdict, repeat: repeatCommand(verdict) }))
  return JSON.stringify({ totals, verdicts: told })
}

/** JUnit XML as build servers read it: one suite per file, a known fault as skipped. */
export function junitReport(verdicts: readonly Verdict[]): string {
  const files = [...new Set(verdicts.map(({ file }) => file))]
  const suites = files.map((file) =>
    suite(
      file,
      verdicts.filter((one) => one.file === file),
    ),
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`
}

function suite(file: string, verdicts: readonly Verdict[]): string {
  const failures = verdicts.filter(({ ok }) => !ok).length
  const skipped = verdicts.filter(({ knownFault }) => knownFault !== null).length
  const seconds = verdicts.reduce((sum, { ms }) => sum + ms, 0) / 1000
  const counts = `tests="${verdicts.length}" failures="${failures}" errors="0" skipped="${skipped}"`
  const head = `  <testsuite name="${escaped(file)}" ${counts} time="${seconds.toFixed(3)}">`
  return [head, ...verdicts.map(testCase), '  </testsuite>'].join('\n')
}

function testCase(verdict: Verdict): string {
  const { failure, file, knownFault, ms, ok, title } = verdict
  const names = `classname="${escaped(file)}" name="${escaped(title)}"`
  const head = `    <testcase ${names} time="${(ms / 1000).toFixed(3)}"`
  if (ok && knownFault === null) return `${head}/>`
  const body = ok
    ? `<skipped message="${escaped(knownFault ?? '')}"/>`
    : `<failure message="${escaped(failure?.why ?? '')}">${escaped(tellVerdict(verdict))}</failure>`
  return `${head}>\n      ${body}\n    </testcase>`
}

/** Control characters have no place in XML 1.0, not even escaped. */
function escaped(text: string): string {
  const clean = text.replace(/\p{Cc}/gu, (mark) => ('\t\n\r'.includes(mark) ? mark : '\uFFFD'))
  return clean.replace(/[&<>"]/g, (mark) => ENTITIES[mark] ?? mark)
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return /^[A-Za-z0-9_./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

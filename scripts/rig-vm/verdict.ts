/** What a run in the guest found, as text for a person, as JSON for programs, and as JUnit for build servers. */

export type Verdict = {
  readonly suite: 'devices' | 'power' | 'rauc'
  /** Names the case on the command line. */
  readonly name: string
  /** A sentence. */
  readonly title: string
  readonly ok: boolean
  /** What went wrong first; null when nothing did. */
  readonly why: string | null
  readonly ms: number
  /** What was measured, in milliseconds. */
  readonly measured: Readonly<Record<string, number>>
}

/** One line; for a failure also why, and how to repeat it. */
export function tellVerdict({ name, title, ok, why, ms, measured }: Verdict): string {
  const figures = Object.entries(measured).map(([what, figure]) => `${what} ${figure} ms`)
  const told = figures.length === 0 ? '' : ` (${figures.join(', ')})`
  const line = `${ok ? 'ok  ' : 'FAIL'} ${(ms / 1000).toFixed(1).padStart(6)} s  ${title}${told}`
  return ok ? line : `${line}\n        ${why}\n        repeat: ${repeatCommand(name)}`
}

export function tellTotals(verdicts: readonly Verdict[], ms: number): string {
  const failed = verdicts.filter(({ ok }) => !ok).length
  return `${verdicts.length} cases on a real kernel in ${Math.round(ms / 1000)} s: ${failed} failed.`
}

export function jsonReport(verdicts: readonly Verdict[], ms: number): string {
  const failed = verdicts.filter(({ ok }) => !ok).length
  const told = verdicts.map((verdict) => ({ ...verdict, repeat: repeatCommand(verdict.name) }))
  return JSON.stringify({
    totals: { cases: verdicts.length, failed, ms: Math.round(ms) },
    verdicts: told,
  })
}

/** One suite of JUnit for each of ours. */
export function junitReport(verdicts: readonly Verdict[]): string {
  const suites = [...new Set(verdicts.map(({ suite }) => suite))].map((suite) => {
    const own = verdicts.filter((verdict) => verdict.suite === suite)
    const failures = own.filter(({ ok }) => !ok).length
    const head = `  <testsuite name="rig-vm ${suite}" tests="${own.length}" failures="${failures}" errors="0" skipped="0" time="${seconds(own)}">`
    return [head, ...own.map(testCase), '  </testsuite>'].join('\n')
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`
}

/** How this one is run again, alone. */
function repeatCommand(name: string): string {
  return `make rig-vm ONLY=${name}`
}

function testCase(verdict: Verdict): string {
  const { ok, suite, title, why } = verdict
  const head = `    <testcase classname="rig-vm.${suite}" name="${escaped(title)}" time="${seconds([verdict])}"`
  if (ok) return `${head}/>`
  const body = `<failure message="${escaped(why ?? '')}">${escaped(tellVerdict(verdict))}</failure>`
  return `${head}>\n      ${body}\n    </testcase>`
}

function seconds(verdicts: readonly Verdict[]): string {
  return (verdicts.reduce((sum, { ms }) => sum + ms, 0) / 1000).toFixed(3)
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

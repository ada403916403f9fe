import { describe, expect, test } from 'vitest'
import {
  jsonReport,
  junitReport,
  tellTotals,
  tellVerdict,
  type Verdict,
} from '../../scripts/rig-vm/verdict.ts'

const FINE: Verdict = {
  suite: 'devices',
  name: 'pull-printer',
  title: 'the cable is pulled',
  ok: true,
  why: null,
  ms: 2345,
  measured: { 'shown after': 412 },
}
const WRONG: Verdict = {
  ...FINE,
  suite: 'power',
  name: 'cut-approved',
  ok: false,
  why: 'host holds <5.00> & the journal "0.00"',
  measured: {},
}

describe('the verdict of a run on a real kernel', () => {
  test('a technician reads what was measured', () => {
    expect(tellVerdict(FINE)).toBe('ok      2.3 s  the cable is pulled (shown after 412 ms)')
  })

  test('a failure says why and how it is repeated alone', () => {
    expect(tellVerdict(WRONG)).toContain('host holds <5.00> & the journal "0.00"')
    expect(tellVerdict(WRONG)).toContain('repeat: make rig-vm ONLY=cut-approved')
  })

  test('the last line counts what failed', () => {
    expect(tellTotals([FINE, WRONG], 61_400)).toBe('2 cases on a real kernel in 61 s: 1 failed.')
  })

  test('a build server reads one suite for each kind, and no mark of XML out of a text', () => {
    const xml = junitReport([FINE, WRONG])
    expect(xml).toContain('<testsuite name="rig-vm devices" tests="1" failures="0"')
    expect(xml).toContain('<testsuite name="rig-vm power" tests="1" failures="1"')
    expect(xml).toContain('message="host holds &lt;5.00&gt; &amp; the journal &quot;0.00&quot;"')
  })

  test('a program reads figures and the way to repeat each case', () => {
    expect(JSON.parse(jsonReport([FINE, WRONG], 10.4))).toMatchObject({
      totals: { cases: 2, failed: 1, ms: 10 },
      verdicts: [{ measured: { 'shown after': 412 } }, { repeat: 'make rig-vm ONLY=cut-approved' }],
    })
  })
})

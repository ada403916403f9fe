import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const RIG = fileURLToPath(new URL('../../scripts/suretill-rig', import.meta.url))

function newFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'verb-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'shop.yaml')
  writeFileSync(file, text)
  return file
}

function run(...args: string[]): Promise<{ code: unknown; out: string; err: string }> {
  return new Promise((resolve) =>
    execFile(RIG, ['run', ...args], (error, out, err) =>
      resolve({ code: error === null ? 0 : error.code, out, err }),
    ),
  )
}

const FOUR = `
scenarios:
  - title: right
    steps: [{ expect: { screen: { page: amount }, host: { held: "0.00" } } }]
  - title: it's <wrong> & "told"
    steps: [{ expect: { screen: { page: amount }, host: { held: "1.00" } } }]
  - title: known
    knownFault: { why: The till is slow., seen: 'wanted "menu"' }
    steps: [{ expect: { screen: { page: menu } } }]
  - title: mended
    knownFault: { why: The till was slow., seen: 'wanted "menu"' }
    steps: [{ expect: { screen: { page: amount } } }]
`

test('a failure says what was seen and held and how to repeat it; a known fault must show; JUnit says the same', {
  timeout: 60_000,
}, async () => {
  const file = newFile(FOUR)
  const junit = `${file}.xml`
  const { code, out } = await run(file, '--jobs', '4', '--json', '--junit', junit)
  expect(code).toBe(1)
  const report = JSON.parse(out)
  expect(report.totals).toMatchObject({ scenarios: 4, failed: 2, knownFaults: 1 })
  expect(report.verdicts).toMatchObject([
    { title: 'right', ok: true, failure: null },
    {
      ok: false,
      failure: { at: `${file}:6 expect`, why: 'host.held: wanted "1.00", is "0.00"' },
      saw: ['amount'],
      journal: 'no records',
      host: 'holds 0.00 after no request',
      repeat: `suretill-rig run ${file} --only 'it'\\''s <wrong> & "told"'`,
    },
    { title: 'known', ok: true, knownFault: 'The till is slow.' },
    { title: 'mended', ok: false, failure: { why: expect.stringContaining('did not show') } },
  ])
  const xml = readFileSync(junit, 'utf8')
  expect(xml).toContain('tests="4" failures="2" errors="0" skipped="1"')
  expect(xml).toContain('name="it\'s &lt;wrong&gt; &amp; &quot;told&quot;"')
  expect(xml).toContain('<skipped message="The till is slow."/>')
})

test('only the scenario that is asked for is run, and exit 0 says that it is fine', {
  timeout: 60_000,
}, async () => {
  const { code, out } = await run(newFile(FOUR), '--only', 'right')
  expect(out).toMatch(
    /ok .* right\n1 scenarios in .* s: 0 failed\. The terminal was the (shipped program|sources)\.\n$/,
  )
  expect(code).toBe(0)
})

test.each([
  ['a file that is not there', ['/nowhere/shop.yaml'], /^\/nowhere\/shop\.yaml cannot be read/],
  ['no file', [], /missing required argument/],
  ['no such title', [newFileLater, '--only', 'night'], /^No scenario has a title with "night"/],
  ['jobs that are no number', [newFileLater, '--jobs', 'many'], /Jobs are a whole number/],
] as const)('%s: exit 2 with one line', async (_what, args, said) => {
  const given = args.map((arg) => (typeof arg === 'string' ? arg : arg()))
  const { code, out, err } = await run(...given)
  expect(code).toBe(2)
  expect(out).toBe('')
  expect(err).toMatch(said)
})

function newFileLater(): string {
  return newFile(FOUR)
}

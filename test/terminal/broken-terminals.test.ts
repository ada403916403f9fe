/** Twelve broken terminals, made for real: the doctor, run as the technician runs it, names the cause and the way out in both languages. */
import { readFileSync } from 'node:fs'
import { inject, test } from 'vitest'
import { loadTechnicianWords } from '#shell/devices/technician-words.ts'
import { BROKEN_CASES } from './broken/cases.ts'
import { redLines, sectionOf } from './broken/doctor-page.ts'
import { visit } from './broken/visit.ts'
import { layOut } from './broken/workbench.ts'

/** A sign-on, silent ports, and a process for each language. */
const SLOW_MS = 120_000
const PAGE = readFileSync('docs/doctor.md', 'utf8')

/** Most of it is waiting for devices that do not answer. */
test.concurrent.for(BROKEN_CASES)(
  '$title.en: cause and way out',
  { timeout: SLOW_MS },
  async (broken, { expect, onTestFinished }) => {
    const bench = await layOut(inject('terminalProgram'))
    onTestFinished(() => bench.clear())
    const told = await visit(bench, await broken.breakIt(bench), broken.args)
    expect(told.exitCode, told.en).toBe(1)
    for (const language of ['en', 'zh-CN'] as const) {
      const { findings, labels } = loadTechnicianWords('config', language).doctor
      const red = redLines(told[language])
      const causes = red.filter((line) => line.startsWith('['))
      const ways = red.filter((line) => line.includes(`${labels['next']}: `))
      expect(causes, told[language]).toHaveLength(broken.red.length)
      expect(ways).toHaveLength(broken.red.length)
      for (const [at, code] of broken.red.entries())
        expect(causes[at]).toMatch(saying(findings[code]?.what ?? code))
    }
    expect(PAGE).toContain(sectionOf(broken, told, bench.folder))
  },
)

test('a terminal that nobody has broken has no red line, whatever the bench is made of', {
  timeout: SLOW_MS,
}, async ({ expect, onTestFinished }) => {
  const bench = await layOut(inject('terminalProgram'))
  onTestFinished(() => bench.clear())
  const { exitCode, out } = await bench.suretill(['doctor', '--lang', 'en'])
  expect(redLines(out)).toEqual([])
  expect(exitCode).toBe(0)
})

/** The words of a finding with anything in the place of its facts. */
function saying(what: string): RegExp {
  const literal = what
    .split(/\{\w+\}/)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(literal.join('.*'))
}

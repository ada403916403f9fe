/**
 * Breaks twelve terminals and prints what the doctor says of each; with `--write` into docs/doctor.md too.
 * Run: node scripts/doctors-cases.ts [--write] [WORDS OF A TITLE]. Needs unshare and openssl.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { BROKEN_CASES } from '../test/terminal/broken/cases.ts'
import { pageOf, sectionOf } from '../test/terminal/broken/doctor-page.ts'
import { visit } from '../test/terminal/broken/visit.ts'
import { layOut } from '../test/terminal/broken/workbench.ts'

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const chosen = BROKEN_CASES.filter(({ title }) => words.every((word) => title.en.includes(word)))
const told: [(typeof BROKEN_CASES)[number], string][] = []
for (const broken of chosen) {
  const bench = await layOut()
  try {
    const report = await visit(bench, await broken.breakIt(bench), broken.args)
    console.log(
      `\n=== ${broken.title.en} / ${broken.title['zh-CN']}: exit code ${report.exitCode}\n`,
    )
    console.log(`${report.en}\n${report['zh-CN']}`)
    told.push([broken, sectionOf(broken, report, bench.folder)])
  } finally {
    await bench.clear()
  }
}
if (process.argv.includes('--write'))
  writeFileSync(join(import.meta.dirname, '..', 'docs', 'doctor.md'), pageOf(told))

/**
 * The process that `make crash` records and breaks: a scripted day on a real journal. Arguments: folder; day; planted fault or none. Or
 * `many`, and what `test/crash/many-days.ts` asks for: the same day again and again, struck at one call after another.
 */
import { writeSync } from 'node:fs'
import process from 'node:process'
import { dayNamed, liveDay } from '../test/crash/day.ts'
import { liveManyDays, readOrder } from '../test/crash/many-days.ts'
import { PLANTED, PLANTED_IN_FILES, type Planted } from '../test/crash/planted.ts'

const [folder = '.', day = '', wanted = ''] = process.argv.slice(2)
if (folder === 'many')
  liveManyDays(readOrder(day), (told) => void writeSync(1, `${JSON.stringify(told)}\n`))
else {
  const fault = [...PLANTED, PLANTED_IN_FILES].find((one): one is Planted => one === wanted) ?? null
  const { failed } = liveDay(folder, dayNamed(day) ?? 'short', fault)
  if (failed !== null) {
    console.error(failed)
    process.exitCode = 1
  }
}

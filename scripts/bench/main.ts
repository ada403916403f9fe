/**
 * `make bench`: our ISO 8583 codec beside the published ones, on the same messages. First all of them must give equal results; then come
 * medians. Then the simulation beside a toy of one. No time is asserted: machines differ, ratios are what to look at.
 */
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { loadDialect } from '#shell/config/dialect-file.ts'
import { assertEqualResults, type Contestant, type Sample } from './contestant.ts'
import { isoUnderscore8583 } from './iso-8583.ts'
import { jsPos } from './jspos.ts'
import { measure } from './measure.ts'
import { ourCodec } from './our-codec.ts'
import { measureSimulation } from './simulation.ts'

const ROOT = join(import.meta.dirname, '..', '..')

const vector = z
  .object({
    mti: z.string(),
    fields: z.record(z.string(), z.string()),
    A_hex: z.string(),
    B_hex: z.string(),
  })
  .parse(JSON.parse(readFileSync(join(ROOT, 'test', 'vectors', 'iso8583-benchmark.json'), 'utf8')))

const OPERATIONS = ['unpack', 'unpackAndReadAll', 'pack'] as const

console.log(
  `Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}; ratio: fastest other / suretill`,
)
for (const form of ['A', 'B'] as const) compare(form)
tellSimulation()

function compare(form: 'A' | 'B'): void {
  const sample = { ...vector, bytes: Buffer.from(vector[`${form}_hex`], 'hex') }
  const contestants = contestantsFor(form, sample)
  for (const contestant of contestants) assertEqualResults(contestant, sample)
  const names = contestants.map(({ name }) => name).join(', ')
  console.log(`\n${form}, ${sample.bytes.length} bytes: equal results from ${names}`)
  console.log(row('', ['suretill', 'iso_8583', 'jspos', 'ratio']))
  for (const operation of OPERATIONS) {
    const times = measure(contestants.map((one) => ({ name: one.name, run: one[operation] })))
    const timeOf = (name: string): number | undefined =>
      times.find((time) => time.name === name)?.medianMicroseconds
    const ours = timeOf('suretill') ?? Number.NaN
    const others = times.filter(({ name }) => name !== 'suretill')
    const fastest = Math.min(...others.map((time) => time.medianMicroseconds))
    const cells = ['suretill', 'iso_8583', 'jspos'].map((name) => microseconds(timeOf(name)))
    console.log(row(operation, [...cells, `${(fastest / ours).toFixed(1)} ×`]))
  }
}

function tellSimulation(): void {
  const { ratio, simulated, toy } = measureSimulation()
  const whole = (value: number) => Math.round(value).toLocaleString('en-US')
  console.log(
    `\nsimulation: ${whole(simulated)} requests for money a second of one core, a toy on SQLite in memory ${whole(toy)}, ratio ${ratio.toFixed(3)}`,
  )
}

function contestantsFor(form: 'A' | 'B', sample: Sample): readonly Contestant[] {
  const file = join(import.meta.dirname, `dialect-${form.toLowerCase()}.yaml`)
  const loaded = loadDialect(file, join(ROOT, 'config', 'dialects'))
  if (!loaded.ok) throw new Error(loaded.problem)
  const ours = ourCodec(loaded.dialect, sample)
  const jspos = jsPos(form, sample)
  // iso_8583 knows no BCD.
  return form === 'A' ? [ours, isoUnderscore8583(sample), jspos] : [ours, jspos]
}

function microseconds(time: number | undefined): string {
  return time === undefined ? '–' : `${time.toFixed(2)} µs`
}

function row(head: string, cells: readonly string[]): string {
  return head.padEnd(18) + cells.map((cell) => cell.padStart(12)).join('')
}

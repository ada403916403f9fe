/**
 * `make bench`: our ISO 8583 codec beside the published ones, on the same messages. First all of them must give equal results; then come
 * medians. Then the simulation beside a toy of one. No time is asserted: machines differ, ratios are what to look at.
 */
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { Dialect } from '#iso8583/dialect.ts'
import { loadDialect } from '#shell/config/dialect-file.ts'
import { floorOf } from './codec-floor.ts'
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

/** What the codec is meant to reach beside the fastest other. */
const GOAL = 10

/**
 * What it is meant to stay under in B, on a machine where jPOS, which is Java and not part of this run, takes the second number: microseconds.
 * How quick this machine is beside that one, a reader sees from the others' times alone.
 */
const ABSOLUTE: Readonly<Record<string, { readonly under: number; readonly jpos: number }>> = {
  unpackAndReadAll: { under: 3, jpos: 3.9 },
  pack: { under: 4, jpos: 5.9 },
}

const OPERATIONS = ['unpack', 'unpackAndReadAll', 'pack'] as const

console.log(
  `Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}; processor time, in turns; ratio: fastest other / suretill;\nfloor: reading, the same values cut out of texts that the platform makes, with nothing checked; writing, the message's own buffer, empty`,
)
for (const form of ['A', 'B'] as const) compare(form)
tellSimulation()

function compare(form: 'A' | 'B'): void {
  const sample = { ...vector, bytes: Buffer.from(vector[`${form}_hex`], 'hex') }
  const ours = ourCodec(dialectFor(form), sample)
  const contestants = [ours, ...othersFor(form, sample)]
  for (const contestant of contestants) assertEqualResults(contestant, sample)
  const names = contestants.map(({ name }) => name).join(', ')
  console.log(`\n${form}, ${sample.bytes.length} bytes: equal results from ${names}`)
  console.log(row('', ['suretill', 'iso_8583', 'jspos', 'ratio', 'floor']))
  const floors = {
    unpack: null,
    unpackAndReadAll: floorOf(sample, ours.offsets),
    pack: () => new Uint8Array(sample.bytes.length),
  }
  for (const operation of OPERATIONS) {
    const tasks = contestants.map((one) => ({ name: one.name, run: one[operation] }))
    const least = floors[operation]
    const times = measure(least === null ? tasks : [...tasks, { name: 'floor', run: least }])
    const timeOf = (name: string): number | undefined =>
      times.find((time) => time.name === name)?.medianMicroseconds
    const rivals = [timeOf('iso_8583'), timeOf('jspos')].filter((time) => time !== undefined)
    const ratio = Math.min(...rivals) / (timeOf('suretill') ?? Number.NaN)
    const cells = ['suretill', 'iso_8583', 'jspos'].map((name) => microseconds(timeOf(name)))
    console.log(row(operation, [...cells, `${ratio.toFixed(1)} ×`, microseconds(timeOf('floor'))]))
    sayOutOfReach(Math.min(...rivals), timeOf('floor'))
    if (form === 'B') sayAbsolute(operation, timeOf('suretill'))
  }
}

/** A goal below the floor cannot be met by anyone; the reader is told the most that could be. */
function sayOutOfReach(fastestOther: number, floor: number | undefined): void {
  if (floor === undefined || fastestOther / GOAL > floor) return
  const most = (fastestOther / floor).toFixed(1)
  console.log(
    `  ${GOAL} × would be ${microseconds(fastestOther / GOAL)}; the floor alone, with nothing checked, is ${microseconds(floor)}, at most ${most} ×`,
  )
}

function sayAbsolute(operation: string, ours: number | undefined): void {
  const goal = ABSOLUTE[operation]
  if (goal === undefined || ours === undefined) return
  const verdict = ours < goal.under ? 'met here' : 'not met here'
  console.log(
    `  goal under ${goal.under} µs where jPOS takes ${goal.jpos} (jPOS was not run): ${verdict}`,
  )
}

function tellSimulation(): void {
  const { ratio, simulated, toy } = measureSimulation()
  const whole = (value: number) => Math.round(value).toLocaleString('en-US')
  console.log(
    `\nsimulation: ${whole(simulated)} requests for money a second of one core, a toy on SQLite in memory ${whole(toy)}, ratio ${ratio.toFixed(3)}`,
  )
}

function dialectFor(form: 'A' | 'B'): Dialect {
  const file = join(import.meta.dirname, `dialect-${form.toLowerCase()}.yaml`)
  const loaded = loadDialect(file, join(ROOT, 'config', 'dialects'))
  if (!loaded.ok) throw new Error(loaded.problem)
  return loaded.dialect
}

/** iso_8583 knows no BCD. */
function othersFor(form: 'A' | 'B', sample: Sample): readonly Contestant[] {
  const jspos = jsPos(form, sample)
  return form === 'A' ? [isoUnderscore8583(sample), jspos] : [jspos]
}

function microseconds(time: number | undefined): string {
  return time === undefined ? '–' : `${time.toFixed(2)} µs`
}

function row(head: string, cells: readonly string[]): string {
  return head.padEnd(18) + cells.map((cell) => cell.padStart(12)).join('')
}

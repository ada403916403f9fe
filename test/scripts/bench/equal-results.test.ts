/** The benchmark compares like with like: all codecs read and write the message of the vector, and a wrong one is not timed. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadDialect } from '#shell/config/dialect-file.ts'
import { floorOf } from '../../../scripts/bench/codec-floor.ts'
import { assertEqualResults, type Sample } from '../../../scripts/bench/contestant.ts'
import { isoUnderscore8583 } from '../../../scripts/bench/iso-8583.ts'
import { jsPos } from '../../../scripts/bench/jspos.ts'
import { ourCodec } from '../../../scripts/bench/our-codec.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')

function sampleOf(form: 'A' | 'B'): Sample {
  const text = readFileSync(join(ROOT, 'test', 'vectors', 'iso8583-benchmark.json'), 'utf8')
  const vector: Omit<Sample, 'bytes'> & Record<'A_hex' | 'B_hex', string> = JSON.parse(text)
  return { ...vector, bytes: Buffer.from(vector[`${form}_hex`], 'hex') }
}

function ours(form: 'A' | 'B', sample: Sample) {
  const file = join(ROOT, 'scripts', 'bench', `dialect-${form.toLowerCase()}.yaml`)
  const loaded = loadDialect(file, join(ROOT, 'config', 'dialects'))
  if (!loaded.ok) throw new Error(loaded.problem)
  return ourCodec(loaded.dialect, sample)
}

test('all codecs read and write message A alike', () => {
  const sample = sampleOf('A')
  for (const one of [ours('A', sample), isoUnderscore8583(sample), jsPos('A', sample)]) {
    expect(() => assertEqualResults(one, sample)).not.toThrow()
  }
})

test('those that know BCD read and write message B alike', () => {
  const sample = sampleOf('B')
  for (const one of [ours('B', sample), jsPos('B', sample)]) {
    expect(() => assertEqualResults(one, sample)).not.toThrow()
  }
})

test('a codec that reads or writes anything else is refused before it is timed', () => {
  const sample = sampleOf('B')
  const good = ours('B', sample)
  const misread = { ...good, values: () => ({ ...good.values(), 4: '000000012346' }) }
  const miswritten = { ...good, packed: () => good.packed().subarray(1) }
  expect(() => assertEqualResults(misread, sample)).toThrow('000000012346')
  expect(() => assertEqualResults(miswritten, sample)).toThrow('suretill')
})

test.each(['A', 'B'] as const)(
  'the floor under message %s reads the same values, or is not timed',
  (form) => {
    const sample = sampleOf(form)
    const { offsets } = ours(form, sample)
    const characters = [sample.mti, ...Object.values(sample.fields)].join('').length
    expect(floorOf(sample, offsets)()).toBe(characters)
    const misplaced = { ...sample, fields: { ...sample.fields, 4: '000000012346' } }
    expect(() => floorOf(misplaced, offsets)).toThrow('000000012346')
  },
)

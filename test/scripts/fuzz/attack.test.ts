/** A short attack each time the tests run, every input worth keeping, and the proof that a broken promise is seen. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { attack, judgeOnce, MAX_INPUT_MS } from '../../../scripts/fuzz/attack.ts'
import { messageTarget } from '../../../scripts/fuzz/message-target.ts'
import { hostileInput, seededRandom } from '../../../scripts/fuzz/noise.ts'
import { shippedTargets } from '../../../scripts/fuzz/shipped-targets.ts'
import type { Target, Verdict } from '../../../scripts/fuzz/target.ts'
import { messageBytes, readVectors, shippedDialect } from '../../iso8583/dialects.ts'

const SEEDS = join(import.meta.dirname, '..', '..', 'seeds', 'fuzz.jsonl')
const INPUTS = 5000

type Seed = {
  readonly target: string
  readonly hex: string
  readonly why: string
  readonly ends: Verdict
}

const targets = shippedTargets()

function seeds(): readonly Seed[] {
  return readFileSync(SEEDS, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Seed => JSON.parse(line))
}

test(`${INPUTS} hostile inputs: each is refused with a reason, or can be written again`, {
  timeout: 120_000,
}, () => {
  const { tallies, broken } = attack(targets, { inputs: INPUTS, seed: 2026 })
  expect(broken).toEqual([])
  for (const { target, refused, taken } of tallies) {
    expect([target, refused > 0, taken > 0]).toEqual([target, true, true])
  }
  const sum = tallies.reduce((all, one) => all + one.refused + one.taken + one.respelled, 0)
  expect(sum).toBe(INPUTS)
})

test.each(seeds())('kept input for $target, $why: $ends', ({ target, hex, ends }) => {
  const found = targets.find(({ name }) => name === target)
  expect(found && judgeOnce(found, Buffer.from(hex, 'hex'))).toBe(ends)
})

test('the same seed makes the same inputs', () => {
  const corpus = readVectors().map(messageBytes)
  const draw = (seed: number) => {
    const random = seededRandom(seed)
    return Array.from({ length: 50 }, () =>
      Buffer.from(hostileInput(random, corpus)).toString('hex'),
    )
  }
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).not.toEqual(draw(8))
})

function brokenBy(target: Target): readonly string[] {
  return attack([target], { inputs: 400, seed: 3 }).broken.map(({ sentence }) => sentence)
}

test('a reader that throws, or is slow, is found', () => {
  const corpus = [Uint8Array.of(1, 2, 3)]
  const throwing: Target = { name: 'throwing', corpus, judge: (bytes) => fail(bytes.length === 2) }
  expect(brokenBy(throwing)).toContain('planted')
  const slow: Target = {
    name: 'slow',
    corpus,
    judge: () => {
      const start = process.cpuUsage()
      for (let spent = 0; spent < MAX_INPUT_MS + 20; ) {
        const { system, user } = process.cpuUsage(start)
        spent = (system + user) / 1000
      }
      return 'taken'
    },
  }
  const { broken } = attack([slow], { inputs: 1, seed: 3 })
  expect(broken.map(({ sentence }) => sentence)).toEqual([expect.stringMatching(/^took \d+ ms$/)])
})

function fail(now: boolean): 'taken' {
  if (now) throw new Error('planted')
  return 'taken'
}

test('a dialect that writes other bytes than it read, or forgets a field, is found', () => {
  const dialect = shippedDialect('unionpay-pos')
  const corpus = readVectors()
    .filter((vector) => vector.dialect === 'unionpay-pos')
    .map(messageBytes)
  expect(brokenBy(messageTarget(dialect, corpus))).toEqual([])
  const miswriting = messageTarget(
    {
      ...dialect,
      pack: (input) => dialect.pack({ ...input, fields: { ...input.fields, 25: '99' } }),
    },
    corpus,
  )
  expect(brokenBy(miswriting)).toContain('what was packed reads as another message')
  const forgetting = messageTarget(
    {
      ...dialect,
      pack: ({ mti, fields }) => {
        const { 11: _, ...rest } = fields
        return dialect.pack({ mti, fields: rest })
      },
    },
    corpus,
  )
  expect(brokenBy(forgetting)).toContain('what was packed reads as another message')
  const blind = messageTarget(
    { ...dialect, unpack: (bytes) => dialect.unpack(bytes.subarray(0, bytes.length - 1)) },
    corpus,
  )
  expect(brokenBy(blind)).toContain('the quick and the careful way disagree')
})

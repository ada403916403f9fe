import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromRealTime, fromStatusBack, troublesOf } from '#drivers/printer/escpos/condition.ts'
import {
  BLOCK_LIMIT,
  createStatusParser,
  type PrinterSaid,
} from '#drivers/printer/escpos/status-parser.ts'

function parse(...bytes: number[]): PrinterSaid[] {
  return createStatusParser().push(Uint8Array.from(bytes))
}

test('each kind of answer is told apart by its fixed bits', () => {
  expect(parse(0x12)).toEqual([{ kind: 'realTime', status: 0x12 }])
  expect(parse(0x16)).toEqual([{ kind: 'realTime', status: 0x16 }])
  expect(parse(0x18, 0x00, 0x0f, 0x00)).toEqual([
    { kind: 'statusBack', status: [0x18, 0, 0x0f, 0] },
  ])
  expect(parse(0x00)).toEqual([{ kind: 'paperSensor', status: 0x00 }])
  expect(parse(0x37, 0x22, 0x41, 0x42, 0x31, 0x32, 0x00)).toEqual([
    { kind: 'block', header: 0x37, text: '"AB12' },
  ])
  expect(parse(0x13, 0x11)).toEqual([
    { kind: 'flow', go: false },
    { kind: 'flow', go: true },
  ])
})

test('XOFF between the bytes of automatic status does not break it', () => {
  expect(parse(0x10, 0x00, 0x13, 0x00, 0x00)).toEqual([
    { kind: 'flow', go: false },
    { kind: 'statusBack', status: [0x10, 0, 0, 0] },
  ])
})

test('an automatic status that was cut short does not swallow the answer after it', () => {
  expect(parse(0x10, 0x00, 0x12)).toEqual([
    { kind: 'garbage', count: 2 },
    { kind: 'realTime', status: 0x12 },
  ])
})

test('a block without end is given up', () => {
  const said = parse(0x5f, ...Array<number>(BLOCK_LIMIT + 1).fill(0x41))
  expect(said[0]).toEqual({ kind: 'garbage', count: BLOCK_LIMIT + 1 })
})

const answer = fc.constantFrom<number[]>(
  [0x12],
  [0x3a],
  [0x10, 0x00, 0x00, 0x00],
  [0x38, 0x08, 0x0c, 0x0f],
  [0x37, 0x22, 0x41, 0x42, 0x43, 0x44, 0x00],
  [0x5f, 0x53, 0x49, 0x4d, 0x00],
  [0x0c],
)

test('answers mean the same however the line cuts them', () => {
  fc.assert(
    fc.property(fc.array(answer, { minLength: 1, maxLength: 8 }), (answers) => {
      const bytes = answers.flat()
      const parser = createStatusParser()
      expect(bytes.flatMap((byte) => parser.push(Uint8Array.of(byte)))).toEqual(parse(...bytes))
      expect(parse(...bytes).filter(({ kind }) => kind !== 'garbage')).toHaveLength(answers.length)
    }),
  )
})

test('after any noise the parser finds its way back within one block', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (noise) => {
      const parser = createStatusParser()
      parser.push(noise)
      parser.push(Uint8Array.of(0x00, 0x00, 0x00, 0x00))
      expect(parser.push(Uint8Array.of(0x12))).toEqual([{ kind: 'realTime', status: 0x12 }])
    }),
  )
})

for (const [status, troubles] of [
  [[0x10, 0x00, 0x00, 0x00], []],
  [[0x18, 0x00, 0x0f, 0x00], ['paperOut']],
  [[0x38, 0x00, 0x0c, 0x00], ['coverOpen']],
  [[0x18, 0x08, 0x00, 0x00], ['cutterJammed']],
  [[0x18, 0x40, 0x00, 0x00], ['headHot']],
  [[0x18, 0x20, 0x00, 0x00], ['noAnswer']],
] as const)
  test(`automatic status ${status.join(' ')} means ${troubles.join() || 'all is well'}`, () => {
    expect(troublesOf(fromStatusBack([...status]))).toEqual(troubles)
  })

for (const [offline, error, roll, troubles] of [
  [0x12, 0x12, 0x12, []],
  [0x32, 0x12, 0x7e, ['paperOut']],
  [0x16, 0x12, 0x72, ['coverOpen']],
  [0x52, 0x1a, 0x12, ['cutterJammed']],
  [0x52, 0x52, 0x12, ['headHot']],
  [0x56, 0x52, 0x72, ['coverOpen']],
] as const)
  test(`real-time status ${offline} ${error} ${roll} means ${troubles.join() || 'all is well'}`, () => {
    expect(troublesOf(fromRealTime(offline, error, roll))).toEqual(troubles)
  })

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { crc16, createAnswerDecoder, encodeCommand } from '#drivers/card-reader/neo2/frame.ts'

const VECTORS = readFileSync(new URL('../../vectors/card-reader.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line): { kind: string; input: { body: string }; expected: { frame: string } } =>
    JSON.parse(line),
  )

const commands = VECTORS.filter(({ kind }) => kind === 'vivotech2-frame')
const answers = VECTORS.filter(({ kind }) => kind === 'vivotech2-answer')

const HEAD = Buffer.from('ViVOtech2\0', 'latin1')

/** An answer as the reader sends it: CRC high byte first. */
function answer(command: number, status: number, data: Uint8Array): Uint8Array {
  const frame = Uint8Array.of(
    ...HEAD,
    command,
    status,
    data.length >> 8,
    data.length & 255,
    ...data,
    0,
    0,
  )
  const crc = crc16(frame.subarray(0, -2))
  frame.set([crc >> 8, crc & 0xff], frame.length - 2)
  return frame
}

const byte = fc.integer({ min: 0, max: 255 })
const data = fc.uint8Array({ maxLength: 300 })

test('the published commands come out byte for byte', () => {
  expect(commands.length).toBeGreaterThan(8)
  for (const { input, expected } of commands) {
    const body = Buffer.from(input.body, 'hex')
    const frame = encodeCommand(body[10] ?? 0, body[11] ?? 0, body.subarray(14))
    expect(Buffer.from(frame).toString('hex').toUpperCase()).toBe(expected.frame)
  }
})

test('the published answer to a ping, with CRC FA 83, and others are understood; with their CRC the other way round they are not', () => {
  expect(answers.length).toBeGreaterThan(4)
  for (const { input, expected } of answers) {
    const body = Buffer.from(input.body, 'hex')
    const data = Uint8Array.from(body.subarray(14))
    const wire = Buffer.from(expected.frame, 'hex')
    const turned = Buffer.concat([body, wire.subarray(-1), wire.subarray(-2, -1)])
    expect(createAnswerDecoder().push(turned)).toEqual([{ kind: 'garbled' }])
    expect(createAnswerDecoder().push(wire)).toEqual([
      { kind: 'answer', command: body[10], status: body[11], data },
    ])
  }
})

test('an answer comes out whole byte by byte, with noise before and behind it', () => {
  fc.assert(
    fc.property(
      byte,
      byte,
      data,
      fc.uint8Array({ maxLength: 30 }),
      (command, status, bytes, noise) => {
        const decoder = createAnswerDecoder()
        const wire = [...noise, ...answer(command, status, bytes), ...noise]
        const events = wire.flatMap((one) => decoder.push(Uint8Array.of(one)))
        expect(events).toEqual([{ kind: 'answer', command, status, data: bytes }])
      },
    ),
  )
})

test('an answer cut short is swallowed, and the next whole one is read', () => {
  fc.assert(
    fc.property(data, fc.nat(), (bytes, cut) => {
      const decoder = createAnswerDecoder()
      const whole = answer(0x02, 0x23, bytes)
      const events = decoder.push(whole.slice(0, cut % whole.length))
      expect(events).toEqual([])
      // A half frame may take later bytes for its own; it is given up when they do not fit.
      const later = Array.from({ length: 30 }, () =>
        decoder.push(answer(0x18, 0, new Uint8Array())),
      )
      expect(later.flat().at(-1)).toEqual({
        kind: 'answer',
        command: 0x18,
        status: 0,
        data: new Uint8Array(),
      })
    }),
  )
})

test('an answer with one wrong bit is never taken for an answer', () => {
  fc.assert(
    fc.property(data, fc.nat(), fc.integer({ min: 0, max: 7 }), (bytes, at, bit) => {
      const wire = answer(0x02, 0x23, bytes)
      const hit = at % wire.length
      wire[hit] = (wire[hit] ?? 0) ^ (1 << bit)
      const events = createAnswerDecoder().push(wire)
      expect(events.filter((event) => event.kind === 'answer')).toEqual([])
    }),
  )
})

test('a length beyond the limit is garbled at once, not waited for', () => {
  const wire = Uint8Array.of(...HEAD, 0x02, 0x23, 0xff, 0xff)
  expect(createAnswerDecoder().push(wire)).toEqual([{ kind: 'garbled' }])
})

test('the chunk that carried card data is zeros afterwards', () => {
  const chunk = answer(0x02, 0x23, Uint8Array.of(0x57, 0x01, 0x62))
  createAnswerDecoder().push(chunk)
  expect([...chunk]).toEqual([...new Uint8Array(chunk.length)])
})

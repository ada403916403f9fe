import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  createFrameDecoder,
  encodeFrame,
  type FrameFamily,
  MAX_FRAME_DATA_BYTES,
} from '#drivers/pin-pad/visa2/frame.ts'

const family = fc.constantFrom<FrameFamily>('transaction', 'administration')
/** Printable text and the separators of the family. */
const data = fc
  .array(fc.oneof(fc.integer({ min: 0x20, max: 0x7e }), fc.constantFrom(0x1a, 0x1c)), {
    maxLength: 80,
  })
  .map((bytes) => Uint8Array.from(bytes))
/** Bytes between frames that neither start one nor are a line character. */
const noise = fc
  .array(fc.integer({ min: 0x20, max: 0xff }), { maxLength: 20 })
  .map((bytes) => Uint8Array.from(bytes))

type Vector = {
  readonly input: { readonly family: FrameFamily; readonly data: string }
  readonly expected: { readonly frame: string }
}

const VECTORS: readonly Vector[] = readFileSync(
  new URL('../../vectors/pin-pad.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))

test('packets of both families come out byte for byte, and are understood', () => {
  expect(VECTORS.length).toBeGreaterThan(10)
  for (const { input, expected } of VECTORS) {
    const bytes = Uint8Array.from(Buffer.from(input.data, 'hex'))
    const frame = encodeFrame(input.family, bytes)
    expect(Buffer.from(frame).toString('hex').toUpperCase()).toBe(expected.frame)
    expect(createFrameDecoder().push(Uint8Array.from(Buffer.from(expected.frame, 'hex')))).toEqual([
      { kind: 'frame', family: input.family, data: bytes },
    ])
  }
})

test('packet 08 for master key 1 is SI 08 1 SO and the exclusive-or of what follows SI', () => {
  const frame = encodeFrame('administration', Uint8Array.from([0x30, 0x38, 0x31]))
  expect([...frame]).toEqual([0x0f, 0x30, 0x38, 0x31, 0x0e, 0x30 ^ 0x38 ^ 0x31 ^ 0x0e])
})

test('packet 72 is STX 72 ETX and 06', () => {
  const frame = encodeFrame('transaction', Uint8Array.from([0x37, 0x32]))
  expect([...frame]).toEqual([0x02, 0x37, 0x32, 0x03, 0x06])
})

test('a frame comes out whole however it is cut, also with noise around it', () => {
  fc.assert(
    fc.property(family, data, noise, noise, (kind, bytes, before, after) => {
      const decoder = createFrameDecoder()
      const wire = [...before, ...encodeFrame(kind, bytes), ...after]
      const events = wire.flatMap((byte) => decoder.push(Uint8Array.of(byte)))
      expect(events).toEqual([{ kind: 'frame', family: kind, data: bytes }])
    }),
  )
})

test('no frame cut short is ever taken for a whole one', () => {
  fc.assert(
    fc.property(family, data, (kind, bytes) => {
      const whole = encodeFrame(kind, bytes)
      for (let length = 0; length < whole.length; length++) {
        const events = createFrameDecoder().push(whole.slice(0, length))
        expect(events.filter((event) => event.kind === 'frame')).toEqual([])
      }
    }),
  )
})

test('a changed byte inside a frame is never delivered as the frame that was sent', () => {
  fc.assert(
    fc.property(
      family,
      data,
      fc.nat(),
      fc.integer({ min: 1, max: 127 }),
      (kind, bytes, at, xor) => {
        const wire = encodeFrame(kind, bytes)
        const hit = 1 + (at % (wire.length - 1))
        wire[hit] = (wire[hit] ?? 0) ^ xor
        const events = createFrameDecoder().push(wire)
        const equal = events.filter(
          (event) =>
            event.kind === 'frame' && event.family === kind && event.data.join() === bytes.join(),
        )
        expect(equal).toEqual([])
      },
    ),
  )
})

test('a frame longer than the limit is reported as garbled and the next one is read', () => {
  const decoder = createFrameDecoder()
  const long = new Uint8Array(MAX_FRAME_DATA_BYTES + 1).fill(0x41)
  const events = [
    ...decoder.push(encodeFrame('transaction', long)),
    ...decoder.push(encodeFrame('transaction', Uint8Array.of(0x42))),
  ]
  expect(events[0]).toEqual({ kind: 'garbled' })
  expect(events.at(-1)).toEqual({
    kind: 'frame',
    family: 'transaction',
    data: Uint8Array.of(0x42),
  })
})

test('the chunk that carried a PIN block is zeros afterwards', () => {
  const chunk = encodeFrame('transaction', Uint8Array.from([0x37, 0x31]))
  createFrameDecoder().push(chunk)
  expect([...chunk]).toEqual([...new Uint8Array(chunk.length)])
})

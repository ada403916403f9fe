/** The envelope on a TCP connection: frames come out whole however the network cut or glued them. */
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import {
  createFrameDecoder,
  encodeFrame,
  type FrameOptions,
  hostRequest,
  swapTpdu,
  UNIONPAY_FRAME,
} from '#iso8583/frame.ts'

const TPDU = Uint8Array.of(0x60, 0x00, 0x03, 0x00, 0x00)
const NONE = new Uint8Array(0)
const HEADER = Uint8Array.of(0x60, 0x31, 0x00, 0x31, 0x10, 0x00)

function options(
  encoding: 'binary' | 'bcd' | 'ascii' | 'ebcdic',
  width: number,
  inclusive: boolean,
): FrameOptions {
  return { ...UNIONPAY_FRAME, length: { width, encoding, inclusive }, maxBytes: 1000 }
}

function encoded(shape: FrameOptions, message: Uint8Array): Uint8Array {
  const bytes = encodeFrame(shape, { tpdu: TPDU, header: HEADER, message })
  if (bytes === null) throw new Error('the frame does not fit')
  return bytes
}

const SHAPES = [
  options('binary', 2, false),
  options('binary', 2, true),
  options('binary', 4, false),
  options('bcd', 4, false),
  options('bcd', 4, true),
  options('ascii', 4, false),
  options('ascii', 4, true),
  options('ebcdic', 4, false),
]

test.each(SHAPES)('frames with length $length survive any cutting and gluing', (shape) => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 }),
      (messages, cuts) => {
        const stream = Buffer.concat(messages.map((message) => encoded(shape, message)))
        const decoder = createFrameDecoder(shape)
        const received: Uint8Array[] = []
        for (let at = 0, turn = 0; at < stream.length; turn++) {
          const size = cuts[turn % cuts.length] ?? 1
          const { frames, error } = decoder.push(stream.subarray(at, at + size))
          expect(error).toBeNull()
          for (const frame of frames) {
            expect([frame.tpdu, frame.header]).toEqual([TPDU, HEADER])
            received.push(frame.message)
          }
          at += size
        }
        expect(received).toEqual(messages)
        expect(decoder.pending()).toBe(0)
      },
    ),
  )
})

test('the length of a UnionPay frame counts everything after itself', () => {
  const bytes = encoded(UNIONPAY_FRAME, Uint8Array.of(0x08, 0x00))
  expect(Buffer.from(bytes).toString('hex')).toBe('000d60000300006031003110000800')
})

test('an inclusive length counts itself too', () => {
  expect(encoded(options('ascii', 4, true), new Uint8Array(2)).subarray(0, 4)).toEqual(
    new TextEncoder().encode('0017'),
  )
})

test('a frame longer than the limit ends the stream before its bytes are taken', () => {
  const decoder = createFrameDecoder(options('binary', 2, false))
  const { frames, error } = decoder.push(Uint8Array.of(0xff, 0xff, 1, 2, 3))
  expect(frames).toEqual([])
  expect(error).toEqual({ code: 'tooLong', offset: 0, need: 1000, have: 65535 })
  expect(decoder.push(encoded(UNIONPAY_FRAME, new Uint8Array(4))).error).toEqual(error)
  expect(decoder.pending()).toBe(0)
})

test('whole frames in front of a broken one are still given', () => {
  const shape = options('bcd', 4, false)
  const good = encoded(shape, Uint8Array.of(1, 2, 3))
  const { frames, error } = createFrameDecoder(shape).push(Uint8Array.of(...good, 0xab, 0xcd))
  expect(frames.map((frame) => frame.message)).toEqual([Uint8Array.of(1, 2, 3)])
  expect(error).toMatchObject({ code: 'prefix', offset: good.length })
})

test('a frame too short for TPDU and header is an error', () => {
  const { error } = createFrameDecoder(UNIONPAY_FRAME).push(Uint8Array.of(0, 3, 1, 2, 3))
  expect(error).toMatchObject({ code: 'truncated', need: 11, have: 3 })
})

test('without a length header each read is one frame', () => {
  const shape: FrameOptions = { length: null, tpduBytes: 5, headerBytes: 0, maxBytes: 20 }
  const decoder = createFrameDecoder(shape)
  expect(decoder.push(Uint8Array.of(...TPDU, 7)).frames).toEqual([
    { tpdu: TPDU, header: new Uint8Array(0), message: Uint8Array.of(7) },
  ])
  expect(decoder.push(new Uint8Array(21)).error).toMatchObject({ code: 'tooLong', need: 20 })
})

test('parts of the wrong size are not sent', () => {
  const message = new Uint8Array(4)
  const short = { tpdu: TPDU.subarray(1), header: HEADER, message }
  expect(encodeFrame(UNIONPAY_FRAME, short)).toBeNull()
  const large = { tpdu: TPDU, header: HEADER, message: new Uint8Array(5000) }
  expect(encodeFrame(UNIONPAY_FRAME, large)).toBeNull()
})

test('a frame that was given out is not changed by the bytes that follow', () => {
  const decoder = createFrameDecoder(UNIONPAY_FRAME)
  const [frame] = decoder.push(encoded(UNIONPAY_FRAME, Uint8Array.of(9, 9, 9))).frames
  decoder.push(encoded(UNIONPAY_FRAME, Uint8Array.of(7, 7, 7)))
  expect(frame?.message).toEqual(Uint8Array.of(9, 9, 9))
})

test('the header of an answer says what the host wants next', () => {
  expect(hostRequest(Uint8Array.of(0x60, 0x31, 0x03, 0x31, 0x10, 0x00))).toBe(3)
  expect(hostRequest(new Uint8Array(0))).toBeNull()
})

test('an answer carries the two addresses of the TPDU swapped', () => {
  expect(swapTpdu(Uint8Array.of(0x60, 1, 2, 3, 4))).toEqual(Uint8Array.of(0x60, 3, 4, 1, 2))
})

const BARE = { tpduBytes: 0, headerBytes: 0 }

test.each([
  ['as long as two digits can say', 'ascii', 2, false, 99, '3939'],
  ['one byte more', 'ascii', 2, false, 100, null],
  ['as long as they can say with themselves', 'ascii', 2, true, 97, '3939'],
  ['one byte more with themselves', 'ascii', 2, true, 98, null],
  ['of nothing, with themselves', 'ascii', 2, true, 0, '3032'],
  ['of nothing', 'ascii', 2, false, 0, '3030'],
  ['as long as two digits in a byte can say', 'bcd', 2, false, 99, '99'],
  ['one byte more than those', 'bcd', 2, false, 100, null],
  ['of a length in three digits', 'bcd', 3, false, 123, '0123'],
  ['of a length in two bytes of digits', 'bcd', 4, false, 9876, '9876'],
  ['as long as a byte can say', 'binary', 1, false, 255, 'ff'],
  ['one byte more than a byte can say', 'binary', 1, false, 256, null],
  ['of a length in two bytes', 'binary', 2, false, 515, '0203'],
  ['of a length in three bytes', 'binary', 3, false, 515, '000203'],
] as const)('a message %s', (_what, encoding, width, inclusive, bytes, prefix) => {
  const shape: FrameOptions = { ...BARE, length: { encoding, width, inclusive }, maxBytes: 10_000 }
  const frame = { tpdu: NONE, header: NONE, message: new Uint8Array(bytes) }
  const sent = encodeFrame(shape, frame)
  const written = sent?.subarray(0, sent.length - bytes)
  expect(written === undefined ? null : Buffer.from(written).toString('hex')).toBe(prefix)
  if (sent === null) return
  const decoder = createFrameDecoder(shape)
  expect(decoder.push(sent)).toEqual({ frames: [frame], error: null })
})

test('a frame as long as the limit is sent and taken, one byte more is neither', () => {
  const shape = { ...UNIONPAY_FRAME, maxBytes: 20 }
  const most = encoded(shape, new Uint8Array(9))
  expect(createFrameDecoder(shape).push(most).frames).toHaveLength(1)
  const longer = { tpdu: TPDU, header: HEADER, message: new Uint8Array(10) }
  expect(encodeFrame(shape, longer)).toBeNull()
  expect(encodeFrame(shape, { ...longer, message: NONE, header: HEADER.subarray(1) })).toBeNull()
  const sent = encoded(UNIONPAY_FRAME, longer.message)
  expect(createFrameDecoder(shape).push(sent).error).toEqual({
    code: 'tooLong',
    offset: 0,
    need: 20,
    have: 21,
  })
})

test('a length that counts itself and is shorter than itself is none', () => {
  const shape: FrameOptions = { ...options('ascii', 4, true), ...BARE }
  const { error } = createFrameDecoder(shape).push(Buffer.from('0003'))
  expect(error).toEqual({ code: 'truncated', offset: 0, need: 0, have: -1 })
})

test('without a length header a read too long or too short ends the stream', () => {
  const shape: FrameOptions = { length: null, tpduBytes: 5, headerBytes: 1, maxBytes: 20 }
  expect(createFrameDecoder(shape).push(new Uint8Array(20)).frames).toHaveLength(1)
  const decoder = createFrameDecoder(shape)
  const error = { code: 'truncated', offset: 0, need: 6, have: 5 }
  expect(decoder.push(new Uint8Array(5))).toEqual({ frames: [], error })
  expect(decoder.push(new Uint8Array(20))).toEqual({ frames: [], error })
  expect(decoder.push(new Uint8Array(21))).toEqual({ frames: [], error })
  expect(createFrameDecoder(shape).push(new Uint8Array(6)).frames).toHaveLength(1)
  const frame = { tpdu: TPDU, header: Uint8Array.of(7), message: Uint8Array.of(8, 0) }
  expect(Buffer.from(encodeFrame(shape, frame) ?? '').toString('hex')).toBe('6000030000070800')
})

test('the bytes of a frame that is not whole yet are counted', () => {
  const decoder = createFrameDecoder(UNIONPAY_FRAME)
  const bytes = encoded(UNIONPAY_FRAME, Uint8Array.of(1, 2, 3))
  expect(decoder.push(bytes.subarray(0, 1))).toEqual({ frames: [], error: null })
  expect(decoder.pending()).toBe(1)
  expect(decoder.push(bytes.subarray(1, 9)).frames).toEqual([])
  expect(decoder.pending()).toBe(9)
  expect(decoder.push(bytes.subarray(9)).frames).toHaveLength(1)
  expect(decoder.pending()).toBe(0)
})

test('a header of another length asks for nothing, and of the third byte only the low half counts', () => {
  expect(hostRequest(Uint8Array.of(0x60, 0x31, 0xf5, 0x31, 0x10, 0x00))).toBe(5)
  expect(hostRequest(new Uint8Array(5))).toBeNull()
  expect(hostRequest(new Uint8Array(7))).toBeNull()
})

test('what is wrong is found where it stands, also where each read is one frame', () => {
  const decoder = createFrameDecoder({ ...BARE, length: null, maxBytes: 20 })
  expect(decoder.push(new Uint8Array(12)).error).toBeNull()
  expect(decoder.push(new Uint8Array(8)).error).toBeNull()
  expect(decoder.push(new Uint8Array(21)).error).toMatchObject({ code: 'tooLong', offset: 20 })
})

test('nothing of a frame stays where its bytes were collected, whether it was good or not', () => {
  const frame = {
    tpdu: TPDU,
    header: HEADER,
    message: new TextEncoder().encode('6222021001112345'),
  }
  const bytes = encodeFrame(UNIONPAY_FRAME, frame) ?? NONE
  const collected = vi.spyOn(Uint8Array.prototype, 'set')
  const held = () =>
    collected.mock.contexts.flatMap((room) => (room instanceof Uint8Array ? [...room] : []))
  const decoder = createFrameDecoder({ ...UNIONPAY_FRAME, maxBytes: 64 })
  decoder.push(bytes.subarray(0, 20))
  const half = new Set(held())
  expect(decoder.push(bytes.subarray(20)).frames).toEqual([frame])
  const whole = new Set(held())
  decoder.push(Uint8Array.of(0xff, 0xff))
  const wrong = new Set(held())
  collected.mockRestore()
  expect(half.size).toBeGreaterThan(1)
  expect([whole, wrong]).toEqual([new Set([0]), new Set([0])])
})

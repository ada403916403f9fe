import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  CMD_ACK,
  createSsiDecoder,
  encodeSsi,
  START_SESSION,
  STOP_SESSION,
} from '#drivers/qr-scanner/ssi/packet.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** A packet of the scanner, summed up by hand. */
function said(...body: number[]): Uint8Array {
  const sum = (0x10000 - body.reduce((total, byte) => total + byte, 0)) & 0xffff
  return Uint8Array.of(...body, sum >> 8, sum & 0xff)
}

test('the commands are the ones of the programmer’s guide', () => {
  expect(hex(encodeSsi(START_SESSION))).toBe('04e40400ff14')
  expect(hex(encodeSsi(STOP_SESSION))).toBe('04e50400ff13')
  expect(hex(encodeSsi(CMD_ACK))).toBe('04d00400ff28')
})

test('a decode packet byte by byte is one packet', () => {
  const decoder = createSsiDecoder()
  const bytes = said(8, 0xf3, 0, 0, 0xf1, 0x31, 0x32, 0x33)

  const packets = [...bytes].flatMap((byte) => decoder.push(Uint8Array.of(byte)))

  expect(packets).toEqual([
    {
      opcode: 0xf3,
      retransmitted: false,
      continued: false,
      data: Uint8Array.of(0xf1, 0x31, 0x32, 0x33),
    },
  ])
  expect(decoder.busy).toBe(false)
})

test('any single wrong byte is noticed, never read as another packet', () => {
  const good = said(8, 0xf3, 0, 0, 0xf1, 0x31, 0x32, 0x33)
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const decoder = createSsiDecoder()
      const bytes = Uint8Array.from(good)
      bytes[at] = (bytes[at] ?? 0) ^ change
      const packets = decoder.push(bytes)
      expect(packets.filter((packet) => packet !== 'garbled')).toEqual([])
    }),
  )
})

test('a packet of the host itself, echoed on the line, is not a packet of the scanner', () => {
  expect(createSsiDecoder().push(encodeSsi(CMD_ACK))).toEqual(['garbled'])
})

test('half a packet is dropped after a silence and does not spoil the next', () => {
  const decoder = createSsiDecoder()
  decoder.push(Uint8Array.of(9, 0xf3, 0, 0))

  expect(decoder.silence()).toBe(true)
  expect(decoder.silence()).toBe(false)
  expect(decoder.push(said(4, 0xd0, 0, 0))).toHaveLength(1)
})

test('nonsense of any length never makes the decoder throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
      const decoder = createSsiDecoder()
      decoder.push(bytes)
      expect(bytes.every((byte) => byte === 0)).toBe(true)
    }),
  )
})

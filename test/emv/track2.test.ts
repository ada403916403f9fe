import fc from 'fast-check'
import { expect, test } from 'vitest'
import { luhnValid } from '#emv/luhn.ts'
import { parseTrack2, track2FromTag57 } from '#emv/track2.ts'
import { hex } from '../crypto/hex-of.ts'

test('a stripe is read with or without sentinels and check character', () => {
  for (const track of ['6222021001110000012D3012220123', ';6222021001110000012=3012220123?7']) {
    const outcome = parseTrack2(ascii(track))
    expect(outcome).toMatchObject({ ok: true, track2: { expiry: '3012', serviceCode: '220' } })
    expect(outcome.ok && text(outcome.track2.pan)).toBe('6222021001110000012')
    expect(outcome.ok && text(outcome.track2.discretionary)).toBe('123')
  }
})

test('a card without expiry or service code leaves them empty', () => {
  expect(parseTrack2(ascii('6222021001110000012===123'))).toMatchObject({
    ok: true,
    track2: { expiry: '', serviceCode: '' },
  })
})

test('a damaged stripe says which part is damaged', () => {
  const errors = ['1234567=3012220', '62220210011100000123=3012220', '6222021001110000012']
    .concat([
      '6222021001110000012=3013220',
      '6222021001110000012=301',
      '6222021001110000012=301222',
    ])
    .concat(['6222021001110000012=3012220=1', `6222021001110000012=3012220${'1'.repeat(20)}`])
    .map((track) => parseTrack2(ascii(track)))
    .map((outcome) => (outcome.ok ? 'none' : outcome.error))
  expect(errors).toEqual([
    'pan',
    'pan',
    'separator',
    'expiry',
    'expiry',
    'serviceCode',
    'discretionary',
    'tooLong',
  ])
})

test('tag 57 loses its padding and gains the letter D; other nibbles are refused', () => {
  const track = track2FromTag57(hex('6222021001110000012D30122200123F'))
  expect(track && text(track)).toBe('6222021001110000012D30122200123')
  expect(track2FromTag57(hex('62220210011A0000'))).toBeNull()
  expect(track2FromTag57(hex('6222FF'))).toBeNull()
})

test('any bytes at all give an outcome', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      expect(typeof parseTrack2(bytes).ok).toBe('boolean')
      expect(track2FromTag57(bytes)?.length ?? 0).toBeLessThanOrEqual(bytes.length * 2)
    }),
  )
})

test('one wrong digit always breaks the check digit', () => {
  const pan = ascii('6222021001110000012')
  fc.assert(
    fc.property(fc.nat(pan.length - 1), fc.integer({ min: 1, max: 9 }), (at, by) => {
      const wrong = pan.slice()
      wrong[at] = 0x30 + (((wrong[at] ?? 0) - 0x30 + by) % 10)
      expect([luhnValid(pan), luhnValid(wrong)]).toEqual([true, false])
    }),
  )
  expect([luhnValid(ascii('0')), luhnValid(ascii('4111 111111111111'))]).toEqual([false, false])
})

function ascii(track: string): Uint8Array {
  return new TextEncoder().encode(track)
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

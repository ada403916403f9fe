import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
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

test.each([
  ['eight digits of PAN are the fewest', '62220210=3012220', 'none'],
  ['January and December are months', '6222021001110000012=3001220', 'none'],
  ['December', '6222021001110000012=3012220', 'none'],
  ['the nought month is none', '6222021001110000012=3000220', 'expiry'],
  ['a letter in the month', '6222021001110000012=30A2220', 'expiry'],
  ['a letter in the service code', '6222021001110000012=3012 20', 'serviceCode'],
  ['forty characters are the most', `;6222021001110000012=3012220${'1'.repeat(10)}?7`, 'none'],
  ['a PAN with a blank', '622202100111 0000012=3012220', 'separator'],
  ['no PAN at all', '=3012220', 'pan'],
  ['nothing at all', '', 'separator'],
  ['only an end sentinel', '?', 'separator'],
])('%s', (_what, track, error) => {
  const outcome = parseTrack2(ascii(track))
  expect(outcome.ok ? 'none' : outcome.error).toBe(error)
})

test('what stands behind the end sentinel is the check character, and is not read', () => {
  const outcome = parseTrack2(ascii('6222021001110000012=3012220?D'))
  expect(outcome.ok && outcome.track2.discretionary).toHaveLength(0)
})

test('of a tag 57 that is refused nothing stays in the buffer that was made for it', () => {
  const made: Uint8Array[] = []
  const fill = vi.spyOn(Uint8Array.prototype, 'fill').mockImplementation(function (
    this: Uint8Array,
  ) {
    made.push(this)
    return this.map(() => 0)
  })
  track2FromTag57(hex('62220210011A0000'))
  fill.mockRestore()
  expect(made).toHaveLength(1)
})

test('tag 57 without anything is a track without anything', () => {
  expect(track2FromTag57(new Uint8Array())).toEqual(new Uint8Array())
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
  expect(
    ['18', '0', '0:', '/2', '4111 111111111111'].map((text) => luhnValid(ascii(text))),
  ).toEqual([true, false, false, false, false])
})

function ascii(track: string): Uint8Array {
  return new TextEncoder().encode(track)
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

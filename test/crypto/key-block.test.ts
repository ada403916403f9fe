import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type KeyBlockHeader, type KeyBlockVersion, splitKeyBlock } from '#crypto/tr31/key-block.ts'
import { unwrapKeyBlock, wrapKeyBlock } from '#crypto/tr31/wrap.ts'
import { hex } from './hex-of.ts'

const TDES_KEY = hex('89E88CF7931444F334BD7547FC3F380C')
const AES_KEY = hex('88E1AB2A2E3DD38C1FA039A536500CC8A87AB9D62DC92C01058FA79F44657DE6')
const version = fc.constantFrom<KeyBlockVersion>('A', 'B', 'C', 'D', 'E')
const optional = fc.array(
  fc.record({
    id: fc.constantFrom('KS', 'KC', 'TS', 'HM'),
    data: fc.stringMatching(/^[0-9A-F]{0,300}$/),
  }),
  { maxLength: 4 },
)

test('a key that is wrapped comes out with its purpose, whatever rides along', () => {
  const key = fc.uint8Array({ minLength: 1, maxLength: 64 })
  fc.assert(
    fc.property(version, key, optional, fc.nat(64), (letter, secret, riders, hideUpTo) => {
      const header = headerOf(letter, riders)
      const block = wrapKeyBlock(
        keyOf(letter),
        { header, key: secret },
        { random: (length) => new Uint8Array(length).fill(0x5a), hideUpTo },
      )
      expect(unwrapKeyBlock(keyOf(letter), block)).toEqual({ ok: true, header, key: secret })
    }),
  )
})

test('one changed character anywhere and the key does not come out', () => {
  for (const letter of ['A', 'B', 'C', 'D', 'E'] as const) {
    const header = headerOf(letter, [{ id: 'KS', data: '00604B120F9292800000' }])
    const block = wrapKeyBlock(
      keyOf(letter),
      { header, key: hex('F039121BEC83D26B169BDCD5B22AAF8F') },
      { random: (length) => new Uint8Array(length) },
    )
    for (let at = 0; at < block.length; at++) {
      const other = block[at] === '1' ? '2' : '1'
      const changed = block.slice(0, at) + other + block.slice(at + 1)
      // A and C differ in nothing but the letter, which their MAC covers like all else.
      expect(unwrapKeyBlock(keyOf(letter), changed).ok, `${letter} ${at}`).toBe(false)
      expect(unwrapKeyBlock(keyOf(letter), block.slice(0, at)).ok).toBe(false)
    }
  }
})

test('another protection key, or one of a length that the version has not, opens nothing', () => {
  const header = headerOf('D', [])
  const block = wrapKeyBlock(AES_KEY, { header, key: hex('0011') }, { random: zeros })
  expect(
    unwrapKeyBlock(
      AES_KEY.map((byte) => byte ^ 1),
      block,
    ),
  ).toEqual({
    ok: false,
    error: 'authentication',
  })
  expect(unwrapKeyBlock(hex('0011223344556677'), block)).toEqual({ ok: false, error: 'blockKey' })
  expect(() => wrapKeyBlock(hex('00'), { header, key: hex('00') }, { random: zeros })).toThrow(
    RangeError,
  )
})

test('text that is no key block is named by what is wrong first', () => {
  const good = 'A0072P0TE00E0000F5161ED902807AF26F1D62263644BD24192FDB3193C730301CEE8701'
  const errors = [
    '',
    'A0072P0TE00E000',
    `Z${good.slice(1)}`,
    `${good}00`,
    good.replace('E0000', 'E9900'),
    good.replace('E0000', 'E0x00'),
    good.replace('F516', 'G516'),
    good.replace('F516', 'é516'),
  ].map((text) => {
    const split = splitKeyBlock(text)
    return split.ok ? 'none' : split.error
  })
  expect(errors).toEqual([
    'length',
    'length',
    'version',
    'length',
    'optionalBlocks',
    'optionalBlocks',
    'characters',
    'characters',
  ])
})

test('any text at all gives an outcome', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 120 }),
    fc.stringMatching(/^[A-E]0[0-9]{3}[ -~]{11,90}$/),
  )
  fc.assert(
    fc.property(text, (block) => {
      expect(unwrapKeyBlock(AES_KEY, block).ok).toBe(false)
      expect(unwrapKeyBlock(TDES_KEY, block).ok).toBe(false)
    }),
    { numRuns: 1000 },
  )
})

function headerOf(letter: KeyBlockVersion, riders: KeyBlockHeader['optional']): KeyBlockHeader {
  return {
    version: letter,
    usage: 'P0',
    algorithm: 'T',
    modeOfUse: 'E',
    keyVersion: '00',
    exportability: 'E',
    optional: riders,
  }
}

function keyOf(letter: KeyBlockVersion): Uint8Array {
  return letter === 'D' || letter === 'E' ? AES_KEY : TDES_KEY
}

function zeros(length: number): Uint8Array {
  return new Uint8Array(length)
}

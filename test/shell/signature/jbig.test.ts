/** Signatures as JBIG: answers that the standard and another encoder give, and a decoder that shares no code with ours. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { INK_HEIGHT, INK_WIDTH, writeInk } from '#shell/api/ink.ts'
import { drawCode } from '#shell/signature/code-dots.ts'
import { blank, type Dots, rowBytes, setDot } from '#shell/signature/dots.ts'
import { encodeJbig } from '#shell/signature/jbig.ts'
import { signaturePicture } from '#shell/signature/picture.ts'
import { createQmCoder } from '#shell/signature/qm-coder.ts'
import { readJbig } from '../../rig/acquirer/wire/jbig.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** `#` is black. */
function dotsOf(rows: readonly string[]): Dots {
  const dots = blank(rows[0]?.length ?? 0, rows.length)
  for (const [y, row] of rows.entries())
    for (const [x, dot] of Array.from(row).entries()) if (dot === '#') setDot(dots, [x, y])
  return dots
}

const A_NAME = writeInk([
  [
    [10, 10],
    [120, 80],
    [200, 12],
  ],
  [
    [60, 90],
    [280, 40],
  ],
])

const WHITE = '.'.repeat(52)

describe('as the standard has it', () => {
  test('the test sequence of T.82 7.1 comes out byte for byte', () => {
    const dots = '05e000008b0001c4170000347fff1a3f951b05d81d17e7700000000006560e6a'
    const contexts = '0fe000000f0000f0ff00'.padEnd(64, '0')
    const bits = (text: string): string =>
      Array.from(text, (digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0')).join('')
    const coder = createQmCoder(2)
    for (const [at, dot] of Array.from(bits(dots)).entries())
      coder.encode(Number(bits(contexts)[at]), dot === '1' ? 1 : 0)
    expect(hex(coder.flush())).toBe('6989995c32eafaa0d5ff00527fff00ff00ff00c00000003fff002d208291')
  })

  test('the test picture of T.82 7.2.1 takes 317384 bytes, as published', () => {
    const { black, picture } = testPicture()
    expect(black).toBe(861_965)
    expect(encodeJbig(picture)).toHaveLength(317_384)
  })

  test('a picture that JBIG-KIT 2.1 wrote comes out the same from here', () => {
    const rows = [
      WHITE,
      WHITE,
      WHITE,
      WHITE,
      '.........................###........................',
      '........................#####.......................',
      '........................##.##.......................',
      '.......................##...##......................',
      '.......................##...##......................',
      '......................##.....#......................',
      '.............####.....##.....##........####.........',
      '............######...##......##........#####........',
      '....#.......##..###.###.......#.......##..###..#....',
      '....#......##....#####........#.......##...#####....',
      '....#......##.....###.........##.....##.....####....',
      '....##....##...................#.....##.............',
      '....##....##...................##...##..............',
      '.....##..##....................##...##..............',
      '.....##..##.....................##.##...............',
      '......####......................#####...............',
      '......####.......................###................',
      WHITE,
      WHITE,
      WHITE,
    ]
    expect(hex(encodeJbig(dotsOf(rows)))).toBe(
      '00000100000000340000001800000018000000004e34dba6831785a0deaf8156193387b7a7df8898d7d14611bf2e23af4b187020c66020f0ff02',
    )
  })
})

describe('read back by another decoder', () => {
  test('any picture of any size is the same dot for dot', () => {
    const size = fc.integer({ min: 1, max: 40 })
    const seed = fc.array(fc.integer({ min: 0, max: 255 }))
    const pictures = fc.record({ width: size, height: size, seed })
    fc.assert(
      fc.property(pictures, ({ width, height, seed }) => {
        const rows = Array.from({ length: height }, (_, y) =>
          Array.from({ length: width }, (_dot, x) =>
            ((seed[(y * width + x) % (seed.length + 1)] ?? 0) >> (x & 7)) & 1 ? '#' : '.',
          ).join(''),
        )
        expect(readJbig(encodeJbig(dotsOf(rows)))).toEqual({ width, height, rows })
      }),
      { numRuns: 60 },
    )
  })

  test('a signature shows its lines, and its code faintly behind them', () => {
    const read = readJbig(signaturePicture({ code: '3A640F15', ink: A_NAME }))
    const bare = readJbig(signaturePicture({ code: '', ink: A_NAME }))
    expect([read?.width, read?.height]).toEqual([INK_WIDTH, INK_HEIGHT])
    const black = (rows: readonly string[] = []): number => rows.join('').replaceAll('.', '').length
    const added = black(read?.rows) - black(bare?.rows)
    expect(added).toBeGreaterThan(60)
    expect(added).toBeLessThan(black(bare?.rows) / 4)
  })

  test('another code is another picture, and every digit has a shape of its own', () => {
    const shapes = Array.from('0123456789ABCDEF', (digit) => {
      const dots = blank(20, 28)
      drawCode(dots, digit)
      return hex(dots.rows)
    })
    expect(new Set(shapes).size).toBe(16)
  })

  test('a name takes a few hundred bytes', () => {
    expect(signaturePicture({ code: '3A640F15', ink: A_NAME }).length).toBeLessThan(400)
  })

  test('bytes that are no picture are none, and nothing is thrown', () => {
    const whole = signaturePicture({ code: '3A640F15', ink: A_NAME })
    for (let length = 0; length < whole.length; length += 7)
      expect(readJbig(whole.subarray(0, length))).toBeNull()
    fc.assert(fc.property(fc.uint8Array(), (bytes) => readJbig(bytes) === null))
  })
})

/** T.82 7.2.1: 1960 by 1951 dots of a shift register. */
function testPicture(): { readonly black: number; readonly picture: Dots } {
  const picture = blank(1960, 1951)
  const bytes = rowBytes(picture.width)
  const kept = new Uint8Array(8)
  let register = 1
  let black = 0
  for (let y = 192; y < picture.height; y += 1)
    for (let x = 0; x < picture.width; x += 1) {
      if (y < 1023 || ((x >> 3) & 3) === 0) {
        const sum = register ^ (register >> 2) ^ (register >> 11) ^ (register >> 15)
        register = ((register << 1) | (sum & 1)) & 0xffff
        kept[x & 7] = (register & 3) === 0 ? 1 : 0
      }
      if (kept[x & 7] !== 1) continue
      const at = y * bytes + (x >> 3)
      picture.rows[at] = (picture.rows[at] ?? 0) | (0x80 >> (x & 7))
      black += 1
    }
  return { black, picture }
}

/** Signatures as text: nothing of them is lost on the way, and what is none is not taken for one. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  INK_HEIGHT,
  INK_LEAST_DOTS,
  INK_MAX_LENGTH,
  INK_WIDTH,
  type Ink,
  lengthOf,
  readInk,
  writeInk,
} from '#shell/api/ink.ts'

/** An M across the whole field. */
const NAME: Ink = [
  [
    [0, 95],
    [72, 0],
    [144, 95],
    [216, 0],
    [287, 95],
  ],
]

const point = fc.tuple(fc.nat(INK_WIDTH - 1), fc.nat(INK_HEIGHT - 1))
const stroke = fc.array(point, { minLength: 1, maxLength: 12 })

test('a signature comes back with every point of it, and points on the way of long steps', () => {
  fc.assert(
    fc.property(fc.array(stroke, { minLength: 1, maxLength: 6 }), (ink) => {
      const text = writeInk(ink)
      const back = readInk(text)
      if (lengthOf(ink) < INK_LEAST_DOTS) return
      expect(back).toHaveLength(ink.length)
      ink.forEach((points, at) => {
        const read = new Set((back?.[at] ?? []).map((one) => one.join()))
        expect(points.filter((one) => !read.has(one.join()))).toEqual([])
      })
      expect(writeInk(back ?? [])).toBe(text)
    }),
  )
})

test('a name takes less than a hundredth of its dots', () => {
  expect(writeInk(NAME).length).toBeLessThan((INK_WIDTH * INK_HEIGHT) / 100)
})

test('a slip of the finger, a foreign text and a line that leaves the field are no signature', () => {
  const dot: Ink = [[[5, 5]]]
  expect(readInk(writeInk(dot))).toBeNull()
  for (const text of ['', '....', 'AAAA.', 'AAA', 'AAAA AAAA', '<svg/onload=1>', 'éééé'])
    expect({ text, ink: readInk(text) }).toEqual({ text, ink: null })
  expect(readInk(writeInk(NAME))).not.toBeNull()
  // The same line ten dots further down.
  expect(readInk(writeInk([NAME[0]?.map(([x, y]) => [x, y + 10] as const) ?? []]))).toBeNull()
})

test('half a number, and any bytes at all, are an outcome', () => {
  const text = writeInk(NAME)
  for (let end = 0; end < text.length; end += 1)
    expect(() => readInk(text.slice(0, end))).not.toThrow()
  expect(readInk(text.slice(0, -1))).toBeNull()
  fc.assert(fc.property(fc.string(), (any) => void readInk(any)))
})

test('who scribbles for minutes fills the limit and no more', () => {
  const long: Ink = Array.from({ length: 400 }, () => NAME[0] ?? [])
  expect(writeInk(long).length).toBeLessThanOrEqual(INK_MAX_LENGTH)
  expect(readInk(writeInk(long))).not.toBeNull()
  expect(readInk(`${writeInk(long)}.${writeInk(NAME)}`.padEnd(INK_MAX_LENGTH + 1, 'A'))).toBeNull()
})

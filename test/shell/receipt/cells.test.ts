import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellsOf, packCells, pairLine, wrapCells } from '#shell/receipt/cells.ts'

const TEXT = fc.string({
  unit: fc.constantFrom('a', 'B', '7', ' ', '-', '稳', '收', '￥'),
  maxLength: 90,
})

test('a wrapped text never exceeds the paper and loses nothing but blanks', () => {
  fc.assert(
    fc.property(TEXT, fc.integer({ min: 2, max: 48 }), (text, columns) => {
      const lines = wrapCells(text, columns)
      expect(lines.length).toBeGreaterThan(0)
      expect(Math.max(...lines.map(cellsOf))).toBeLessThanOrEqual(columns)
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
    }),
  )
})

test('Latin words stay whole where they fit, Chinese breaks anywhere', () => {
  expect(wrapCells('NO SIGNATURE REQUIRED', 12)).toEqual(['NO SIGNATURE', 'REQUIRED'])
  expect(wrapCells('同意将其记入', 8)).toEqual(['同意将其', '记入'])
  expect(wrapCells('已按本单退回。', 12)).toEqual(['已按本单退', '回。'])
  expect(wrapCells('ABCDEFGHIJ', 4)).toEqual(['ABCD', 'EFGH', 'IJ'])
})

test('label and value fill the line exactly, or say that they do not fit', () => {
  expect(pairLine('金额', '1.00', 12)).toBe('金额    1.00')
  expect(pairLine('金额', '1.00', 9)).toBe('金额 1.00')
  expect(pairLine('金额', '1.00', 8)).toBeNull()
})

test('short chip facts share a line, two blanks apart', () => {
  expect(packCells(['TVR: 00', 'TSI: 11', 'ATC: 22'], 16)).toEqual(['TVR: 00  TSI: 11', 'ATC: 22'])
})

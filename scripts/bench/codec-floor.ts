/**
 * What reading cannot go below in JavaScript: the bytes made into text by the platform, and the values cut out of it at places known beforehand.
 * Nothing is checked, no length is read, and card data becomes text whether wanted or not.
 */
import { deepStrictEqual } from 'node:assert/strict'
import type { Sample } from './contestant.ts'

const LONGEST_PREFIX = 3

type Cut = { readonly from: number; readonly end: number }

/** One image of the whole message in hex is quicker than more single texts than this. */
const SINGLE_TEXTS = 4

/** `starts`: offset of each field of the sample. Throws when the values are not those of the sample. */
export function floorOf(
  { mti, fields, bytes }: Sample,
  starts: Readonly<Record<string, number>>,
): () => number {
  const buffer = Buffer.from(bytes)
  const text = buffer.toString('latin1')
  const hex = buffer.toString('hex').toUpperCase()
  const texts: Cut[] = []
  const hexes: Cut[] = []
  for (const [field, value] of [['mti', mti], ...Object.entries(fields)] as const) {
    const start = starts[field] ?? 0
    const inText = text.indexOf(value, start)
    const isText = inText >= start && inText <= start + LONGEST_PREFIX
    const from = isText ? inText : hex.indexOf(value, start * 2)
    ;(isText ? texts : hexes).push({ from, end: from + value.length })
  }
  const oneImage = hexes.length > SINGLE_TEXTS

  /** Gives every value to `take`. */
  function read(take: (value: string) => void): void {
    const image = buffer.toString('latin1')
    for (const { from, end } of texts) take(image.substring(from, end))
    const digits = oneImage ? buffer.toString('hex').toUpperCase() : ''
    for (const { from, end } of hexes) {
      take(
        oneImage
          ? digits.substring(from, end)
          : buffer.toString('hex', from / 2, end / 2).toUpperCase(),
      )
    }
  }

  const values: string[] = []
  read((value) => values.push(value))
  deepStrictEqual(values.toSorted(), [mti, ...Object.values(fields)].toSorted())
  return () => {
    let sum = 0
    read((value) => {
      sum += value.length
    })
    return sum
  }
}

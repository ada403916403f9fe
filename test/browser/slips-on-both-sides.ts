/** What must be true of the slips of any approved sale: on paper, in the terminal's archive, and in a picture. */
import { expect } from 'vitest'
import {
  keepPicture,
  pictureOfPaper,
  pictureOfSlip,
  type SlipPicture,
  wordsOf,
} from './pictures-of-slips.ts'
import type { Shop } from './shop.ts'

/** Less is an empty paper, more is a black one. */
const INK = { least: 0.03, most: 0.25 }

/**
 * Waits for both copies of the result that is shown, and compares paper and archive. Pictures go to `build/pictures`
 * under `name`. Gives the words of the cardholder's copy.
 */
export async function proveSlips(shop: Shop, name: string): Promise<string> {
  const { bench, counter } = shop
  const before = (await bench.state()).printer.papers.length
  const slips = await counter.slipsPrinted(() => bench.click('tear'))
  expect(slips).toHaveLength(2)
  const { papers } = (await bench.state()).printer
  const printed = papers.slice(-slips.length)
  expect(printed.map(({ cut }) => cut)).toEqual([true, true])
  expect(papers.length - before).toBeLessThanOrEqual(slips.length)

  let words = ''
  for (const [index, copy] of (['merchant', 'cardholder'] as const).entries()) {
    const paper = printed[index]
    const kept = await pictureOfSlip(shop, slips[index] ?? '')
    const drawn = await pictureOfPaper(shop, paper?.id ?? '')
    keepPicture(`${name}.${copy}.archive`, kept)
    keepPicture(`${name}.${copy}.paper`, drawn)
    expectReadable(kept)
    expectReadable(drawn)
    expect(kept.words).toBe(wordsOf(paper?.text ?? ''))
    words = kept.words
  }
  return words
}

function expectReadable({ ink, inkAtSides }: SlipPicture): void {
  expect(ink).toBeGreaterThan(INK.least)
  expect(ink).toBeLessThan(INK.most)
  expect(inkAtSides).toBe(0)
}

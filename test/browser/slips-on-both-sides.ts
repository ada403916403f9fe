/** What must be true of the slips of any approved sale: on paper, in the terminal's archive, and in a picture. */
import { expect } from 'vitest'
import {
  drawingOfPaper,
  drawingOfSlip,
  keepPicture,
  pictureOf,
  wordsOf,
  wordsOfDrawing,
} from './pictures-of-slips.ts'
import type { Shop } from './shop.ts'

/** Less is an empty paper, more is a black one. */
const INK = { least: 0.03, most: 0.25 }

/**
 * Waits for both copies of the result that is shown, and compares paper and archive. Pictures of the cardholder's copy go
 * to `build/pictures` under `name`. Gives the words of that copy.
 */
export async function proveSlips(shop: Shop, name: string): Promise<string> {
  const { bench, counter } = shop
  const slips = await counter.slipsPrinted(() => bench.click('tear'))
  expect(slips).toHaveLength(2)
  const papers = (await bench.state()).printer.papers.slice(-slips.length)
  expect(papers.map(({ cut }) => cut)).toEqual([true, true])
  for (const [index, id] of slips.entries()) {
    expect(wordsOfDrawing(await drawingOfSlip(shop, id))).toBe(wordsOf(papers[index]?.text ?? ''))
  }
  const archived = await drawingOfSlip(shop, slips.at(-1) ?? '')
  await provePicture(shop, `${name}.archive`, archived)
  await provePicture(shop, `${name}.paper`, await drawingOfPaper(shop, papers.at(-1)?.id ?? ''))
  return wordsOfDrawing(archived)
}

async function provePicture(shop: Shop, name: string, drawing: string): Promise<void> {
  const picture = await pictureOf(shop, drawing)
  keepPicture(name, picture)
  expect(picture.ink).toBeGreaterThan(INK.least)
  expect(picture.ink).toBeLessThan(INK.most)
  expect(picture.inkAtSides).toBe(0)
}

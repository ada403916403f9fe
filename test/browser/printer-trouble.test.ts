import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop, type Shop } from './shop.ts'

let shop: Shop

beforeAll(async () => {
  shop = await openShop({ means: 'keyboard', cashierOnly: true })
  await shop.switchOn()
  await shop.firstRun()
}, 60_000)

afterAll(async () => {
  await shop.close()
})

const TROUBLES = [
  {
    title: 'the paper is out',
    key: 'slip.paperOut',
    words: /缺纸，小票还没有打好[\s\S]*收款已成功[\s\S]*请换纸/,
    // The chip turns from full to nearly empty to empty, and then to full again.
    cause: ['paper', 'paper'],
    cure: ['paper'],
  },
  {
    title: 'the cover is open',
    key: 'slip.coverOpen',
    words: /盖开着，小票还没有打好[\s\S]*收款已成功[\s\S]*请合上盖/,
    cause: ['cover'],
    cure: ['cover'],
  },
  {
    title: 'the cable is pulled',
    key: 'slip.printerGone',
    words: /打印机断开，小票还没有打好[\s\S]*收款已成功[\s\S]*检查连接线/,
    cause: ['plug-printer'],
    cure: ['plug-printer'],
  },
] as const

test.each(TROUBLES)(
  '$title: the counter says so, the money is safe, and the slips come once it is cured',
  async ({ key, words, cause, cure }) => {
    const { bench, counter } = shop
    const before = await bench.state()
    for (const part of cause) await bench.turn(part)
    await counter.page.locator('.bar-faults, [data-paper="out"]').first().waitFor()
    await counter.ask('38.5')
    await bench.card('tap', 'debit')
    expect(await counter.result()).toBe('approved')
    expect(await counter.told(key)).toMatch(words)
    const during = await bench.state()
    expect(during.ledger.heldMinor - before.ledger.heldMinor).toBe(3850)
    expect(during.printer.papers).toHaveLength(before.printer.papers.length)

    for (const part of cure) await bench.turn(part)
    await counter.slipsPrinted(() => bench.click('tear'))
    await counter.page.locator('.bar-faults').waitFor({ state: 'detached' })
    const { papers } = (await bench.state()).printer
    expect(papers.length - before.printer.papers.length).toBeGreaterThanOrEqual(1)
    expect(papers.at(-1)?.text).toContain('38.50')
    await counter.next()
  },
)

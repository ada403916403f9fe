import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { openShop, type Shop, suretill } from '../../terminal/shop.ts'

/** Two starts of the terminal and two sales, on a loaded machine. */
const SHOP_TIMEOUT_MS = 90_000

function journal(
  verb: string,
  shop: Shop,
  ...flags: string[]
): { code: number | null; out: string } {
  const words = ['journal', verb, '--data', shop.dataFolder, ...flags]
  const run = spawnSync(suretill(), words, { encoding: 'utf8', maxBuffer: 100_000_000 })
  return { code: run.status, out: run.stdout }
}

async function sell(shop: Shop, present: () => Promise<void>): Promise<void> {
  const cashier = shop.cashier()
  cashier.press('3', '8', 'confirm')
  await cashier.until(({ counter }) => counter.kind === 'confirmAmount')
  cashier.press('confirm')
  await cashier.until(({ counter }) => counter.kind === 'present')
  await present()
  await cashier.until(({ counter }) => counter.kind === 'result')
  cashier.press('confirm')
  await cashier.until(({ counter }) => counter.kind === 'amount')
}

/** Every card number of the laboratory, as a card carries it. */
function cardNumbers(): readonly string[] {
  const file = new URL('../../rig/cards.yaml', import.meta.url)
  const { cards } = z
    .object({ cards: z.array(z.looseObject({ pan: z.string() })) })
    .parse(parse(readFileSync(file, 'utf8')))
  return cards.map(({ pan }) => pan)
}

test('what a real terminal wrote, with a power cut in between, is decided again as it was; an export shows no card', {
  timeout: SHOP_TIMEOUT_MS,
}, async () => {
  const shop = await openShop()
  await sell(shop, () => shop.present('tap', 'debit'))
  await shop.powerCut()
  await shop.powerOn()
  await shop.cashier().signIn({ number: '01', pin: '270415' })
  await sell(shop, () => shop.present('tap', 'debit'))
  await shop.terminal.stop()

  const replayed = journal('replay', shop, '--quiet')
  expect(replayed.out).toMatch(/^\d+ events, \d+ decided again as recorded\./)
  expect(replayed.code).toBe(0)
  expect(journal('verify', shop).code).toBe(0)
  const { out } = journal('export', shop)
  expect(out).toContain('"keepRecord"')
  const pans = cardNumbers()
  expect(pans.length).toBeGreaterThan(3)
  for (const pan of pans) expect(out).not.toContain(pan)
  expect(out).not.toMatch(/scrypt|"credential":"(?!masked)/)
  expect(readFileSync(join(shop.dataFolder, 'journal.mark'), 'utf8')).toContain('"seq"')
})

/** A shop whose habits the terminal knows: sales of earlier days in its journal, written by its own core and journal. */
import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { AmountGuard } from '#core/guard/amount-check.ts'
import { openJournal } from '#shell/journal/journal.ts'
import { makeCredential } from '#shell/operators/credential.ts'
import { SETUP } from '../core/counter.ts'
import { startLife } from '../crash/scripted-world.ts'
import { CASHIER } from './operators.ts'

/** The least that `amountGuard.enoughSales` may be, and some more. */
const SALES = 25
const DAY_MS = 86_400_000

/** Nothing is unusual yet, and everything is remembered. */
const LEARNING: AmountGuard = {
  enoughSales: 2000,
  unusualBelow: 0,
  unusualAbove: 0,
  edgeBelow: 0,
  edgeAbove: 0,
  secondPersonAboveMinor: null,
  lookMs: 0,
}

/** Sales of 30 to 54 yuan, a day ago, in the first batch; the cashier has a PIN already. The host of the laboratory knows none of them. */
export function writePastSales(dataFolder: string): void {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const opened = openJournal(join(dataFolder, 'journal.db'))
  if (!opened.ok) throw new Error(`${opened.why}: ${opened.detail}`)
  const { journal } = opened
  const credential = makeCredential(CASHIER.pin, randomBytes)
  const shop = startLife(
    journal,
    () => undefined,
    { at: Date.now() - DAY_MS, seq: 0 },
    { setup: { ...SETUP, amountGuard: LEARNING }, credential },
  )
  shop.open()
  for (let sale = 0; sale < SALES; sale += 1) shop.sell(30 + sale, 'approved')
  journal.close()
}

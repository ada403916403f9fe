/** A shop where people drill: its line to the acquirer is tapped, and every connection of the terminal to its host is counted. */

import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import type { View } from '#shell/api/view.ts'
import type { Cashier } from './cashier.ts'
import { changeConfig, OPERATOR, openShop, type Shop, type Wishes } from './shop.ts'
import { SUPERVISOR } from './two-people.ts'
import { tapWire } from './wire-tap.ts'

const ASKED_AGAIN_MS = 100

export type DrillHall = {
  readonly shop: Shop
  /** Bytes and connections that have ever reached the acquirer's port. */
  readonly reached: () => { readonly bytes: number; readonly connections: number }
}

/** Open, nobody signed in. */
export async function openDrillHall(wishes: Wishes = {}): Promise<DrillHall> {
  const shop = await openShop({
    ...wishes,
    closed: true,
    config: {
      operators: [
        { number: OPERATOR.number, role: 'cashier' },
        { number: SUPERVISOR.number, role: 'supervisor' },
      ],
      'slips.copies': ['merchant'],
      ...wishes.config,
    },
  })
  const tap = await tapWire(shop.rig.acquirer.port)
  changeConfig(join(shop.configFolder, 'terminal.yaml'), { 'acquirer.port': tap.port })
  await shop.powerOn()
  await shop.cashier().chooseFirstPin(OPERATOR)
  await shop.cashier().chooseFirstPin(SUPERVISOR)
  return {
    shop,
    reached: () => {
      const sent = tap.sent()
      return {
        bytes: sent.reduce((sum, one) => sum + one.length, 0),
        connections: sent.length,
      }
    },
  }
}

/** Menu, second sheet, and what stands on its key. */
export async function chooseOnSecondSheet(shop: Shop, option: string): Promise<void> {
  const cashier = shop.cashier()
  cashier.press('menu')
  await cashier.page('menu')
  cashier.option('next')
  await cashier.until(
    ({ counter }) => counter.kind === 'menu' && counter.options.some(({ id }) => id === option),
    `the sheet with ${option}`,
  )
  cashier.option(option)
}

/** The supervisor signs in and begins a drill, and the cashier signs in there. What had reached the acquirer before it began. */
export async function beginDrill({
  reached,
  shop,
}: DrillHall): Promise<ReturnType<DrillHall['reached']>> {
  const cashier = shop.cashier()
  await cashier.signIn(SUPERVISOR)
  await cashier.until(({ strip }) => strip.link === 'up' && strip.faults.length === 0, 'the link')
  const before = reached()
  await chooseOnSecondSheet(shop, 'drill')
  // While a slip is still being printed no drill begins: whoever is told so asks again.
  for (let told = await drillOrWhyNot(cashier); !told.drill; told = await drillOrWhyNot(cashier)) {
    await sleep(ASKED_AGAIN_MS)
    cashier.option('drill')
  }
  await cashier.page('signIn')
  await cashier.signIn(OPERATOR)
  await cashier.until(({ strip }) => strip.link === 'up' && strip.faults.length === 0, 'the link')
  return before
}

async function drillOrWhyNot(cashier: Cashier): Promise<View> {
  return await cashier.until(
    ({ drill, message }) => drill || message?.key === 'drill.slipPrinting',
    'the drill',
  )
}

export async function endDrill(shop: Shop): Promise<void> {
  await chooseOnSecondSheet(shop, 'endDrill')
  await shop.cashier().until(({ counter, drill }) => !drill && counter.kind === 'signIn')
}

/** What the journal in this folder of the terminal holds, oldest first. */
export function journalOf(folder: string): { type: string; dos: string[] }[] {
  const db = new DatabaseSync(join(folder, 'journal.db'), { readOnly: true })
  const rows = db.prepare('SELECT body, effects FROM event ORDER BY seq').all()
  db.close()
  return rows.map(({ body, effects }) => {
    const event: { type: string } = JSON.parse(String(body))
    const list: { do: string }[] = JSON.parse(String(effects))
    return { type: event.type, dos: list.map((effect) => effect.do) }
  })
}

import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CASHIER } from './operators.ts'
import { openShop, type Shop } from './shop.ts'

const SURETILL = fileURLToPath(new URL('../../scripts/suretill', import.meta.url))

/** A sale, a power cut and a start in one test. */
const SLOW_MS = 40_000

let shop: Shop

beforeAll(async () => {
  shop = await openShop({ means: 'keyboard', cashierOnly: true })
  await shop.switchOn()
  await shop.firstRun()
  await sellOnce()
}, 60_000)

afterAll(async () => {
  await shop.close()
})

test.each([
  { fault: 'dropReply', what: 'is lost' },
  { fault: 'lateReply', what: 'comes too late' },
])(
  'power cut between request and answer, and the answer $what: the sale is reversed before anything else, and host and journal agree',
  { timeout: SLOW_MS },
  async ({ fault }) => {
    const { bench, counter, laboratory } = shop
    const { acquirer } = laboratory.rig
    const before = acquirer.state()
    await bench.click(`fault-${fault}`)
    await counter.ask('38.5')
    await bench.card('tap', 'debit')
    await bench.page
      .locator(`[data-testid="held"][data-minor="${before.heldMinor + 3850}"]`)
      .waitFor()
    expect(await counter.page.locator('[data-page="working"]').count()).toBe(1)
    await bench.plug('power', false)
    await counter.page.getByTestId('lost').waitFor()
    const heard = acquirer.state().messages.length

    await shop.switchOn()
    expect(await counter.told('host.reversedOnStart')).toMatch(
      /之前的一笔已撤销[\s\S]*38\.50 未收款/,
    )
    const after = acquirer.state()
    expect(after.heldMinor).toBe(before.heldMinor)
    const requests = after.messages.slice(heard).filter(({ direction }) => direction === 'in')
    expect(requests.map(({ mti }) => mti).filter((mti) => mti !== '0800')[0]).toBe('0400')

    const [sale] = after.entries.slice(-1)
    expect(sale).toMatchObject({ amountMinor: 3850, responseCode: '00', owedMinor: 0 })
    expect(sale?.reversedBy).not.toBeNull()
    await counter.signIn(CASHIER)
    expect(await recordsShown()).toEqual(recordsOfHost())
    expect(await verifyJournal()).toMatchObject({ ok: true })
  },
)

/** A sale that has nothing to do with any power cut, and must stand for ever. */
async function sellOnce(): Promise<void> {
  const { bench, counter } = shop
  await counter.ask('12')
  await bench.card('tap', 'credit')
  await counter.slipsPrinted(() => bench.click('tear'))
  await counter.next()
}

/** The counter's list of transactions, newest first: what the journal holds, in the cashier's words. Leaves the list. */
async function recordsShown(): Promise<readonly string[]> {
  const { counter } = shop
  await counter.on('amount')
  await counter.press('menu')
  await counter.on('menu')
  await counter.option('records')
  await counter.on('records')
  const texts = await counter.page.locator('.record').allInnerTexts()
  await counter.press('cancel')
  await counter.page.locator('[data-page="records"]').waitFor({ state: 'detached' })
  return texts.map((text) => {
    const [, amount, outcome, trace] =
      /￥(\S+)[\s\S]*(收款成功|未收款|结果未知)[\s\S]*?(\d{6})/.exec(text) ?? []
    return `${trace} ${amount} ${outcome}`
  })
}

/** The same from the books of the host: what was reversed is no income. */
function recordsOfHost(): readonly string[] {
  const { entries } = shop.laboratory.rig.acquirer.state()
  return entries.toReversed().map(({ stan, amountMinor, owedMinor }) => {
    const amount = (amountMinor / 100).toFixed(2)
    return `${stan} ${amount} ${owedMinor === amountMinor ? '收款成功' : '未收款'}`
  })
}

async function verifyJournal(): Promise<unknown> {
  const args = ['journal', 'verify', '--json', '--data', shop.dataFolder]
  const verified: unknown = JSON.parse((await promisify(execFile)(SURETILL, args)).stdout)
  return verified
}

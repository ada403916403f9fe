import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CASHIER, openShop, type Shop } from './shop.ts'

const SURETILL = fileURLToPath(new URL('../../scripts/suretill', import.meta.url))

let shop: Shop

beforeAll(async () => {
  shop = await openShop({ means: 'touch', cashierOnly: true })
  await shop.switchOn()
  await shop.firstRun()
}, 60_000)

afterAll(async () => {
  await shop.close()
})

test.each([
  { fault: 'dropReply', what: 'is lost' },
  { fault: 'lateReply', what: 'comes too late' },
])(
  'power cut between request and answer, and the answer $what: the sale is reversed before anything else, and host and journal agree',
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
      /断电前的一笔已撤销[\s\S]*38\.50 未收款/,
    )
    const after = acquirer.state()
    expect(after.heldMinor).toBe(before.heldMinor)
    const requests = after.messages.slice(heard).filter(({ direction }) => direction === 'in')
    expect(requests.map(({ mti }) => mti).filter((mti) => mti !== '0800')[0]).toBe('0400')

    const [sale] = after.entries.slice(-1)
    expect(sale).toMatchObject({ amountMinor: 3850, responseCode: '00', owedMinor: 0 })
    expect(sale?.reversedBy).not.toBeNull()
    await counter.signIn(CASHIER)
    expect(await recordOf(sale?.stan ?? '')).toMatch(/38\.50[\s\S]*未收款/)
    expect(await verifyJournal()).toMatchObject({ ok: true })
  },
)

/** What the counter's list of transactions says about the one with this trace number; leaves the list. */
async function recordOf(trace: string): Promise<string> {
  const { counter } = shop
  await counter.press('menu')
  await counter.on('menu')
  await counter.option('records')
  await counter.on('records')
  const text = await counter.page.locator('.record', { hasText: trace }).innerText()
  await counter.press('cancel')
  await counter.on('amount')
  return text
}

async function verifyJournal(): Promise<unknown> {
  const args = ['journal', 'verify', '--json', '--data', shop.dataFolder]
  const verified: unknown = JSON.parse((await promisify(execFile)(SURETILL, args)).stdout)
  return verified
}

/** Signing on the customer's screen, from the finger to the paper and the journal. */
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { writeInk } from '#shell/api/ink.ts'
import type { CustomerPage, Frame, Push } from '#shell/api/view.ts'
import { OPERATOR, openShop, type Shop, SURETILL } from './shop.ts'

type SignPage = Extract<CustomerPage, { kind: 'sign' }>

const INK = writeInk([
  [
    [10, 10],
    [200, 90],
    [280, 5],
  ],
])

/** A sale whose slip is to be signed, paid. */
async function paid(): Promise<Shop> {
  const shop = await openShop({ config: { 'slips.signOnScreenMs': 20_000 } })
  await shop.cashier().ask('1280')
  await shop.present('insert', 'debit')
  await shop.typePin('123456')
  await shop.cashier().told('signature.ask')
  return shop
}

/** The customer's screen: waits for the page to sign on and answers it. */
function customerSigns(shop: Shop, ink: string): Promise<SignPage> {
  return new Promise((resolve, reject) => {
    const { hash, origin } = new URL(shop.terminal.state().screens ?? '')
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/api/live`, { origin })
    const tell = (frame: Frame): void => socket.send(JSON.stringify(frame))
    socket.on('error', reject)
    socket.on('open', () => tell({ type: 'hello', screen: 'customer', token: hash.slice(1) }))
    socket.on('message', (data: Buffer) => {
      const push: Push = JSON.parse(data.toString('utf8'))
      if (push.type !== 'customerView' || push.view.customer.kind !== 'sign') return
      const { record } = push.view.customer
      tell({ type: 'act', revision: push.view.revision, action: { type: 'sign', record, ink } })
      socket.close()
      resolve(push.view.customer)
    })
  })
}

test('signed on the screen: the money was in before, the slip prints with its code, and the journal keeps the lines', async () => {
  const shop = await paid()
  expect(shop.rig.acquirer.held()).toBe(128_000)
  expect(shop.rig.printer.papers().filter((paper) => paper.cut)).toEqual([])
  const page = await customerSigns(shop, INK)
  await shop.cashier().until(() => shop.rig.printer.papers().some((paper) => paper.cut), 'a slip')
  const paper = shop.rig.printer.papers().find((one) => one.cut)
  expect(paper?.text).toContain(page.code)
  expect(shop.cashier().view().strip.openItems).toBe(0)
  await shop.terminal.stop()
  const journal = execFileSync(SURETILL, ['journal', 'export', '--data', shop.dataFolder], {
    encoding: 'utf8',
  })
  expect(journal).toContain(`"ink":"${INK}"`)
})

test('power lost while the customer signs: the paper comes with a line, and somebody has to see it signed', async () => {
  const shop = await paid()
  await shop.powerCut()
  await shop.powerOn()
  await shop.cashier().signIn(OPERATOR)
  await shop.cashier().until(({ strip }) => strip.openItems === 1, 'the signature to be owed')
  expect(shop.rig.acquirer.held()).toBe(128_000)
  await shop.cashier().page('amount')
  shop.cashier().press('menu')
  await shop.cashier().page('menu')
  shop.cashier().option('openItems')
  const { items } = await shop.cashier().page('openItems')
  expect(items.map((item) => item.message.key)).toEqual(['signature.owed'])
  shop.cashier().option('signedOnPaper', items[0]?.id ?? '')
  await shop.cashier().until(({ strip }) => strip.openItems === 0, 'an empty list')
})

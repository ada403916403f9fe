import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { OPERATOR, openShop, type Shop, suretill, until } from './shop.ts'

/** Money requests in the order in which the host received them. */
function financial({ rig }: Shop): string[] {
  return rig.acquirer
    .state()
    .messages.filter((message) => message.direction === 'in' && /^0[1245]/.test(message.mti))
    .map((message) => message.mti)
}

function verify({ dataFolder }: Shop): unknown {
  return JSON.parse(
    execFileSync(suretill(), ['journal', 'verify', '--json', '--data', dataFolder], {
      encoding: 'utf8',
    }),
  )
}

test('power off between request and answer: the reversal is the first thing on the wire, and host and journal agree', async () => {
  const shop = await openShop({ config: { 'acquirer.replyTimeoutMs': 20_000 } })
  const { rig, cashier, present, powerCut, powerOn } = shop
  rig.acquirer.applyFault({ kind: 'dropReply', times: 1, mti: '0200' })
  await cashier().ask('38.5')
  await present('tap', 'debit')
  await cashier().page('working')
  await until(rig.acquirer, () => rig.acquirer.held() === 3850)
  await powerCut()
  await powerOn()
  await cashier().told('host.reversedOnStart')
  expect(financial(shop)).toEqual(['0200', '0400'])
  expect(rig.acquirer.held()).toBe(0)
  expect(verify(shop)).toMatchObject({ ok: true })
  await cashier().signIn(OPERATOR)
  await cashier().ask('20')
  await present('tap', 'debit')
  expect(await cashier().page('result')).toMatchObject({ outcome: 'approved' })
  expect(rig.acquirer.held()).toBe(2000)
})

test('power off while a slip prints: the cashier is asked whether it is on paper, and the payment stands', async () => {
  const shop = await openShop()
  const { rig, cashier, present, powerCut, powerOn } = shop
  rig.printer.setCover('open')
  await cashier().until(({ strip }) => strip.paper === 'unknown', 'the cover')
  await cashier().ask('38.5')
  await present('tap', 'debit')
  await cashier().page('result')
  await powerCut()
  rig.printer.setCover('closed')
  await powerOn()
  await cashier().signIn(OPERATOR)
  await until(rig.printer, () =>
    rig.printer.papers().some((paper) => paper.cut && paper.text.includes('补打')),
  )
  expect(rig.acquirer.held()).toBe(3850)
  expect(verify(shop)).toMatchObject({ ok: true })
})

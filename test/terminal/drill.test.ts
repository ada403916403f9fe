import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  beginDrill,
  chooseOnSecondSheet,
  endDrill,
  journalOf,
  openDrillHall,
} from './drill-hall.ts'
import { OPERATOR, until } from './shop.ts'
import { choose, confirmAndApprove, leaveApproved, SUPERVISOR, sellByTap } from './two-people.ts'

test('a whole day is drilled, with a lost answer, a void and a settlement, and not a byte reaches the acquirer', async () => {
  const hall = await openDrillHall()
  const { reached, shop } = hall
  await shop.cashier().signIn(OPERATOR)
  const first = await sellByTap(shop, '10')
  await until(shop.rig.printer, () => shop.rig.printer.papers().length === 1)
  shop.cashier().press('menu')
  await shop.cashier().page('menu')
  shop.cashier().option('signOut')
  await shop.cashier().page('signIn')
  const before = await beginDrill(hall)
  const inLedger = shop.rig.acquirer.state().entries.length
  const papersBefore = shop.rig.printer.papers().length

  const trace = await sellByTap(shop, '38.5')
  await shop.cashier().ask('20')
  shop.holdUp('wechat')
  await leaveApproved(shop)
  await shop.cashier().ask('7.51')
  await shop.present('tap', 'debit')
  expect(await shop.cashier().page('result')).toMatchObject({ outcome: 'notPaid' })
  shop.cashier().press('cancel')
  await shop.cashier().ask('7.98')
  await shop.present('tap', 'debit')
  expect(await shop.cashier().page('result')).toMatchObject({ outcome: 'notPaid' })
  shop.cashier().press('cancel')
  await shop.cashier().page('amount')
  await choose(shop, 'void', trace)
  await confirmAndApprove(shop)
  await shop.present('tap', 'debit')
  await shop
    .cashier()
    .until(
      ({ counter }) =>
        counter.kind === 'result' && counter.slips.every((slip) => slip.state === 'printed'),
      'the slip',
    )
  await leaveApproved(shop)
  const papers = (): string[] =>
    shop.rig.printer
      .papers()
      .slice(papersBefore)
      .map(({ text }) => text)
  await until(shop.rig.printer, () => papers().length >= 3)
  const cashier = shop.cashier()
  cashier.press('menu')
  await cashier.page('menu')
  cashier.option('settle')
  await shop
    .cashier()
    .until(({ counter }) => counter.kind === 'totals' && counter.rows !== null, 'the sums')
  shop.cashier().press('confirm')
  await shop.cashier().told('settle.done')
  await until(shop.rig.printer, () => papers().length >= 4)

  expect(papers().every((text) => text.includes('演练'))).toBe(true)
  expect(reached()).toEqual(before)
  expect(shop.rig.acquirer.state().entries).toHaveLength(inLedger)

  await endDrill(shop)
  await shop.cashier().told('drill.ended')
  await shop.cashier().signIn(OPERATOR)
  const next = await sellByTap(shop, '11')
  expect(Number(next)).toBeGreaterThan(Number(first))
  expect(shop.rig.acquirer.state().entries.at(-1)).toMatchObject({ amountMinor: 1100 })

  const lived = journalOf(shop.dataFolder)
  const began = lived.findIndex(({ dos }) => dos.includes('beginDrill'))
  const ended = lived.findIndex(({ type }) => type === 'drillEnded')
  expect(lived.slice(began + 1, ended).map(({ type }) => type)).toEqual(
    expect.not.arrayContaining(['hostReplied', 'cardPresented', 'keyPressed', 'printEnded']),
  )
  const drilled = journalOf(join(shop.dataFolder, 'drill')).flatMap(({ dos }) => dos)
  expect(drilled).toEqual(expect.arrayContaining(['sendRequest', 'sendReversal', 'sendBatch']))
}, 60_000)

test('a cashier who asks for a drill needs a supervisor at the counter', async () => {
  const { shop } = await openDrillHall()
  await shop.cashier().signIn(OPERATOR)
  await chooseOnSecondSheet(shop, 'drill')
  const { drill } = await shop.cashier().told('approve.drill')
  expect(drill).toBe(false)
}, 30_000)

test('while a reversal is owed no drill begins, and the reversal goes on to the acquirer', async () => {
  const { shop } = await openDrillHall()
  await shop.cashier().signIn(SUPERVISOR)
  await shop.cashier().until(({ strip }) => strip.link === 'up', 'the link')
  shop.rig.acquirer.setFault({ kind: 'dropReply', mti: '0200' })
  await shop.cashier().ask('5')
  shop.rig.acquirer.setFault({ kind: 'dropRequest', mti: '0400' })
  shop.rig.acquirer.setFault({ kind: 'dropReply', mti: '0200' })
  await shop.present('tap', 'debit')
  await shop
    .cashier()
    .until(({ counter }) => counter.kind === 'result' && counter.outcome === 'unknown')
  shop.cashier().press('cancel')
  await shop.cashier().page('amount')
  await chooseOnSecondSheet(shop, 'drill')
  const { drill } = await shop.cashier().told('drill.somethingOpen')
  expect(drill).toBe(false)
}, 30_000)

test('the power goes in a drill: the terminal starts in earnest, and owes nothing of the drill', async () => {
  const hall = await openDrillHall()
  const { reached, shop } = hall
  const before = await beginDrill(hall)
  await shop.cashier().ask('7.98')
  await shop.present('tap', 'debit')
  await shop.cashier().page('working')
  await shop.powerCut()
  expect(reached()).toEqual(before)
  await shop.powerOn()
  expect(shop.cashier().view().drill).toBe(false)
  await shop.cashier().signIn(OPERATOR)
  const { strip } = await shop.cashier().until(({ strip }) => strip.link === 'up', 'the link')
  expect(strip.openItems).toBe(0)
  expect(shop.rig.acquirer.state().messages.map(({ mti }) => mti)).not.toContain('0400')
}, 30_000)

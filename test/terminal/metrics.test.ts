/** A terminal that sells, and the figures that somebody far away reads of it. */
import { expect, test } from 'vitest'
import { METRICS } from '#shell/metrics/catalogue.ts'
import { openShop } from './shop.ts'

const SLOW_MS = 60_000

test('after a sale and a pulled printer the figures say so, every one of them is there, and nothing of the card is', {
  timeout: SLOW_MS,
}, async () => {
  const shop = await openShop({ config: { 'care.metrics': { port: 0 } } })
  const ready = shop.terminal.state().lines.find((line) => line.includes('"ready"')) ?? '{}'
  const read = async (): Promise<string> =>
    await (await fetch(`http://127.0.0.1:${JSON.parse(ready).metrics}/metrics`)).text()
  expect(await read()).toContain('suretill_batch_movements 0\n')
  await shop.cashier().ask('38.5')
  await shop.present('tap', 'debit')
  await shop.cashier().until(({ counter }) => counter.kind === 'result', 'the result')
  shop.rig.printer.unplug()
  await shop.cashier().until(({ strip }) => strip.faults.length > 0, 'the printer to be missed')
  const text = await read()
  for (const told of [
    'suretill_link_up 1',
    'suretill_in_service 1',
    'suretill_batch_movements 1',
    'suretill_device_well{device="printer"} 0',
    'suretill_device_well{device="pinPad"} 1',
    'suretill_standing_fault{fault="gone"} 1',
    'suretill_exchanges_total{mti="0200",outcome=',
  ])
    expect(text).toContain(told)
  const missing = Object.values(METRICS).filter(({ name }) => !text.includes(`# TYPE ${name} `))
  expect(missing).toEqual([])
  const { pan = '', id } = shop.rig.cards.cards.find((card) => card.id === 'debit') ?? {}
  expect(id).toBe('debit')
  expect(text).not.toContain(pan)
  expect(text).not.toContain('3850')
})

test('without the parameter there is no such door', { timeout: SLOW_MS }, async () => {
  const shop = await openShop({ closed: true })
  await shop.powerOn()
  const ready = shop.terminal.state().lines.find((line) => line.includes('"ready"')) ?? '{}'
  expect(JSON.parse(ready)).not.toHaveProperty('metrics')
})

import { expect, test } from 'vitest'
import type { Clock } from '#core/ports/clock.ts'
import { createHostOrder } from '#shell/acquirer/host-order.ts'
import { codeSale, openLink, startHost } from './bench.ts'
import { deadPort, startScriptedHost } from './scripted-host.ts'

test('the primary host is down: the sale goes through its backup', async () => {
  const backup = await startHost()
  const link = openLink({ ports: [await deadPort(), backup.port] })
  await link.signOn()
  const { attempt, held } = codeSale('000002')
  expect(await link.acquirer.sell(attempt, held)).toMatchObject({ kind: 'replied' })
  expect(backup.held()).toBe(3850)
})

test('no host can be reached: not a byte left, so nothing is owed', async () => {
  const host = await startHost()
  const link = openLink({ ports: [host.port, await deadPort()] })
  await link.signOn()
  await host.setReachable(false)
  const { attempt, held } = codeSale('000002')
  expect(await link.acquirer.sell(attempt, held)).toEqual({ kind: 'unreachable' })
})

test('a primary that takes a sale and then dies: the sale is never sent to the backup, its outcome is unknown', async () => {
  const good = await startHost()
  const primary = await startScriptedHost()
  const backup = await startScriptedHost()
  const link = openLink({ ports: [good.port] })
  await link.signOn()
  const other = openLink({ ports: [primary.port, backup.port], keys: link.keys })
  primary.onRequest = (_, line) => line.resetAndDestroy()
  const { attempt, held } = codeSale('000002')
  expect(await other.acquirer.sell(attempt, held)).toEqual({ kind: 'silent' })
  expect(primary.requests()).toBe(1)
  expect(backup.calls()).toBe(0)
})

const PRIMARY = { host: 'primary', port: 1 }
const BACKUP = { host: 'backup', port: 2 }

test('a host that could not be reached is asked last until its pause is over, and each failure doubles the pause', () => {
  const clock = handClock()
  const order = createHostOrder([PRIMARY, BACKUP], { firstMs: 1000, mostMs: 3000 }, clock)
  const pauses = [1000, 2000, 3000, 3000]
  for (const pause of pauses) {
    expect(order.toTry()).toEqual([PRIMARY, BACKUP])
    order.failed(PRIMARY)
    clock.pass(pause - 1)
    expect(order.toTry()).toEqual([BACKUP, PRIMARY])
    expect(order.isBetterThere(BACKUP)).toBe(false)
    clock.pass(1)
  }
  expect(order.isBetterThere(BACKUP)).toBe(true)
  order.worked(PRIMARY)
  order.failed(PRIMARY)
  clock.pass(1000)
  expect(order.toTry()).toEqual([PRIMARY, BACKUP])
})

test('when every host pauses all are tried all the same: a customer is waiting', () => {
  const order = createHostOrder([PRIMARY, BACKUP], { firstMs: 1000, mostMs: 3000 }, handClock())
  order.failed(PRIMARY)
  order.failed(BACKUP)
  expect(order.toTry()).toEqual([PRIMARY, BACKUP])
})

function handClock(): Clock & { pass(ms: number): void } {
  let now = 0
  return {
    wallMs: () => now,
    monotonicMs: () => now,
    after: () => () => undefined,
    pass: (ms) => {
      now += ms
    },
  }
}

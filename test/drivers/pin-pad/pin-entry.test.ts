import { createDecipheriv } from 'node:crypto'
import { expect, test } from 'vitest'
import type { PinOutcome } from '#core/ports/pin-pad.ts'
import { MASTER_KEY, openCounter, PAN, pressAll, SESSION_KEY, WRAPPED_KEY } from './counter.ts'

const isEntering = (state: { entering: boolean }): boolean => state.entering

test('the customer sees the amount, enters the PIN, and only the issuer can read it', async () => {
  const { pad, sim, sees, request, arena } = await openCounter()
  const asked = request()
  const outcome = pad.requestPin(asked)
  await sees(isEntering)
  expect(sim.state().display).toEqual(['AMOUNT   1234.50', 'ENTER PIN'])
  pressAll(sim, '123456')
  expect(sim.state()).toMatchObject({ digits: 6, display: ['AMOUNT   1234.50', '******'] })
  sim.press('enter')
  expect(pinInside(await outcome)).toBe('123456')
  expect(sim.state().complaints).toEqual([])
  expect(arena.used).toBe(2) // PAN and PIN block, nothing else
})

test('three digits are no PIN: the pad says so and the customer starts again', async () => {
  const { pad, sim, sees, request } = await openCounter()
  const outcome = pad.requestPin(request())
  await sees(isEntering)
  pressAll(sim, '123')
  sim.press('enter')
  expect(sim.state()).toMatchObject({ entering: true, digits: 0 })
  expect(sim.state().display[1]).toBe('PIN TOO SHORT')
  pressAll(sim, '9876543210123') // the thirteenth digit is not taken
  sim.press('enter')
  expect(pinInside(await outcome)).toBe('987654321012')
})

test('enter without digits is a bypass', async () => {
  const { pad, sim, sees, request } = await openCounter()
  const outcome = pad.requestPin(request())
  await sees(isEntering)
  sim.press('enter')
  expect(await outcome).toEqual({ kind: 'bypassed' })
})

test('the customer presses cancel: the entry is cancelled and the next one works', async () => {
  const { pad, sim, sees, request } = await openCounter()
  const first = pad.requestPin(request())
  await sees(isEntering)
  sim.press('cancel')
  expect(await first).toEqual({ kind: 'cancelled' })
  const second = pad.requestPin(request())
  await sees(isEntering)
  pressAll(sim, '1234')
  sim.press('enter')
  expect(pinInside(await second)).toBe('1234')
})

test('the cashier cancels: the pad goes back to idle', async () => {
  const { pad, sim, sees, request } = await openCounter()
  const outcome = pad.requestPin(request())
  await sees(isEntering)
  await pad.cancel()
  expect(await outcome).toEqual({ kind: 'cancelled' })
  expect(sim.state()).toMatchObject({ entering: false, complaints: [] })
  await pad.cancel() // safe when nothing runs
})

test('a cancel right behind the request ends it as well, and the pad stays idle', async () => {
  const { pad, sim, request } = await openCounter()
  const outcome = pad.requestPin(request())
  await pad.cancel()
  expect(await outcome).toEqual({ kind: 'cancelled' })
  expect(sim.state()).toMatchObject({ entering: false, complaints: [] })
  expect(pad.health.troubles).toEqual([])
})

test('the next entry begins before the cancelled one has let go: it waits its turn', async () => {
  const { pad, sim, sees, request } = await openCounter()
  const first = pad.requestPin(request())
  await sees(isEntering)
  const cancelling = pad.cancel()
  const second = pad.requestPin(request())
  expect(await first).toEqual({ kind: 'cancelled' })
  await sees(isEntering)
  pressAll(sim, '1234')
  sim.press('enter')
  expect(pinInside(await second)).toBe('1234')
  await cancelling
  expect(sim.state().complaints).toEqual([])
})

test('nobody enters a PIN: the entry times out and the pad goes back to idle', async () => {
  const { pad, sim, sees, request } = await openCounter()
  const outcome = pad.requestPin(request({ timeoutMs: 150 }))
  await sees(isEntering)
  expect(await outcome).toEqual({ kind: 'timedOut' })
  expect(sim.state()).toMatchObject({ entering: false, complaints: [] })
})

test('the pad is unplugged during the entry: the device failed, and it heals when plugged in again', async () => {
  const { pad, sim, sees, request, healthy } = await openCounter()
  const outcome = pad.requestPin(request())
  await sees(isEntering)
  pressAll(sim, '12')
  sim.unplug()
  expect(await outcome).toEqual({ kind: 'deviceFailed', trouble: 'gone' })
  await healthy((health) => health.troubles.includes('gone'))
  sim.plug()
  await healthy((health) => health.troubles.length === 0)
  const again = pad.requestPin(request())
  await sees(isEntering)
  pressAll(sim, '4321')
  sim.press('enter')
  expect(pinInside(await again)).toBe('4321')
})

test('a pad without the master key says so, and the trouble stands until it is mended', async () => {
  const { pad, sim, sees, request } = await openCounter()
  const failed = await pad.requestPin(request({ key: { ...SESSION_KEY, masterKeyIndex: 5 } }))
  expect(failed).toEqual({ kind: 'deviceFailed', trouble: 'keyMissing' })
  expect(pad.health.troubles).toEqual(['keyMissing'])
  const outcome = pad.requestPin(request())
  await sees(isEntering)
  pressAll(sim, '1234')
  sim.press('enter')
  expect((await outcome).kind).toBe('entered')
  expect(pad.health.troubles).toEqual([])
})

test.each([
  ['tamper', 'tampered'],
  ['keyExhausted', 'keyMissing'],
] as const)('a pad that answers %s is reported as %s', async (kind, trouble) => {
  const { pad, sim, request } = await openCounter()
  sim.applyFault({ kind })
  expect(await pad.requestPin(request())).toEqual({ kind: 'deviceFailed', trouble })
})

test('an empty working key is never sent', async () => {
  const { pad, sim, request } = await openCounter()
  const outcome = await pad.requestPin(request({ key: { ...SESSION_KEY, wrapped: '' } }))
  expect(outcome).toEqual({ kind: 'deviceFailed', trouble: 'keyMissing' })
  expect(sim.state().complaints).toEqual([])
})

/** What the issuer finds in the block: the PIN, by taking everything apart again. */
function pinInside(outcome: PinOutcome): string {
  if (outcome.kind !== 'entered') return `no block: ${outcome.kind}`
  const block = outcome.block.use((bytes) => Buffer.from(bytes))
  const pinKey = decipher(Buffer.from(MASTER_KEY, 'hex'), Buffer.from(WRAPPED_KEY, 'hex'))
  const account = Buffer.from(`0000${PAN.slice(-13, -1)}`, 'hex')
  const field = decipher(pinKey, block).map((byte, at) => byte ^ (account[at] ?? 0))
  const digits = Buffer.from(field).toString('hex')
  return digits.slice(2, 2 + Number.parseInt(digits.slice(0, 2), 16))
}

function decipher(key: Buffer, data: Buffer): Buffer {
  const tool = createDecipheriv('des-ede3-ecb', Buffer.concat([key, key.subarray(0, 8)]), null)
  tool.setAutoPadding(false)
  return Buffer.concat([tool.update(data), tool.final()])
}

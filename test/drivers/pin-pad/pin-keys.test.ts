import { createDecipheriv } from 'node:crypto'
import { expect, test } from 'vitest'
import type { PinOutcome } from '#core/ports/pin-pad.ts'
import { type Counter, MASTER_KEY, openCounter, PAN, pressAll, SESSION_KEY } from './counter.ts'

/** ANSI X9.24-1, annex A: the initial key and the first two transactions of its published example. */
const UNIQUE = { initialKey: '6AC292FAA1315B4D858AB3A3D7D5933A', ksn: 'FFFF9876543210E00000' }
const PUBLISHED_PAN = '4012345678909'
const PUBLISHED = [
  ['FFFF9876543210E00001', '1B9C1845EB993A7A'],
  ['FFFF9876543210E00002', '10A01C8D02C69107'],
] as const

test('a pad with keys of its own gives the blocks of the published example, each under another key', async () => {
  const counter = await openCounter({ unique: UNIQUE })
  for (const [ksn, block] of PUBLISHED) {
    const pan = counter.arena.put('pan', Buffer.from(PUBLISHED_PAN))
    const entered = await enter(counter, '1234', { pan, key: { kind: 'dukpt' } })
    expect(hexOf(entered)).toBe(block)
    expect(entered).toMatchObject({ ksn })
  }
  expect(counter.sim.state().complaints).toEqual([])
})

test('a pad with keys of its own takes no session key, and enter without digits is a bypass', async () => {
  const counter = await openCounter({ unique: UNIQUE })
  expect(await counter.pad.requestPin(counter.request())).toEqual({
    kind: 'deviceFailed',
    trouble: 'garbled',
  })
  expect(await enter(counter, '', { key: { kind: 'dukpt' } })).toEqual({ kind: 'bypassed' })
})

test('a pad with SM4 keys gives a block of sixteen bytes, and only the issuer can read it', async () => {
  const counter = await openCounter({ cipher: 'sm4' })
  const entered = await enter(counter, '123456', { key: { ...SESSION_KEY, cipher: 'sm4' } })
  const pinKey = sm4(Buffer.from(MASTER_KEY, 'hex'), Buffer.from(SESSION_KEY.wrapped, 'hex'))
  const account = Buffer.from(`${'0'.repeat(20)}${PAN.slice(-13, -1)}`, 'hex')
  const field = sm4(pinKey, Buffer.from(hexOf(entered), 'hex')).map(
    (byte, at) => byte ^ (account[at] ?? 0),
  )
  expect(Buffer.from(field).toString('hex').toUpperCase()).toBe(`06123456${'F'.repeat(24)}`)
})

test('a block of a triple DES pad is not taken for one under SM4', async () => {
  const counter = await openCounter()
  const key = { ...SESSION_KEY, cipher: 'sm4' } as const
  expect(await enter(counter, '123456', { key })).toEqual({
    kind: 'deviceFailed',
    trouble: 'garbled',
  })
})

async function enter(
  { pad, request, sees, sim }: Counter,
  pin: string,
  over: Parameters<Counter['request']>[0],
): Promise<PinOutcome> {
  const outcome = pad.requestPin(request(over))
  await sees(({ entering }) => entering)
  pressAll(sim, pin)
  sim.press('enter')
  return await outcome
}

function hexOf(outcome: PinOutcome): string {
  if (outcome.kind !== 'entered') return `no block: ${outcome.kind}`
  return outcome.block.use((bytes) => Buffer.from(bytes).toString('hex').toUpperCase())
}

function sm4(key: Buffer, data: Buffer): Buffer {
  const decipher = createDecipheriv('sm4-ecb', key, null).setAutoPadding(false)
  return Buffer.concat([decipher.update(data), decipher.final()])
}

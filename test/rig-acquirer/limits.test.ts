import { afterEach, expect, test } from 'vitest'
import { MAX_WAITING_FAULTS } from '../rig/acquirer/faults/fault-queue.ts'
import { MAX_LOGGED_MESSAGES } from '../rig/acquirer/message-log.ts'
import { MAX_FRAME_BYTES } from '../rig/acquirer/wire/frame.ts'
import { openLine, type Probe, startProbe } from './probe.ts'
import { cardSale } from './requests.ts'

let probe: Probe
afterEach(() => probe.stop())

const ECHO = { 60: '00000001301' }

test('a length nobody can mean closes the connection, and only that one', async () => {
  probe = await startProbe()
  const other = await openLine(probe.acquirer.port)
  other.socket.write(Uint8Array.of((MAX_FRAME_BYTES + 1) >> 8, (MAX_FRAME_BYTES + 1) & 0xff))
  await other.closed
  expect((await probe.ask('0820', ECHO)).mti).toBe('0830')
})

test('the message log keeps the newest', async () => {
  probe = await startProbe()
  const echo = probe.frame('0820', ECHO)
  const rounds = MAX_LOGGED_MESSAGES / 2 + 5
  for (let round = 0; round < rounds; round += 1) probe.sendRaw(echo)
  for (let round = 0; round < rounds; round += 1) await probe.next()
  await probe.ask('0800', { 11: '000001', 60: '00000001003' })
  const { messages } = probe.acquirer.state()
  expect(messages).toHaveLength(MAX_LOGGED_MESSAGES)
  expect(messages.at(-1)?.mti).toBe('0810')
})

test('faults beyond the limit are refused with a reason', async () => {
  probe = await startProbe()
  const fault = { kind: 'dropReply', mti: '0200' }
  for (let count = 0; count < MAX_WAITING_FAULTS; count += 1) {
    if (!probe.acquirer.applyFault(fault).ok) throw new Error('refused too early')
  }
  const outcome = probe.acquirer.applyFault(fault)
  expect(outcome).toEqual({ ok: false, why: 'too many faults are waiting' })
})

test('several connections are served side by side, each with its own answers', async () => {
  probe = await startProbe()
  const first = await openLine(probe.acquirer.port)
  const second = await openLine(probe.acquirer.port)
  const echo = probe.frame('0820', ECHO)
  const signOn = probe.frame('0800', { 11: '000001', 60: '00000001003' })
  first.socket.write(echo.slice(0, 9))
  second.socket.write(signOn)
  const keys = await second.next()
  first.socket.write(echo.slice(9))
  const echoed = await first.next()
  expect(keys.length).toBeGreaterThan(echoed.length)
  expect(probe.acquirer.state().connections).toBe(3)
  first.socket.destroy()
  second.socket.destroy()
})

test('a terminal that hangs up gets no delayed answer on its next connection', async () => {
  probe = await startProbe()
  await probe.signOn()
  probe.acquirer.setFault({ kind: 'delayReply', ms: 20 })
  probe.send('0200', cardSale('debit', 900, '000002'))
  await probe.acquirerSaw(900)
  await probe.reconnect()
  probe.acquirer.setFault({ kind: 'delayReply', ms: 40 })
  expect((await probe.ask('0820', ECHO)).mti).toBe('0830')
  expect(probe.unread()).toBe(0)
})

test('a port that is taken is said so', async () => {
  probe = await startProbe()
  await expect(startProbe({ port: probe.acquirer.port })).rejects.toThrow('EADDRINUSE')
})

test('cutting and restoring the network in quick succession ends as asked last', async () => {
  probe = await startProbe()
  const changes = [false, true, true, false, true]
  await Promise.all(changes.map((up) => probe.acquirer.setReachable(up)))
  await probe.reconnect()
  expect((await probe.ask('0820', ECHO)).mti).toBe('0830')
})

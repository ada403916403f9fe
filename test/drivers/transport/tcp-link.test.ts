import { once } from 'node:events'
import { createConnection } from 'node:net'
import { Worker } from 'node:worker_threads'
import { expect, onTestFinished, test } from 'vitest'
import type { Clock } from '#core/ports/clock.ts'
import { tcpLink } from '#drivers/transport/tcp-link.ts'
import { openTcpSocket } from '../../rig/sim/tcp-socket.ts'
import { collect, reached } from './cable.ts'
import { realClock } from './real-clock.ts'

const REOPEN_MS = 20
const CONNECT_MS = 30

type Network = {
  readonly far: Awaited<ReturnType<typeof openTcpSocket>>
  readonly near: ReturnType<typeof tcpLink>
}

async function network(stallMs = 15_000): Promise<Network> {
  const far = await openTcpSocket()
  const near = tcpLink({
    host: '127.0.0.1',
    port: far.port,
    clock: realClock(),
    reopenEveryMs: REOPEN_MS,
    stallMs,
  })
  onTestFinished(async () => {
    await near.close()
    far.stop()
  })
  return { far, near }
}

test('bytes pass unchanged to the printer in the network and back', async () => {
  const { far, near } = await network()
  const atPrinter = collect(far)
  const atTerminal = collect(near)
  const all = Uint8Array.from({ length: 256 }, (_, value) => value)
  near.start()
  await reached(near, 'open')

  expect(await near.write(all)).toBe(true)
  await atPrinter.until(256)
  far.write(all)

  expect([...(await atPrinter.until(256))]).toEqual([...all])
  expect([...(await atTerminal.until(256))]).toEqual([...all])
})

test('a network cable pulled is noticed, and the printer is found again within a second', async () => {
  const { far, near } = await network()
  near.start()
  await reached(near, 'open')

  far.unplug()
  await reached(near, 'gone')
  expect(await near.write(Uint8Array.of(1))).toBe(false)
  far.plug()
  const started = performance.now()
  await reached(near, 'open')

  expect(performance.now() - started).toBeLessThan(1000)
  expect(far.connections).toBe(2)
})

test('one connection is held, not one for each look', async () => {
  const { far, near } = await network()
  near.start()
  await reached(near, 'open')
  const atPrinter = collect(far)
  for (let round = 1; round <= 20; round++) {
    await near.write(Uint8Array.of(round))
    await atPrinter.until(round)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  expect(far.connections).toBe(1)
})

test('a printer that stops reading ends the connection, not the wait', async () => {
  const { far, near } = await network(100)
  near.start()
  await reached(near, 'open')
  far.deafen()
  const lost = reached(near, 'gone')
  const megabyte = new Uint8Array(1_000_000)

  let taken = true
  for (let round = 0; taken && round < 20; round++) taken = await near.write(megabyte)

  expect(taken).toBe(false)
  await lost
})

test('a connection that nobody answers is given up in time and tried again', async () => {
  const port = await deafPort()
  let tries = 0
  const clock = realClock()
  const counting: Clock = {
    ...clock,
    after(ms, task) {
      if (ms === CONNECT_MS) tries += 1
      return clock.after(ms, task)
    },
  }
  const near = tcpLink({
    host: '127.0.0.1',
    port,
    clock: counting,
    reopenEveryMs: REOPEN_MS,
    connectTimeoutMs: CONNECT_MS,
  })
  onTestFinished(() => near.close())
  near.start()

  await expect.poll(() => tries).toBeGreaterThan(5)
  expect(near.state).toBe('gone')
})

/** A port whose program sleeps with a full queue: the system drops further requests, as if the printer had no power. */
async function deafPort(): Promise<number> {
  const worker = new Worker(
    `const { parentPort } = require('node:worker_threads')
     const server = require('node:net').createServer()
     server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
       parentPort.postMessage(server.address().port)
       Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
     })`,
    { eval: true },
  )
  const port = await new Promise<number>((resolve) => {
    worker.once('message', (message: unknown) => resolve(Number(message)))
  })
  const fillers = Array.from({ length: 4 }, () => createConnection({ port, host: '127.0.0.1' }))
  for (const filler of fillers) filler.on('error', () => {})
  await once(fillers[0] ?? worker, 'connect')
  onTestFinished(async () => {
    for (const filler of fillers) filler.destroy()
    await worker.terminate()
  })
  return port
}

test('closing while a connection is being made leaves nothing behind', async () => {
  const { far, near } = await network()
  near.start()
  await near.close()
  expect(near.state).toBe('gone')
  expect(far.connections).toBeLessThanOrEqual(1)
})

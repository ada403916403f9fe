/** A host that does on the wire exactly what a test tells it to. It reads frames but judges nothing. */
import { createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { createFrameSplitter } from '../../rig/acquirer/wire/frame.ts'

export type ScriptedHost = {
  readonly port: number
  /** Calls that were taken, whole requests that came in. */
  readonly calls: () => number
  readonly requests: () => number
  /** Called with each whole request; the socket is the host's hand on the line. */
  onRequest: (request: Uint8Array, line: Socket) => void
  /** Resolves when the newest caller has hung up. */
  readonly hungUp: () => Promise<void>
}

export async function startScriptedHost(): Promise<ScriptedHost> {
  let calls = 0
  let requests = 0
  let hungUp = Promise.resolve()
  const server = createServer((line) => {
    calls += 1
    const split = createFrameSplitter()
    hungUp = new Promise((resolve) => line.on('close', () => resolve()))
    line.on('error', () => undefined)
    line.on('data', (chunk) => {
      for (const request of split(new Uint8Array(chunk)).frames) {
        requests += 1
        host.onRequest(request, line)
      }
    })
  })
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready)
  })
  onTestFinished(() => void server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const host: ScriptedHost = {
    port: address.port,
    calls: () => calls,
    requests: () => requests,
    onRequest: () => undefined,
    hungUp: () => hungUp,
  }
  return host
}

/** A port at which nobody listens. */
export async function deadPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  await new Promise<void>((closed) => {
    server.close(() => closed())
  })
  return address.port
}

/** A host that speaks TLS, and one that only pretends to. Both count what they understood of what they were sent. */
import { connect, createServer as createPlain, type Server, type Socket } from 'node:net'
import { createServer as createTls, type TlsOptions } from 'node:tls'
import { onTestFinished } from 'vitest'

export type CountingHost = {
  readonly port: number
  /** Bytes of the terminal that came out of the cipher, or raw ones at a plain host. */
  readonly received: () => Uint8Array
  /** Resolves when a caller has come and is gone again, whether or not it was let in. */
  readonly callerGone: Promise<void>
}

/** TLS in front of the plain port `behind`: what is let in is passed on. */
export function startTlsHost(options: TlsOptions, behind: number): Promise<CountingHost> {
  return counting((letIn, gone) => {
    const server = createTls(options, (caller) => {
      const host = connect({ host: '127.0.0.1', port: behind })
      caller.on('error', () => host.destroy())
      host.on('error', () => caller.destroy())
      letIn(caller)
      caller.pipe(host)
      host.pipe(caller)
    })
    server.on('tlsClientError', () => undefined)
    server.on('connection', (socket) => socket.on('close', gone))
    return server
  })
}

/** Answers nothing and has no idea of TLS. */
export function startPlainHost(): Promise<CountingHost> {
  return counting((letIn, gone) =>
    createPlain((caller) => {
      caller.on('error', () => undefined)
      caller.on('close', gone)
      letIn(caller)
      // Whatever it was, it was not understood.
      caller.once('data', () => caller.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    }),
  )
}

async function counting(
  make: (letIn: (caller: Socket) => void, gone: () => void) => Server,
): Promise<CountingHost> {
  const chunks: Uint8Array[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  const server = make((caller) => caller.on('data', (chunk) => chunks.push(chunk)), resolve)
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready)
  })
  onTestFinished(() => void server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    received: () => Uint8Array.from(Buffer.concat(chunks)),
    callerGone: promise,
  }
}

/** What can stand between a terminal and its host: a wire that changes what comes back, and a door whose certificate has expired. */
import { connect, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTls } from 'node:tls'
import type { Pair } from '../../rig/certificates.ts'

export type Wire = { readonly port: number; readonly close: () => void }

/** Passes everything on; each piece of an answer goes through `change`. */
export function changingWire(hostPort: number, change: (answer: Buffer) => Buffer): Promise<Wire> {
  return listen(
    createServer((terminal) => {
      const host = join(terminal, hostPort)
      terminal.pipe(host)
      host.on('data', (answer) => void terminal.write(change(Buffer.from(answer))))
      host.on('end', () => terminal.end())
    }),
  )
}

/** TLS with this certificate in front of the plain host. */
export function tlsDoor(hostPort: number, { certificate, key }: Pair): Promise<Wire> {
  return listen(
    createTls({ cert: certificate, key }, (terminal) => {
      const host = join(terminal, hostPort)
      terminal.pipe(host)
      host.pipe(terminal)
    }).on('tlsClientError', () => undefined),
  )
}

function join(terminal: Socket, hostPort: number): Socket {
  const host = connect({ host: '127.0.0.1', port: hostPort })
  terminal.on('error', () => host.destroy())
  host.on('error', () => terminal.destroy())
  return host
}

async function listen(server: Server): Promise<Wire> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { port: address.port, close: () => void server.close() }
}

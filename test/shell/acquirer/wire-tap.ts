/** A wire between terminal and host that remembers what came back, for tests that need the real bytes of an answer. */
import { connect, createServer } from 'node:net'
import { onTestFinished } from 'vitest'

export type WireTap = {
  readonly port: number
  /** Everything the host has sent on the newest connection. */
  readonly answers: () => Uint8Array
}

export async function tapWire(hostPort: number): Promise<WireTap> {
  let heard: Buffer[] = []
  const server = createServer((terminal) => {
    heard = []
    const mine = heard
    const host = connect({ host: '127.0.0.1', port: hostPort })
    terminal.on('error', () => host.destroy())
    host.on('error', () => terminal.destroy())
    host.on('data', (chunk) => mine.push(chunk))
    terminal.pipe(host)
    host.pipe(terminal)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => void server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { port: address.port, answers: () => Uint8Array.from(Buffer.concat(heard)) }
}

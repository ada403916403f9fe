/** Listens on the line between terminal and acquirer and keeps every request byte, to know which secrets really went out. */
import { connect, createServer, type Server } from 'node:net'
import { onTestFinished } from 'vitest'

export type WireTap = {
  readonly port: number
  /** Everything the terminal sent, in order. */
  readonly sent: () => Buffer[]
}

export async function tapWire(acquirerPort: number): Promise<WireTap> {
  const connections: Buffer[][] = []
  const server: Server = createServer((terminal) => {
    const chunks: Buffer[] = []
    connections.push(chunks)
    const host = connect(acquirerPort, '127.0.0.1')
    terminal.on('data', (chunk) => chunks.push(Buffer.from(chunk)))
    terminal.pipe(host).on('error', () => terminal.destroy())
    host.pipe(terminal).on('error', () => host.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { port: address.port, sent: () => connections.map((chunks) => Buffer.concat(chunks)) }
}

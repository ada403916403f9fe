/** The TCP side: connections, frames, and the steps that the host wants done on the line. */
import { createServer, type Server, type Socket } from 'node:net'
import type { Step } from './faults/misbehave.ts'
import type { HostClock } from './host/time.ts'
import { createGateway, type GatewayDemands } from './http-gateway.ts'
import { createFrameSplitter } from './wire/frame.ts'
import type { WireForm } from './wire/wire-form.ts'

/** Open connections; further ones are closed at once. */
const MAX_CONNECTIONS = 64

export type ListenerOptions = {
  readonly host: string
  /** 0 = any free one. */
  readonly port: number
  readonly clock: HostClock
  readonly form: WireForm
  /** Absent: frames stand on the line as they are. */
  readonly gateway?: GatewayDemands
  receive(frame: Uint8Array): readonly Step[]
  /** True: this new connection is to be refused. */
  refuses(): boolean
  onConnections(): void
}

export interface Listener {
  readonly port: number
  readonly reachable: boolean
  readonly connections: number
  /** False closes every connection and the port, so that a connect is refused; true opens the same port again. */
  setReachable(reachable: boolean): Promise<void>
  stop(): Promise<void>
}

/** Starts listening. Rejects when the port is taken. */
export async function startListener(options: ListenerOptions): Promise<Listener> {
  const sockets = new Set<Socket>()
  const accept = (socket: Socket): void => {
    if (sockets.size >= MAX_CONNECTIONS || options.refuses()) {
      socket.resetAndDestroy()
      return
    }
    sockets.add(socket)
    socket.on('close', () => {
      sockets.delete(socket)
      options.onConnections()
    })
    if (options.gateway === undefined) serve(socket, options)
    options.onConnections()
  }
  let server: Server | null = await listen(accept, options)
  const port = portOf(server)

  // One change at a time: opening twice at once would find its own port taken.
  let turn: Promise<void> = Promise.resolve()
  const inTurn = (change: () => Promise<void>): Promise<void> => {
    turn = turn.catch(() => {}).then(change)
    return turn
  }

  const close = async (): Promise<void> => {
    const closing = server
    server = null
    for (const socket of sockets) socket.destroy()
    if (closing === null) return
    await new Promise<void>((resolve) => {
      closing.close(() => resolve())
    })
  }
  return {
    port,
    get reachable() {
      return server !== null
    },
    get connections() {
      return sockets.size
    },
    setReachable: (reachable) =>
      inTurn(async () => {
        if (!reachable) await close()
        else if (server === null) server = await listen(accept, { ...options, port })
      }),
    stop: () => inTurn(close),
  }
}

function serve(socket: Socket, options: ListenerOptions): void {
  const split = createFrameSplitter(options.form)
  const waits = new Set<() => void>()
  socket.setNoDelay(true)
  // A terminal that hangs up hard is everyday life here; `close` follows.
  socket.on('error', () => {})
  socket.on('close', () => {
    for (const cancel of waits) cancel()
  })
  socket.on('data', (chunk: Buffer) => {
    const { frames, overflow } = split(new Uint8Array(chunk))
    for (const frame of frames) perform(socket, options.receive(frame), options.clock, waits)
    if (overflow) socket.destroy()
  })
}

function perform(
  socket: Socket,
  steps: readonly Step[],
  clock: HostClock,
  waits: Set<() => void>,
): void {
  const [step, ...rest] = steps
  if (step === undefined || socket.destroyed) return
  const act = (): void => {
    if (step.kind === 'close') socket.end()
    else socket.write(step.bytes)
    perform(socket, rest, clock, waits)
  }
  if (step.afterMs === 0) return act()
  const cancel = clock.after(step.afterMs, () => {
    waits.delete(cancel)
    act()
  })
  waits.add(cancel)
}

async function listen(
  accept: (socket: Socket) => void,
  { gateway, host, port, ...parts }: ListenerOptions,
): Promise<Server> {
  const server =
    gateway === undefined ? createServer() : createGateway({ ...parts, demands: gateway })
  server.on('connection', accept)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return server
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

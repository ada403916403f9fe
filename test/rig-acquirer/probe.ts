/** A terminal just clever enough to question the acquirer over TCP: one connection, one request at a time. */
import { connect, type Socket } from 'node:net'
import { type Acquirer, type AcquirerOptions, startAcquirer } from '../rig/acquirer/acquirer.ts'
import { readCards } from '../rig/acquirer/cards-file.ts'
import type { HostOptions } from '../rig/acquirer/host/host.ts'
import { desEncrypt } from '../rig/acquirer/security/des.ts'
import { panBlock } from '../rig/acquirer/security/pin-block.ts'
import { createFrameSplitter } from '../rig/acquirer/wire/frame.ts'
import { fromHex, toHex, xorBytes } from '../rig/acquirer/wire/hex.ts'
import {
  type ClearKeys,
  createTerminalSide,
  type Fields,
  MASTER_KEY,
  MID,
  type Reply,
  SIGN_ON,
  TID,
} from './terminal-side.ts'

export const CARDS = readCards('test/rig/cards.yaml')

export type Probe = {
  readonly acquirer: Acquirer
  /** Keys of the last sign-on in clear. */
  readonly keys: ClearKeys | null
  /** Sends without waiting. */
  send(mti: string, fields: Fields): void
  sendRaw(bytes: Uint8Array): void
  /** The bytes `send` would send. */
  frame(mti: string, fields: Fields): Uint8Array
  /** The next frame that arrives. Rejects when the host closes instead. */
  next(): Promise<Reply>
  ask(mti: string, fields: Fields): Promise<Reply>
  /** Signs on and takes the keys; `more` for another terminal's numbers. */
  signOn(more?: Fields): Promise<Reply>
  /** Frames that have arrived and nobody asked for. */
  unread(): number
  readonly closed: Promise<void>
  /** The next bytes that arrive, whether or not they complete a frame. */
  arrival(): Promise<void>
  /** Waits until the host owes this much. */
  acquirerSaw(heldMinor: number): Promise<void>
  reconnect(): Promise<void>
  stop(): Promise<void>
}

/** Deterministic bytes, different for each call. */
function countingRandom(): (length: number) => Uint8Array {
  let count = 0
  return (length) => {
    count += 1
    return new Uint8Array(length).map((_, index) => (count * 37 + index * 11) & 0xff)
  }
}

/** Real waits, a fixed calendar: 2026-03-01 12:00:00 in Beijing. */
const CLOCK = {
  wallMs: (): number => Date.UTC(2026, 2, 1, 4, 0, 0),
  after(ms: number, task: () => void): () => void {
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  },
}

/** Options of a host that knows the probe. */
export function hostOptions(): HostOptions {
  return {
    cards: CARDS,
    masterKey: MASTER_KEY,
    clock: CLOCK,
    random: countingRandom(),
    terminals: [{ tid: TID, mid: MID }],
  }
}

/** An acquirer on a free port with a probe connected to it. */
export async function startProbe(options: Partial<AcquirerOptions> = {}): Promise<Probe> {
  const acquirer = await startAcquirer({ port: 0, ...hostOptions(), ...options })
  const side = createTerminalSide()
  let line = await openLine(acquirer.port)
  const probe: Probe = {
    acquirer,
    get keys() {
      return side.keys
    },
    frame: (mti, fields) => side.frame(mti, fields),
    send: (mti, fields) => probe.sendRaw(side.frame(mti, fields)),
    sendRaw: (bytes) => void line.socket.write(bytes),
    next: async () => side.read(await line.next()),
    ask: async (mti, fields) => {
      probe.send(mti, fields)
      return probe.next()
    },
    async signOn(more = {}) {
      const reply = await probe.ask('0800', { ...SIGN_ON, ...more })
      side.adopt(reply)
      return reply
    },
    unread: () => line.unread(),
    get closed() {
      return line.closed
    },
    arrival: () => new Promise((resolve) => line.socket.once('data', () => resolve())),
    acquirerSaw: (heldMinor) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (acquirer.held() === heldMinor) resolve()
        }
        acquirer.onChange(look)
        look()
      }),
    async reconnect() {
      line.socket.destroy()
      line = await openLine(acquirer.port)
    },
    async stop() {
      line.socket.destroy()
      await acquirer.stop()
    },
  }
  return probe
}

/** An ISO 9564 format 0 block under the probe's PIN key, as hex. */
export function pinBlock(probe: Probe, pin: string, pan: string): string {
  const clear = fromHex(`0${pin.length.toString(16)}${pin}`.padEnd(16, 'F'))
  return toHex(desEncrypt(probe.keys?.pin ?? new Uint8Array(16), xorBytes(clear, panBlock(pan))))
}

export type Line = {
  readonly socket: Socket
  readonly closed: Promise<void>
  next(): Promise<Uint8Array>
  unread(): number
}

/** A connection of its own to the port, for more than one at a time. */
export async function openLine(port: number): Promise<Line> {
  const socket = connect({ host: '127.0.0.1', port })
  const split = createFrameSplitter()
  const arrived: Uint8Array[] = []
  let wake: () => void = () => {}
  let isClosed = false
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => {
      isClosed = true
      resolve()
      wake()
    })
  })
  socket.on('data', (chunk: Buffer) => {
    arrived.push(...split(new Uint8Array(chunk)).frames)
    wake()
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    // A reset may overtake the news of the connection: it was open for a moment.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNRESET') resolve()
      else reject(error)
    })
  })
  return {
    socket,
    closed,
    unread: () => arrived.length,
    async next() {
      while (arrived.length === 0) {
        if (isClosed) throw new Error('the host closed the connection')
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return arrived.shift() ?? new Uint8Array(0)
    },
  }
}

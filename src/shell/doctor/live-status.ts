/**
 * The running terminal tells the technician's commands how it is, over a socket in its data folder: only who may read that folder can ask,
 * and asking disturbs nobody. One line of JSON goes out, nothing is read.
 */
import { rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'
import type { TerminalState } from '#core/terminal/state.ts'

const trouble = z.enum([
  'gone',
  'wrongDevice',
  'noAnswer',
  'garbled',
  'paperOut',
  'coverOpen',
  'cutterJammed',
  'headHot',
  'keyMissing',
  'tampered',
])
const health = z.object({
  device: z.enum(['cardReader', 'pinPad', 'printer', 'qrScanner']),
  troubles: z.array(trouble),
  paperNearEnd: z.boolean().exactOptional(),
  identity: z.string().exactOptional(),
})
const liveStatusSchema = z.object({
  pid: z.int(),
  link: z.enum(['up', 'down', 'signingOn', 'signedOff']),
  keysReady: z.boolean(),
  /** Key of what the counter shows, or empty. */
  message: z.string(),
  devices: z.array(health),
  /** What stands against an update now; absent: the release that runs does not say. */
  objections: z.array(z.string().max(40)).max(20).exactOptional(),
})

export type LiveStatus = z.infer<typeof liveStatusSchema>

const SOCKET_NAME = 'terminal.sock'
/** A local answer takes a millisecond; a terminal that needs longer than this hangs. */
const ANSWER_MS = 3000
const ANSWER_LIMIT = 65_536
/** A doctor asks once. */
const CALLERS_LIMIT = 4

export type StatusDoor = { close(): void }

/** Null when the folder's name is too long for a socket (107 bytes) or the disk refuses: the terminal runs without it. */
export async function openStatusDoor(
  folder: string,
  status: () => LiveStatus,
): Promise<StatusDoor | null> {
  const path = join(folder, SOCKET_NAME)
  // A socket left by a power cut; the folder's lock says that nobody else listens on it.
  rmSync(path, { force: true })
  const server = createServer((caller) => {
    caller.on('error', () => undefined)
    caller.resume()
    caller.end(`${JSON.stringify(status())}\n`)
  })
  server.maxConnections = CALLERS_LIMIT
  const isOpen = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false))
    server.listen({ path, readableAll: false, writableAll: false }, () => resolve(true))
  })
  return isOpen ? { close: () => void server.close() } : null
}

export function liveStatusOf(state: TerminalState, pid: number): LiveStatus {
  return {
    pid,
    link: state.link,
    keysReady: state.keysReady,
    message: state.message?.key ?? '',
    devices: Object.values(state.devices).map((one) => ({ ...one, troubles: [...one.troubles] })),
  }
}

/** Null when nobody answers in time, or not in this form. Never rejects. */
export function askLiveStatus(folder: string): Promise<LiveStatus | null> {
  return new Promise((resolve) => {
    const socket = connect({ path: join(folder, SOCKET_NAME) })
    let said = ''
    const end = (): void => {
      socket.destroy()
      resolve(read(said))
    }
    socket.setTimeout(ANSWER_MS, end)
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => {
      said += chunk
      if (said.length > ANSWER_LIMIT) end()
    })
    socket.on('end', end)
    socket.on('error', end)
  })
}

function read(text: string): LiveStatus | null {
  try {
    const checked = liveStatusSchema.safeParse(JSON.parse(text))
    return checked.success ? checked.data : null
  } catch {
    // Cut off or nothing at all: nobody answered.
    return null
  }
}

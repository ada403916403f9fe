/** The stream: server-sent events on 127.0.0.1 for programs that know the secret. A listener that does not read is not read for. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Clock } from '#core/ports/clock.ts'
import type { Note } from '../log.ts'
import { objectionToCaller } from '../till/gate.ts'
import type { Source } from './source.ts'

export type StreamParts = {
  /** 0 takes any free port. */
  readonly port: number
  readonly secret: string
  readonly source: Source
  readonly clock: Pick<Clock, 'after'>
  readonly note: Note
}

export type StreamStart =
  | { readonly ok: true; readonly port: number; close(): Promise<void> }
  /** One sentence for the technician. */
  | { readonly ok: false; readonly sentence: string }

/** A camera, a screen in the office, a spare for one that has lost its line without saying so. */
const LISTENERS_MAX = 8
/** How often the journal is looked at for a listener that has heard all of it. */
export const LOOK_EVERY_MS = 500
/** A line without news, so that a dead line is noticed. */
const ALIVE_EVERY_LOOKS = 30
/** Not read by the listener yet: nothing more is written until it has gone out. */
const UNSENT_MAX_BYTES = 65_536
/** A listener that has read nothing for so long is let go; it comes back with its position. */
const STUCK_LOOKS_MOST = 120

/** Resolves when it listens. Never rejects for what the world can cause. */
export function startStream(parts: StreamParts): Promise<StreamStart> {
  const { note, secret } = parts
  let { port } = parts
  const listeners = new Set<() => void>()
  const server = createServer((request, response) => {
    const why = objectionToCaller(request.headers, { port, secret })
    if (why !== null) note('feed refused', { why })
    if (why !== null) return refuse(response, why === 'wrongSecret' ? 401 : 403)
    const from = positionOf(request)
    if (request.method !== 'GET' || from === null) return refuse(response, 404)
    if (listeners.size >= LISTENERS_MAX) return refuse(response, 503)
    const stop = serve(parts, response, from.position ?? parts.source.newest() ?? 0)
    listeners.add(stop)
    response.on('close', () => {
      stop()
      listeners.delete(stop)
    })
  })
  server.maxConnections = 2 * LISTENERS_MAX
  return new Promise((resolve) => {
    server.once('error', (error) => {
      const code = 'code' in error ? String(error.code) : 'unknown'
      resolve({ ok: false, sentence: `Cannot listen for the feed on port ${port} (${code}).` })
    })
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      if (address !== null && typeof address !== 'string') port = address.port
      resolve({ ok: true, port, close: () => closeAll() })
    })
  })

  function closeAll(): Promise<void> {
    for (const stop of listeners) stop()
    server.closeAllConnections()
    return new Promise((resolve) => server.close(() => resolve()))
  }
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: 'close', 'cache-control': 'no-store' }).end()
}

/** `Last-Event-ID` or `?after=`; without either from now on. Null: no such address. */
function positionOf({ headers, url }: IncomingMessage): { readonly position?: number } | null {
  const [path = '', query = ''] = (url ?? '').split('?')
  if (path !== '/events') return null
  const asked = headers['last-event-id'] ?? new URLSearchParams(query).get('after')
  const seq =
    typeof asked === 'string' ? /^([0-9]{1,15})(\.[0-9a-z]{1,6})?$/.exec(asked)?.[1] : undefined
  return seq === undefined ? {} : { position: Number(seq) }
}

/** Reads for one listener, a stretch at a time, and only while what was written before has gone out. Returns how to stop. */
function serve({ clock, source }: StreamParts, response: ServerResponse, from: number): () => void {
  let position = from
  let [quiet, stuck] = [0, 0]
  let cancel: () => void = () => undefined
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write(`retry: 3000\n\n`)
  const look = (): void => {
    const isFull = response.writableLength > UNSENT_MAX_BYTES
    stuck = isFull ? stuck + 1 : 0
    if (stuck > STUCK_LOOKS_MOST) {
      response.destroy()
      return
    }
    const read = isFull ? null : source.readAfter(position)
    if (read !== null) {
      position = read.position
      for (const one of read.told)
        response.write(`id: ${one.id}\nevent: ${one.type}\ndata: ${JSON.stringify(one)}\n\n`)
      quiet = read.told.length > 0 ? 0 : quiet + 1
    }
    if (quiet >= ALIVE_EVERY_LOOKS) {
      response.write(': alive\n\n')
      quiet = 0
    }
    cancel = clock.after(read?.hasMore === true ? 0 : LOOK_EVERY_MS, look)
  }
  look()
  return () => cancel()
}

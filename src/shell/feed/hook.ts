/**
 * The hook: events are posted to one address, a stretch at a time, and the position moves only when it has said that it took them. After a
 * failure, a restart or a power cut the same stretch is posted again with the same ids: at least once, never "lost".
 */
import { createHmac } from 'node:crypto'
import { request as requestPlain } from 'node:http'
import { request as requestTls } from 'node:https'
import { z } from 'zod'
import type { Clock } from '#core/ports/clock.ts'
import type { Disk } from '../keys/disk.ts'
import type { Note } from '../log.ts'
import type { Source } from './source.ts'
import { LOOK_EVERY_MS } from './stream.ts'

export type HookParts = {
  /** https, or http on this machine. */
  readonly url: string
  readonly secret: string
  /** DE 41. */
  readonly terminal: string
  /** Keeps the position; it belongs to this hook alone. */
  readonly positionFile: string
  readonly source: Source
  readonly disk: Disk
  readonly clock: Pick<Clock, 'after'>
  readonly note: Note
}

/** Whoever takes longer is asked again. */
const ANSWER_WITHIN_MS = 10_000
const RETRY_FIRST_MS = 1000
const RETRY_MOST_MS = 300_000
/** The answer's body means nothing. */
const ANSWER_BYTES_MOST = 65_536

const kept = z.object({ position: z.int().min(0), url: z.string() })

/** Begins at once and never ends by itself; returns how to stop. A hook of another address begins with what happens from now on. */
export function startHook(parts: HookParts): () => void {
  const { clock, disk, note, positionFile, source, url } = parts
  let cancel: () => void = () => undefined
  let stopPost: () => void = () => undefined
  let position = readPosition(parts)
  let retryMs = RETRY_FIRST_MS
  let isOver = false

  const later = (ms: number): void => {
    if (!isOver) cancel = clock.after(ms, look)
  }
  const keep = (next: number): boolean => {
    position = next
    try {
      disk.write(positionFile, Buffer.from(`${JSON.stringify({ position, url })}\n`), 0o600)
      return true
    } catch (cause) {
      // The same stretch is posted again after a restart: at least once still holds.
      note('feed position not kept', { detail: cause instanceof Error ? cause.message : 'unknown' })
      return false
    }
  }
  const look = (): void => {
    position ??= source.newest()
    const read = position === null ? null : source.readAfter(position)
    if (read === null || read.told.length === 0) {
      // What tells nothing is passed over; it is on disk with the next stretch that does.
      if (read !== null) position = read.position
      later(read?.hasMore === true ? 0 : LOOK_EVERY_MS)
      return
    }
    stopPost = post(
      parts,
      JSON.stringify({ terminal: parts.terminal, events: read.told }),
      (why) => {
        if (isOver) return
        if (why === null) {
          retryMs = RETRY_FIRST_MS
          keep(read.position)
          later(read.hasMore ? 0 : LOOK_EVERY_MS)
          return
        }
        note('feed not taken', { why, again: retryMs })
        later(retryMs)
        retryMs = Math.min(RETRY_MOST_MS, 2 * retryMs)
      },
    )
  }
  later(0)
  return () => {
    isOver = true
    cancel()
    stopPost()
  }
}

/** Null: none is kept for this address. */
function readPosition({ disk, positionFile, url }: HookParts): number | null {
  try {
    const bytes = disk.read(positionFile)
    if (bytes === null) return null
    const checked = kept.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')))
    return checked.success && checked.data.url === url ? checked.data.position : null
  } catch {
    // Torn or foreign: as good as none.
    return null
  }
}

/** `done` is called once: null when a 2xx came. Returns how to give it up. */
function post(
  { secret, url }: HookParts,
  body: string,
  done: (why: string | null) => void,
): () => void {
  let isDone = false
  const end = (why: string | null): void => {
    if (isDone) return
    isDone = true
    clearTimeout(limit)
    done(why)
  }
  const signature = createHmac('sha256', secret).update(body).digest('hex')
  const request = (url.startsWith('https:') ? requestTls : requestPlain)(
    url,
    {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'x-suretill-signature': `sha256=${signature}`,
      },
    },
    (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > ANSWER_BYTES_MOST) request.destroy()
      })
      const status = response.statusCode ?? 0
      response.on('error', () => end('broken'))
      response.on('end', () => end(status >= 200 && status < 300 ? null : `status ${status}`))
      response.on('close', () => end('broken'))
    },
  )
  const limit = setTimeout(() => request.destroy(new Error('too slow')), ANSWER_WITHIN_MS)
  request.on('error', (error) => end('code' in error ? String(error.code) : error.message))
  request.end(body)
  return () => {
    isDone = true
    clearTimeout(limit)
    request.destroy()
  }
}

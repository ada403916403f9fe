/**
 * A line to a gateway that wants each message in the body of an HTTP POST. One connection carries one question; what
 * stands in the body is the same frame as on a plain line. The socket is connected, and proved when TLS is wanted, before this begins.
 */
import { type IncomingMessage, request as startRequest } from 'node:http'
import type { Socket } from 'node:net'
import type { Clock } from '#core/ports/clock.ts'
import { createFrameDecoder } from '#iso8583/frame.ts'
import type { HostAddress, HttpSettings, Line, LineListener, LineSettings } from './open-line.ts'

/** A gateway's answer has some hundred bytes of header; more is not meant for us. */
const HEADER_LIMIT_BYTES = 8192
const STATUS_OK = 200

/** `socket` is open. A second `write` ends the line: there is no second question on it. */
export function httpLineOn(
  socket: Socket,
  address: HostAddress,
  settings: LineSettings & { readonly http: HttpSettings },
  clock: Clock,
): Line {
  const decoder = createFrameDecoder(settings.framing)
  let listener: LineListener | null = null
  let stopFrameTimer = (): void => undefined
  let open = true
  let hasAsked = false

  const close = (): void => {
    open = false
    stopFrameTimer()
    socket.destroy()
  }
  const lose = (detail: string): void => {
    if (!open) return
    close()
    listener?.lost(detail)
  }
  const onAnswer = (answer: IncomingMessage): void => {
    if (answer.statusCode !== STATUS_OK) {
      lose(`the gateway answered ${answer.statusCode ?? 0}`)
      return
    }
    const waitForMore = (): void => {
      stopFrameTimer()
      stopFrameTimer = clock.after(settings.frameTimeoutMs, () => lose('half an answer'))
    }
    waitForMore()
    answer.on('data', (chunk: Uint8Array) => {
      const { error, frames } = decoder.push(chunk)
      for (const frame of frames) listener?.frame(frame)
      if (error !== null) lose(`unreadable frame (${error.code})`)
      else if (open) waitForMore()
    })
    answer.on('error', (error) => lose(error.message))
    answer.on('end', () => lose('the gateway has answered'))
  }
  socket.on('error', (error) => lose(error.message))
  socket.on('close', () => lose('the gateway closed the connection'))
  return {
    address,
    isOpen: () => open,
    listen: (next) => {
      listener = next
    },
    write: (bytes, handedOver) => {
      if (hasAsked) {
        lose('a second question on a line for one')
        return
      }
      hasAsked = true
      const post = startRequest(
        {
          method: 'POST',
          path: settings.http.path,
          headers: {
            Host:
              settings.http.host === '' ? `${address.host}:${address.port}` : settings.http.host,
            'User-Agent': settings.http.userAgent,
            'Content-Type': settings.http.contentType,
            'Content-Length': bytes.length,
            Connection: 'close',
          },
          maxHeaderSize: HEADER_LIMIT_BYTES,
          createConnection: () => socket,
        },
        onAnswer,
      )
      post.on('error', (error) => lose(error.message))
      post.end(bytes, () => handedOver())
    },
    close,
  }
}

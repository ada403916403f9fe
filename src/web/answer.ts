/** What a request is told, and how it leaves. */
import type { ServerResponse } from 'node:http'

export type Answer = {
  readonly status: number
  /** Media type; left out: there is no body. */
  readonly type?: string
  readonly body?: string | Uint8Array
  /** It is of this moment and may be kept nowhere. */
  readonly fresh?: true
}

export function inWords(status: number, sentence: string): Answer {
  return { status, type: 'text/plain; charset=utf-8', body: `${sentence}\n` }
}

export function inJson(value: unknown): Answer {
  const type = 'application/json; charset=utf-8'
  return { status: 200, type, body: JSON.stringify(value), fresh: true }
}

/** `headers` go with every answer. A screen that has gone meanwhile is told nothing. */
export function sendAnswer(
  response: ServerResponse,
  { body, fresh, status, type }: Answer,
  headers: Readonly<Record<string, string>>,
): void {
  const bytes = body === undefined ? undefined : Buffer.from(body)
  response.writeHead(status, {
    ...headers,
    ...(type === undefined ? {} : { 'content-type': type }),
    ...(bytes === undefined ? {} : { 'content-length': bytes.length }),
    ...(fresh === true ? { 'cache-control': 'no-store' } : {}),
  })
  response.end(bytes)
}

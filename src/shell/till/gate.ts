/**
 * Who may talk to the till's door: a program on this machine that knows the secret. A browser is never one: any page can
 * send requests to a loopback port, and a name of any page can be made to point at it.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { TillError } from './told.ts'

/** Headers that browsers add and programs do not. */
const OF_BROWSERS = ['origin', 'sec-fetch-site', 'sec-fetch-mode', 'referer'] as const

/** Null when the request is let in. Looked at before anything of the body. */
export function objectionToCaller(
  headers: IncomingHttpHeaders,
  { port, secret }: { readonly port: number; readonly secret: string },
): Extract<TillError, 'notAllowed' | 'wrongSecret'> | null {
  const isOurs = headers.host === `127.0.0.1:${port}` || headers.host === `localhost:${port}`
  if (!isOurs || OF_BROWSERS.some((name) => headers[name] !== undefined)) return 'notAllowed'
  const shown = /^Bearer ([0-9A-Za-z]{1,64})$/.exec(headers.authorization ?? '')?.[1] ?? ''
  return timingSafeEqual(digestOf(shown), digestOf(secret)) ? null : 'wrongSecret'
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/**
 * The token that a screen must show. Host and Origin keep foreign web pages out; a program on this machine can write both as
 * it likes, and it does not know the token.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** The token of `Authorization: Bearer …`; empty when there is none. */
export function bearerOf({ authorization }: IncomingHttpHeaders): string {
  return /^Bearer ([0-9A-Za-z]{1,64})$/.exec(authorization ?? '')?.[1] ?? ''
}

/** Takes the same time for every wrong one, whatever its length. An empty token fits nothing. */
export function fitsToken(shown: string, token: string): boolean {
  return token !== '' && timingSafeEqual(digestOf(shown), digestOf(token))
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

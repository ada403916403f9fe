/**
 * Who may talk to the screens' server: pages that it served itself, on this machine. Any web page can send requests to a
 * loopback port and any name can be made to point at one, so Host and Origin must fit exactly.
 */
import type { IncomingHttpHeaders } from 'node:http'

export const LOOPBACK_HOSTS: readonly string[] = ['127.0.0.1', '::1', 'localhost']

/** The values `Host` may have; all of them mean this machine and this port. */
function ownHosts(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `[::1]:${port}`, `localhost:${port}`]
}

/** For plain requests: our own Host, and when the browser names an Origin, exactly the one that goes with that Host. */
export function isOwnRequest(headers: IncomingHttpHeaders, port: number): boolean {
  const { host, origin } = headers
  if (host === undefined || !ownHosts(port).includes(host)) return false
  return origin === undefined || origin === `http://${host}`
}

/** For the socket, which a browser opens across origins without asking: Origin must be there. */
export function isOwnUpgrade(headers: IncomingHttpHeaders, port: number): boolean {
  return headers.origin !== undefined && isOwnRequest(headers, port)
}

/** Sent with every answer, the slips' SVG included: nothing inline, nothing from elsewhere. */
export function pageHeaders(benchOrigin: string | null): Readonly<Record<string, string>> {
  const frames = benchOrigin === null ? "'self'" : `'self' ${benchOrigin}`
  return {
    'content-security-policy': `default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors ${frames}`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
  }
}

/** Who may talk to the bench: only callers that name its own loopback address. */

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]']

/** The `Host` header names this server: a foreign name that resolves to loopback (DNS rebinding) does not. */
export function isOwnHost(host: string | undefined, port: number): boolean {
  return LOOPBACK_NAMES.some((name) => host === `${name}:${port}`)
}

/** Programs send no `Origin`; a browser's must be the bench page itself. */
export function isOwnOrigin(origin: string | undefined, port: number): boolean {
  return origin === undefined || LOOPBACK_NAMES.some((name) => origin === `http://${name}:${port}`)
}

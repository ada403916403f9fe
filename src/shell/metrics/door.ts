/** The door for Prometheus: one address on this machine, read-only, for a caller that names this machine as its host. */
import { createServer } from 'node:http'
import { CONTENT_TYPE } from './exposition.ts'

export type MetricsDoor =
  | { readonly ok: true; readonly port: number; close(): Promise<void> }
  | { readonly ok: false; readonly sentence: string }

/** A collector and somebody who looks. */
const CALLERS_MOST = 4
const REQUEST_MS = 5000
const HEADER_BYTES_MOST = 8192
const OWN_NAMES: readonly string[] = ['127.0.0.1', 'localhost']

/** `port` 0 takes any free one. `text` is asked at each request. Never rejects. */
export async function openMetricsDoor(port: number, text: () => string): Promise<MetricsDoor> {
  const limits = {
    maxHeaderSize: HEADER_BYTES_MOST,
    requestTimeout: REQUEST_MS,
    headersTimeout: REQUEST_MS,
  }
  const server = createServer(limits, (request, response) => {
    const [name = ''] = (request.headers.host ?? '').split(':')
    // A page of some website whose name leads here (DNS rebinding) reads nothing.
    const status = !OWN_NAMES.includes(name)
      ? 403
      : request.url !== '/metrics'
        ? 404
        : request.method !== 'GET'
          ? 405
          : 200
    response.writeHead(status, { 'content-type': CONTENT_TYPE, connection: 'close' })
    response.end(status === 200 ? text() : '')
  })
  server.maxConnections = CALLERS_MOST
  const trouble = await new Promise<string | null>((resolve) => {
    server.once('error', (error) => resolve(error.message))
    server.listen(port, '127.0.0.1', () => resolve(null))
  })
  const address = server.address()
  if (trouble !== null || address === null || typeof address === 'string')
    return {
      ok: false,
      sentence: `The figures cannot be served on port ${port}: ${trouble ?? 'no address'}. Nothing was started; name another port in care.metrics.`,
    }
  return {
    ok: true,
    port: address.port,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => {
        server.close(() => resolve())
      })
    },
  }
}

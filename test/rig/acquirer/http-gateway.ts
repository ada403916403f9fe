/** The acquirer behind an HTTP gateway: each request is the body of a POST, its answer the body of the reply. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Step } from './faults/misbehave.ts'
import type { HostClock } from './host/time.ts'
import { createFrameSplitter } from './wire/frame.ts'
import type { WireForm } from './wire/wire-form.ts'

/** What the gateway insists on; anything else is refused with a status of HTTP. */
export type GatewayDemands = {
  readonly path: string
  readonly contentType: string
  readonly userAgent: string
}

export type GatewayOptions = {
  readonly demands: GatewayDemands
  readonly form: WireForm
  readonly clock: HostClock
  receive(frame: Uint8Array): readonly Step[]
}

const MAX_BODY_BYTES = 8192

/** A server that is not listening yet. */
export function createGateway(options: GatewayOptions): Server {
  return createServer((request, answer) => {
    const refusal = refusalOf(request, options.demands)
    if (refusal !== null) {
      answer.writeHead(refusal, { Connection: 'close' }).end()
      return
    }
    const chunks: Uint8Array[] = []
    let size = 0
    request.on('data', (chunk: Uint8Array) => {
      size += chunk.length
      if (size > MAX_BODY_BYTES) request.destroy()
      else chunks.push(chunk)
    })
    request.on('end', () => serve(Buffer.concat(chunks), answer, options))
    // A terminal that hangs up hard is everyday life here.
    request.on('error', () => {})
  })
}

function refusalOf({ headers, method, url }: IncomingMessage, demands: GatewayDemands) {
  if (method !== 'POST') return 405
  if (url !== demands.path) return 404
  if (headers['user-agent'] !== demands.userAgent) return 403
  return headers['content-type'] === demands.contentType ? null : 415
}

function serve(body: Uint8Array, answer: ServerResponse, options: GatewayOptions): void {
  const { frames } = createFrameSplitter(options.form)(new Uint8Array(body))
  const [frame] = frames
  if (frame === undefined || frames.length > 1) answer.writeHead(400).end()
  else perform(answer, options.receive(frame), options.clock)
}

/** No step at all: the answer never comes. */
function perform(answer: ServerResponse, steps: readonly Step[], clock: HostClock): void {
  const [step, ...rest] = steps
  if (step === undefined || answer.destroyed) {
    if (answer.headersSent) answer.end()
    return
  }
  const act = (): void => {
    if (step.kind === 'close') answer.destroy()
    else answer.write(step.bytes)
    perform(answer, rest, clock)
  }
  if (step.afterMs === 0) act()
  else clock.after(step.afterMs, act)
}

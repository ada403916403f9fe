/** The till's door on loopback: orders in, states out, and a socket that tells of changes. It has no rule of its own. */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import type { Clock } from '#core/ports/clock.ts'
import type { Note } from '../log.ts'
import type { TillAnswer, TillDesk } from './desk.ts'
import { objectionToCaller } from './gate.ts'
import { createPace } from './pace.ts'
import { startPush } from './push.ts'
import { readReference, readWish } from './read-wish.ts'
import { STATUS } from './status.ts'
import { type TillError, toldError } from './told.ts'

export type TillServerOptions = {
  /** 0 takes any free port. */
  readonly port: number
  readonly secret: string
  readonly desk: TillDesk
  readonly clock: Pick<Clock, 'monotonicMs'>
  readonly note: Note
}

export type TillServerStart =
  | { readonly ok: true; readonly port: number; close(): Promise<void> }
  /** One sentence for the technician. */
  | { readonly ok: false; readonly sentence: string }

/** The longest bill of `LINES_LIMIT` lines with every name in four-byte characters, and room for spaces. */
const BODY_MAX_BYTES = 32_768
/** A till that has connected and says nothing. */
const REQUEST_TIMEOUT_MS = 5000
/** Tills keep one or two connections; more is a leak. */
const CONNECTIONS_MAX = 32

/** Starts listening on 127.0.0.1; resolves when ready. Never rejects for what the world can cause. */
export async function startTillServer(options: TillServerOptions): Promise<TillServerStart> {
  const { desk, note, secret } = options
  const app = fastify({ bodyLimit: BODY_MAX_BYTES, requestTimeout: REQUEST_TIMEOUT_MS })
  app.server.maxConnections = CONNECTIONS_MAX
  let port = options.port
  const push = startPush(desk)
  addGate(app, options, () => port)
  addRoutes(app, desk)
  app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const why = objectionToCaller(request.headers, { port, secret })
    if (why !== null || request.url !== '/live') {
      note('till refused', { why: why ?? 'noSuchPath' })
      const status = STATUS[why ?? 'noSuchPath']
      socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\n\r\n`)
    } else push.accept(request, socket, head)
  })
  try {
    await app.listen({ host: '127.0.0.1', port: options.port })
  } catch (error) {
    // Converted: a port that cannot be had is an outcome with words, not a stack trace.
    push.close()
    await app.close()
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return { ok: false, sentence: `Cannot listen for the till on port ${options.port} (${code}).` }
  }
  const address = app.server.address()
  if (address !== null && typeof address !== 'string') port = address.port
  return {
    ok: true,
    port,
    async close() {
      push.close()
      app.server.closeAllConnections()
      await app.close()
    },
  }
}

/** Secret first, pace second: nobody without the secret can use up the pace of the till. */
function addGate(
  app: FastifyInstance,
  { clock, note, secret }: TillServerOptions,
  port: () => number,
): void {
  const hasRoom = createPace(clock)
  app.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff')
    const why = objectionToCaller(request.headers, { port: port(), secret })
    if (why !== null) {
      note('till refused', { why })
      await refuse(reply, why)
    } else if (!hasRoom()) await refuse(reply, 'tooFast')
  })
  app.setNotFoundHandler((_request, reply) => refuse(reply, 'noSuchPath'))
  app.setErrorHandler((error, _request, reply) => refuse(reply, codeOf(error)))
}

/** What fastify says of a body that it would not take. */
function codeOf(error: unknown): TillError {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  return code === 'FST_ERR_CTP_BODY_TOO_LARGE' ? 'tooLarge' : 'notJson'
}

function addRoutes(app: FastifyInstance, desk: TillDesk): void {
  app.post('/orders', (request, reply) => {
    const read = readWish(request.body)
    return read.ok
      ? send(reply, desk.order(read.wish))
      : refuse(reply, 'unusable', `${read.place}: ${read.wanted}`)
  })
  app.get<{ Params: { reference: string } }>('/orders/:reference', ({ params }, reply) => {
    const reference = readReference(params.reference)
    return reference === null
      ? refuse(reply, 'unusable', 'reference')
      : send(reply, desk.ask(reference))
  })
  app.delete<{ Params: { reference: string } }>('/orders/:reference', ({ params }, reply) => {
    const reference = readReference(params.reference)
    return reference === null
      ? refuse(reply, 'unusable', 'reference')
      : send(reply, desk.withdraw(reference))
  })
  app.get('/day', (_request, reply) => {
    const told = desk.day()
    return told.kind === 'day'
      ? reply.send(told.day)
      : reply.code(STATUS[told.error.error]).send(told.error)
  })
}

function send(reply: FastifyReply, answer: TillAnswer): FastifyReply {
  return answer.kind === 'order'
    ? reply.code(answer.isNew ? 201 : 200).send(answer.order)
    : reply.code(STATUS[answer.error.error]).send(answer.error)
}

function refuse(reply: FastifyReply, error: TillError, detail = ''): FastifyReply {
  return reply.code(STATUS[error]).send(toldError(error, undefined, detail))
}

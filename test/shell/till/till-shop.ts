/** A till's door on a counter without devices: the core decides, a map keeps the records, HTTP is real. */
import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import type { EventBody } from '#core/terminal/event.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { createTillDesk } from '#shell/till/desk.ts'
import { startTillServer } from '#shell/till/server.ts'
import { type Counter, counterFrom } from '../../core/counter.ts'

export type Reply = { readonly status: number; readonly body: Record<string, unknown> }

export const ORDER = {
  reference: 'A-1',
  amountMinor: 3850,
  lines: [{ name: '牛肉面', quantity: 1, amountMinor: 3850 }],
}

export type TillShop = {
  readonly counter: Counter
  readonly port: number
  readonly notes: readonly string[]
  readonly passMs: (ms: number) => void
  readonly stopServing: () => void
  /** A message of the till; `extra` headers replace the usual ones. */
  readonly send: (
    method: string,
    path: string,
    body?: unknown,
    extra?: Record<string, string>,
  ) => Promise<Reply>
  /** Confirmed at the counter, a card tapped, answered with `code`. */
  readonly pay: (code?: string) => void
  readonly listen: () => Promise<Listener>
}

/** A till on the WebSocket; `until` waits for a state and gives everything heard so far. */
type Listener = {
  readonly until: (state: string) => Promise<readonly Record<string, unknown>[]>
}

export async function openTillShop(): Promise<TillShop> {
  const counter = counterFrom()
  const kept = new Map<string, TransactionRecord>()
  const secret = randomBytes(16).toString('hex')
  let isServing = true
  let now = 0
  const notes: string[] = []
  /** As the runner would: decided, kept, then published. */
  const tell = (event: EventBody): void => {
    for (const effect of counter.tell(event))
      if (effect.do === 'keepRecord') kept.set(effect.record.id, effect.record)
    desk.publish()
  }
  const records = (fits: (record: TransactionRecord) => boolean) => [...kept.values()].filter(fits)
  const desk = createTillDesk({
    state: counter.state,
    dispatch: tell,
    recordsUnder: (reference) => records(({ tillReference }) => tillReference === reference),
    recordsOfBatch: (wanted) => records(({ batch }) => batch === wanted),
    isServing: () => isServing,
  })
  counter.open()
  const started = await startTillServer({
    port: 0,
    secret,
    desk,
    clock: { monotonicMs: () => now },
    note: (what) => notes.push(what),
  })
  if (!started.ok) throw new Error(started.sentence)
  onTestFinished(() => started.close())
  const { port } = started
  const headers = { host: `127.0.0.1:${port}`, authorization: `Bearer ${secret}` }

  return {
    counter,
    port,
    notes,
    passMs: (ms: number) => {
      now += ms
    },
    stopServing: () => {
      isServing = false
    },
    send: (method, path, body, extra = {}) =>
      ask({ port, method, path, headers: { ...headers, ...extra } }, body),
    pay: (code = '00') => {
      counter.press('confirm')
      counter.presentCard()
      for (const effect of counter.reply({ '39': code }))
        if (effect.do === 'keepRecord') kept.set(effect.record.id, effect.record)
      desk.publish()
    },
    listen: async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/live`, { headers })
      const heard: Record<string, unknown>[] = []
      socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString('utf8'))))
      await new Promise((resolve) => socket.on('open', resolve))
      onTestFinished(() => socket.terminate())
      return {
        until: async (state: string) => {
          while (heard.at(-1)?.['state'] !== state)
            await new Promise((resolve) => socket.once('message', resolve))
          return heard
        },
      }
    },
  }
}

type Asked = {
  readonly port: number
  readonly method: string
  readonly path: string
  readonly headers: Record<string, string>
}

export async function ask({ port, method, path, headers }: Asked, body?: unknown): Promise<Reply> {
  const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body)
  const sent = text === '' ? headers : { 'content-type': 'application/json', ...headers }
  return await new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, method, path, headers: sent, agent: false },
      (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            body: JSON.parse(Buffer.concat(parts).toString('utf8')),
          }),
        )
      },
    )
    asked.on('error', reject)
    asked.end(text)
  })
}

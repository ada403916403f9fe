/** A till as its maker would write it: an order by HTTP, the state by polling, and faults of the till itself on request. */
import { request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

type TillAnswer = {
  readonly status: number
  readonly state: string
  readonly money: string
  readonly mayChargeElsewhere: boolean
  readonly paidMinor: number
  readonly error: string
}

export type Till = {
  /** Sends the order and reads the answer. */
  readonly order: (order: Readonly<Record<string, unknown>>) => Promise<TillAnswer>
  /** Sends the order and dies before the answer: nobody reads it. Resolves when the terminal has it. */
  readonly orderAndDie: (order: Readonly<Record<string, unknown>>) => Promise<void>
  readonly ask: (reference: string) => Promise<TillAnswer>
  /** Asks until the order is in one of these states; a terminal that is off is asked again. */
  readonly until: (reference: string, ...states: readonly string[]) => Promise<TillAnswer>
  readonly withdraw: (reference: string) => Promise<TillAnswer>
  readonly day: () => Promise<Readonly<Record<string, unknown>>>
}

const POLL_MS = 50

/** `door`: where the terminal listens now; it may have another port after a restart. */
export function createTill(door: () => { readonly port: number; readonly secret: string }): Till {
  const order = (body: Readonly<Record<string, unknown>>): Promise<TillAnswer> =>
    told(door(), 'POST', '/orders', JSON.stringify(body))
  const ask = (reference: string): Promise<TillAnswer> =>
    told(door(), 'GET', `/orders/${reference}`)
  return {
    order,
    ask,
    orderAndDie: async (body) => {
      await new Promise<void>((resolve, reject) => {
        const { port, secret } = door()
        const sent = open(port, secret, 'POST', '/orders', (answer) => {
          answer.destroy()
          resolve()
        })
        sent.on('error', reject)
        sent.end(JSON.stringify(body))
      })
    },
    until: async (reference, ...states) => {
      for (;;) {
        const answer = await ask(reference).catch(() => null)
        if (answer !== null && states.includes(answer.state)) return answer
        await pause(POLL_MS)
      }
    },
    withdraw: (reference) => told(door(), 'DELETE', `/orders/${reference}`),
    day: async () => (await exchange(door(), 'GET', '/day')).body,
  }
}

async function told(
  door: { readonly port: number; readonly secret: string },
  method: string,
  path: string,
  text = '',
): Promise<TillAnswer> {
  const { body, status } = await exchange(door, method, path, text)
  const about = isFields(body['order']) ? body['order'] : body
  return {
    status,
    state: textOf(about['state']),
    money: textOf(about['money']),
    mayChargeElsewhere: about['mayChargeElsewhere'] === true,
    paidMinor: Number(about['paidMinor'] ?? 0),
    error: textOf(body['error']),
  }
}

type Fields = Readonly<Record<string, unknown>>

async function exchange(
  { port, secret }: { readonly port: number; readonly secret: string },
  method: string,
  path: string,
  text = '',
): Promise<{ readonly status: number; readonly body: Fields }> {
  return await new Promise((resolve, reject) => {
    const sent = open(port, secret, method, path, (answer) => {
      let read = ''
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => {
        read += part
      })
      answer.on('error', reject)
      answer.on('end', () => {
        const body: unknown = JSON.parse(read)
        resolve({ status: answer.statusCode ?? 0, body: isFields(body) ? body : {} })
      })
    })
    sent.on('error', reject)
    sent.end(text)
  })
}

function open(
  port: number,
  secret: string,
  method: string,
  path: string,
  onAnswer: Parameters<typeof request>[2],
): ReturnType<typeof request> {
  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
  const { 'content-type': type, ...bare } = headers
  return request(
    {
      host: '127.0.0.1',
      port,
      method,
      path,
      headers: method === 'POST' ? { ...bare, 'content-type': type } : bare,
      agent: false,
    },
    onAnswer,
  )
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

/** A till on a serial cable: a pseudo-terminal between it and the terminal, and a line that garbles. */
import { crc32 } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import type { EventBody } from '#core/terminal/event.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { createTillDesk } from '#shell/till/desk.ts'
import { startSerialTill } from '#shell/till/serial-line.ts'
import { type Counter, counterFrom } from '../../core/counter.ts'
import { cable } from '../../drivers/transport/cable.ts'

const SECRET = 'cab1e'.repeat(8)
const ORDER = { reference: 'A-1', amountMinor: 3850, lines: [] }

type Heard = {
  readonly [name: string]: unknown
  readonly body?: { readonly [name: string]: unknown }
}
type Till = {
  readonly counter: Counter
  readonly pay: () => void
  readonly say: (content: object) => void
  /** Bytes as they are. */
  readonly noise: (text: string) => void
  readonly until: (fits: (heard: Heard) => boolean) => Promise<Heard>
}

function framed(content: object): string {
  const json = JSON.stringify(content)
  return `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`
}

async function openTill(): Promise<Till> {
  const counter = counterFrom()
  const kept = new Map<string, TransactionRecord>()
  const tell = (event: EventBody): void => {
    for (const effect of counter.tell(event))
      if (effect.do === 'keepRecord') kept.set(effect.record.id, effect.record)
    desk.publish()
  }
  const desk = createTillDesk({
    state: counter.state,
    dispatch: tell,
    recordsUnder: (reference) =>
      [...kept.values()].filter(({ tillReference }) => tillReference === reference),
    recordsOfBatch: () => [...kept.values()],
    isServing: () => true,
  })
  counter.open()
  const { far, link } = cable()
  const heard: Heard[] = []
  const waiting = new Set<() => void>()
  let text = ''
  far.onBytes((bytes) => {
    text += Buffer.from(bytes).toString('utf8')
    const lines = text.split('\n')
    text = lines.pop() ?? ''
    for (const line of lines) {
      const content: Heard = JSON.parse(line.slice(9))
      if (framed(content) !== `${line}\n`)
        throw new Error('a line of the terminal has a wrong check')
      heard.push(content)
    }
    for (const look of waiting) look()
  })
  const opened = new Promise<void>((resolve) =>
    link.onState((state) => (state === 'open' ? resolve() : undefined)),
  )
  const till = startSerialTill({
    cable: link,
    secret: SECRET,
    desk,
    clock: { monotonicMs: () => 0 },
    note: () => undefined,
  })
  onTestFinished(() => till.close())
  await opened
  return {
    counter,
    pay: () => {
      counter.press('confirm')
      counter.presentCard()
      for (const effect of counter.reply({ '4': '000000003850' }))
        if (effect.do === 'keepRecord') kept.set(effect.record.id, effect.record)
      desk.publish()
    },
    say: (content) => far.write(Buffer.from(framed(content))),
    noise: (bytes) => far.write(Buffer.from(bytes)),
    until: (fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = heard.find(fits)
          if (found !== undefined) resolve(found)
        }
        waiting.add(look)
        look()
      }),
  }
}

test('an order comes by cable, is paid at the counter, and the till is told by itself and when it asks', async () => {
  const { pay, say, until } = await openTill()
  say({ secret: SECRET, id: 7, do: 'order', order: ORDER })
  expect(await until(({ id }) => id === 7)).toMatchObject({
    status: 201,
    body: { reference: 'A-1', money: 'notMoved' },
  })
  pay()
  await until(({ live }) => JSON.stringify(live ?? '').includes('"money":"moved"'))
  say({ secret: SECRET, id: 8, do: 'ask', reference: 'A-1' })
  expect(await until(({ id }) => id === 8)).toMatchObject({
    status: 200,
    body: { money: 'moved', paidMinor: 3850, mayChargeElsewhere: false },
  })
})

test('one wrong bit is answered as garbled, and the order that is sent again is shown once', async () => {
  const { counter, noise, say, until } = await openTill()
  const line = framed({ secret: SECRET, id: 1, do: 'order', order: ORDER })
  noise(line.replace('3850', '3950'))
  expect(await until(({ id }) => id === null)).toMatchObject({
    status: 400,
    body: { error: 'garbled' },
  })
  expect(counter.step()).toBe('amount')
  say({ secret: SECRET, id: 2, do: 'order', order: ORDER })
  say({ secret: SECRET, id: 3, do: 'order', order: ORDER })
  expect(await until(({ id }) => id === 3)).toMatchObject({ status: 200 })
  expect(counter.state().step).toMatchObject({ kind: 'confirmAmount', order: { dueMinor: 3850 } })
})

test('noise, a line without an end and a message of another shape stop nothing: the next one is answered', async () => {
  const { noise, say, until } = await openTill()
  noise('\u0000\u00ff~~~ not a line\n')
  // In portions that a pseudo-terminal takes whole.
  for (let sent = 0; sent < 40; sent += 1) {
    noise('x'.repeat(1000))
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  noise('\n')
  say({ secret: SECRET, id: 4, do: 'dance' })
  say({ secret: SECRET, id: 5, do: 'day' })
  expect(await until(({ id }) => id === 5)).toMatchObject({ status: 200, body: { open: [] } })
  expect(await until(({ body }) => body?.['error'] === 'tooLarge')).toMatchObject({ status: 413 })
})

test('without the secret nothing is shown at the counter, and nothing is told of what happens there', async () => {
  const { counter, say, until } = await openTill()
  say({ secret: 'wrong', id: 6, do: 'order', order: ORDER })
  expect(await until(({ id }) => id === 6)).toMatchObject({
    status: 401,
    body: { error: 'wrongSecret' },
  })
  expect(counter.step()).toBe('amount')
})

/** The host's end of the line to the guest's agent: one shell script after the other, with its output. */
import type { Socket } from 'node:net'
import { createInterface } from 'node:readline'

export type Ran = { readonly code: number; readonly out: string; readonly err: string }

export type Agent = {
  /** Resolves when the guest is up. Rejects when it ends before. */
  readonly up: Promise<void>
  /** One at a time; later ones wait. Rejects when the guest ends before it is done. */
  run(script: string): Promise<Ran>
}

type Waiting = { readonly resolve: (ran: Ran) => void; readonly reject: (why: Error) => void }

/** `number code out err`: output in base64, `-` for none. */
const ANSWER = /^(\d+) (\d+) (\S+) (\S+)$/

export function openAgent(socket: Socket): Agent {
  const waiting = new Map<number, Waiting>()
  let number = 0
  let gone = false
  const ask = (script: string | null): Promise<Ran> =>
    new Promise((resolve, reject) => {
      if (gone) return reject(new Error('The guest has ended.'))
      waiting.set(number, { resolve, reject })
      if (script !== null) socket.write(`${number} ${Buffer.from(script).toString('base64')}\n`)
      number += 1
    })
  const lines = createInterface({ input: socket })
  // A guest whose power was cut resets its lines; that shows in `close`.
  lines.on('error', () => undefined)
  lines.on('line', (line) => {
    const [, at, code, out = '-', err = '-'] = ANSWER.exec(line) ?? []
    const asked = waiting.get(Number(at))
    waiting.delete(Number(at))
    asked?.resolve({ code: Number(code), out: decoded(out), err: decoded(err) })
  })
  socket.once('close', () => {
    gone = true
    for (const { reject } of waiting.values()) reject(new Error('The guest has ended.'))
    waiting.clear()
  })
  // The guest's first line answers a question that nobody had to ask: number 0.
  const up = ask(null).then(() => undefined)
  up.catch(() => undefined)
  return { up, run: ask }
}

function decoded(text: string): string {
  return text === '-' ? '' : Buffer.from(text, 'base64').toString('utf8')
}

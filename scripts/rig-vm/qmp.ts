/** The control line of QEMU (QMP): one JSON object a line, a command answered before the next one. */
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { createInterface } from 'node:readline'

export type Qmp = {
  /** Rejects with QEMU's own words when it refuses, and when it ends before it answers. */
  command(name: string, args?: Readonly<Record<string, unknown>>): Promise<unknown>
}

type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (why: Error) => void }

/** Greets and is ready for commands. */
export async function openQmp(socket: Socket): Promise<Qmp> {
  const waiting: Waiting[] = []
  const lines = createInterface({ input: socket })
  // A QEMU that is killed resets its lines; that shows in `close`.
  lines.on('error', () => undefined)
  const greeting = once(lines, 'line')
  lines.on('line', (line) => {
    const told: unknown = JSON.parse(line)
    if (typeof told !== 'object' || told === null) return
    if ('return' in told) waiting.shift()?.resolve(told.return)
    else if ('error' in told)
      waiting.shift()?.reject(new Error(`QEMU: ${JSON.stringify(told.error)}`))
  })
  socket.once('close', () => {
    for (const one of waiting.splice(0)) one.reject(new Error('QEMU has ended.'))
  })
  const command: Qmp['command'] = (name, args = {}) =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject })
      socket.write(`${JSON.stringify({ execute: name, arguments: args })}\n`)
    })
  await greeting
  await command('qmp_capabilities')
  return { command }
}

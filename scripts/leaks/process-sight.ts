/** What a running Node process holds: open files, whatever keeps it awake, memory after a collection. Read by the inspector; the program knows nothing of it. */
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { z } from 'zod'

/** What the process is started with. */
export const INSPECTED: Readonly<Record<string, string>> = {
  NODE_OPTIONS: '--inspect=127.0.0.1:0',
}
const ADDRESS = /Debugger listening on (ws:\/\/127\.0\.0\.1:\d+\/\S+)/
const ANSWER_WITHIN_MS = 60_000
/** What one collection finds out to be free, the next one frees. */
const COLLECTIONS = 3
/** Of so many glances the least counts, over longer than any question to a device takes. */
const GLANCES = 10
const GLANCE_EVERY_MS = 150

export type Sight = {
  /** Open file descriptors, sockets and pipes among them. */
  readonly handles: number
  /** Threads of the process. */
  readonly threads: number
  /** What keeps the event loop alive, by Node's names, such as `Timeout`. */
  readonly active: Readonly<Record<string, number>>
  /** Bytes of live JavaScript objects and of the buffers that they own, after a collection. */
  readonly heapBytes: number
  /** Bytes of the process in memory, as the kernel counts. */
  readonly residentBytes: number
}

export type ProcessSight = {
  /** Rejects when the process ends or is silent for a minute. */
  look(): Promise<Sight>
  close(): void
}

const memorySchema = z.object({
  heapUsed: z.number(),
  external: z.number(),
  active: z.array(z.string()),
})
const answerSchema = z.object({
  id: z.number(),
  result: z.object({ result: z.object({ value: z.string() }).optional() }).optional(),
})

/** Runs in the process. */
const QUESTION = `(() => {
  const { heapUsed, external } = process.memoryUsage()
  return JSON.stringify({ heapUsed, external, active: process.getActiveResourcesInfo() })
})()`

/** `output`: lines that the process wrote, the inspector's address among them. Rejects when it is not. */
export async function openProcessSight(
  pid: number,
  output: readonly string[],
): Promise<ProcessSight> {
  const address = output.map((line) => ADDRESS.exec(line)?.[1]).findLast(Boolean)
  if (address === undefined) throw new Error('The process was not started with the inspector.')
  const socket = new WebSocket(address)
  await once(socket, 'open')
  let asked = 0
  const ask = async (method: string, params: object = {}): Promise<string> => {
    if (socket.readyState !== WebSocket.OPEN) throw new Error('The process has ended.')
    asked += 1
    const id = asked
    const answered = new Promise<string>((resolve, reject) => {
      const late = AbortSignal.timeout(ANSWER_WITHIN_MS)
      const silent = (): void => end(new Error(`${method}: no answer`))
      const gone = (): void => end(new Error('The process has ended.'))
      const hear = (data: Buffer): void => {
        const told = answerSchema.safeParse(JSON.parse(data.toString('utf8')))
        if (told.success && told.data.id === id) end(told.data.result?.result?.value ?? '')
      }
      const end = (result: string | Error): void => {
        late.removeEventListener('abort', silent)
        socket.off('message', hear).off('close', gone)
        if (result instanceof Error) reject(result)
        else resolve(result)
      }
      late.addEventListener('abort', silent)
      socket.on('message', hear).once('close', gone)
    })
    socket.send(JSON.stringify({ id, method, params }))
    return await answered
  }
  const glance = async (): Promise<Sight> => {
    const told = await ask('Runtime.evaluate', { expression: QUESTION })
    const { heapUsed, external, active } = memorySchema.parse(JSON.parse(told))
    return {
      handles: readdirSync(`/proc/${pid}/fd`).length,
      threads: kernelFigure(pid, 'Threads'),
      active: counted(active),
      heapBytes: heapUsed + external,
      residentBytes: kernelFigure(pid, 'VmRSS') * BYTES_PER_KILOBYTE,
    }
  }
  return {
    async look() {
      for (let done = 0; done < COLLECTIONS; done += 1) await ask('HeapProfiler.collectGarbage')
      let least = await glance()
      for (let done = 1; done < GLANCES; done += 1) {
        await setTimeout(GLANCE_EVERY_MS)
        least = leastOf(least, await glance())
      }
      return least
    },
    close: () => socket.terminate(),
  }
}

/** Whoever lives opens a file now and then and closes it again: what is left is what is never closed. */
function leastOf(one: Sight, other: Sight): Sight {
  const kinds = Object.keys(one.active).filter((kind) => other.active[kind] !== undefined)
  const least = (kind: string): number => Math.min(one.active[kind] ?? 0, other.active[kind] ?? 0)
  return {
    handles: Math.min(one.handles, other.handles),
    threads: Math.min(one.threads, other.threads),
    active: Object.fromEntries(kinds.map((kind) => [kind, least(kind)])),
    heapBytes: Math.min(one.heapBytes, other.heapBytes),
    residentBytes: Math.min(one.residentBytes, other.residentBytes),
  }
}

const BYTES_PER_KILOBYTE = 1024

function kernelFigure(pid: number, name: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1])
}

function counted(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const name of names.toSorted()) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

/** Looks into a process that leaks on request: what the run would have to notice. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import {
  INSPECTED,
  openProcessSight,
  type ProcessSight,
} from '../../../scripts/leaks/process-sight.ts'

/** Every line on its standard input is a leak; it answers when it has leaked. */
const LEAKY = `const kept = []
const leak = {
  handle: () => require('node:fs').openSync('/dev/null'),
  timer: () => setTimeout(() => {}, 1e6),
  memory: () => kept.push(Array.from({ length: 1e6 }, (_, index) => ({ index }))),
}
require('node:readline').createInterface({ input: process.stdin }).on('line', (what) => { leak[what](); console.log('leaked') })
console.log('begun')`

async function leakyProcess(): Promise<{
  readonly sight: ProcessSight
  readonly leak: (what: 'handle' | 'timer' | 'memory') => Promise<void>
  readonly end: () => Promise<void>
}> {
  const child = spawn(process.execPath, ['-e', LEAKY], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...INSPECTED },
  })
  const told: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => told.push(line))
  const lines = createInterface({ input: child.stdout })
  const gone = once(child, 'close')
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await gone
  })
  await once(lines, 'line')
  const sight = await openProcessSight(child.pid ?? 0, told)
  onTestFinished(() => sight.close())
  return {
    sight,
    async end() {
      child.kill('SIGKILL')
      await gone
    },
    async leak(what) {
      const leaked = once(lines, 'line')
      child.stdin.write(`${what}\n`)
      await leaked
    },
  }
}

test('a file that is never closed shows as one handle more', async () => {
  const { leak, sight } = await leakyProcess()
  const before = await sight.look()
  await leak('handle')
  const after = await sight.look()
  expect(after.handles - before.handles).toBe(1)
})

test('a timer that is never cleared shows as one more', async () => {
  const { leak, sight } = await leakyProcess()
  const before = await sight.look()
  await leak('timer')
  const after = await sight.look()
  expect((after.active['Timeout'] ?? 0) - (before.active['Timeout'] ?? 0)).toBe(1)
})

test('objects that are kept show on the heap; those that are dropped have been collected', async () => {
  const { leak, sight } = await leakyProcess()
  const before = await sight.look()
  const idle = await sight.look()
  expect(Math.abs(idle.heapBytes - before.heapBytes)).toBeLessThan(1_000_000)
  await leak('memory')
  const after = await sight.look()
  expect(after.heapBytes - before.heapBytes).toBeGreaterThan(10_000_000)
})

test('a process that ended is told as ended, not waited for', async () => {
  const { end, sight } = await leakyProcess()
  await end()
  await expect(sight.look()).rejects.toThrow('ended')
})

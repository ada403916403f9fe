/**
 * What a process leaves behind when it crashes: the core that the kernel writes, or, where the system hands cores to a program or allows
 * none, all of the memory that a core would hold, read from outside while the process stands still.
 */
import { closeSync, openSync, readdirSync, readFileSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'

export type Core = { readonly how: 'core' | 'memory'; readonly file: string }

/** Puts before a command what lets the kernel write cores, if this user may. The command is executed, not forked. */
export const CORES_ALLOWED = [
  'sh',
  '-c',
  'ulimit -c unlimited 2>/dev/null; exec "$@"',
  'sh',
] as const

const CHUNK_BYTES = 1 << 20

/** Ends the process. `folder`: where it works, and where the core comes to lie; `gone` resolves when it has ended. */
export async function coreOf(pid: number, folder: string, gone: Promise<unknown>): Promise<Core> {
  if (kernelWritesCores(pid)) {
    process.kill(pid, 'SIGABRT')
    await gone
    const name = readdirSync(folder).find((one) => /^core(\.\d+)?$/.test(one))
    if (name === undefined) throw new Error('the kernel was to write a core and has written none')
    return { how: 'core', file: join(folder, name) }
  }
  process.kill(pid, 'SIGSTOP')
  const file = join(folder, 'memory')
  keepMemory(pid, file)
  process.kill(pid, 'SIGKILL')
  await gone
  return { how: 'memory', file }
}

function kernelWritesCores(pid: number): boolean {
  const pattern = readFileSync('/proc/sys/kernel/core_pattern', 'utf8').trim()
  const limits = readFileSync(`/proc/${pid}/limits`, 'utf8')
  return /^core$/.test(pattern) && /^Max core file size +unlimited/m.test(limits)
}

function keepMemory(pid: number, file: string): void {
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  const into = openSync(file, 'w', 0o600)
  const chunk = new Uint8Array(CHUNK_BYTES)
  for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
    const region = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line)
    const end = Number.parseInt(region?.[2] ?? '', 16)
    for (let at = Number.parseInt(region?.[1] ?? '', 16); at < end; at += CHUNK_BYTES) {
      const length = Math.min(CHUNK_BYTES, end - at)
      try {
        writeSync(into, chunk, 0, readSync(memory, chunk, 0, length, at))
      } catch {
        // A region that the kernel does not lend is in no core either.
      }
    }
  }
  closeSync(into)
  closeSync(memory)
}

/** How often a file holds each of these keys: as bytes, as hex in capitals and not, in one byte for each digit and in two, as base64. */
export function placesOf(keys: readonly string[], file: string): readonly number[] {
  const forms = keys.map(formsOf)
  const longest = Math.max(...forms.flat().map(({ length }) => length))
  const handle = openSync(file, 'r')
  const chunk = Buffer.alloc(CHUNK_BYTES)
  const empty = Buffer.alloc(CHUNK_BYTES)
  const found = keys.map(() => 0)
  for (let at = 0; ; at += CHUNK_BYTES - longest) {
    const length = readSync(handle, chunk, 0, CHUNK_BYTES, at)
    const read = chunk.subarray(0, length)
    // Most of a core is a hole.
    if (!read.equals(empty.subarray(0, length)))
      for (const [key, ways] of forms.entries())
        for (const form of ways) if (read.includes(form)) found[key] = (found[key] ?? 0) + 1
    if (length < CHUNK_BYTES) break
  }
  closeSync(handle)
  return found
}

function formsOf(hex: string): readonly Buffer[] {
  const bytes = Buffer.from(hex, 'hex')
  const texts = [hex.toUpperCase(), hex.toLowerCase(), bytes.toString('base64').slice(0, 20)]
  return [bytes, ...texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')])]
}

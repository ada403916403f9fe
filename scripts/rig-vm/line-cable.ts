/** A simulated device's cable that ends in a guest: bytes go over a line whose other end is a device node of the guest's kernel. */
import type { Socket } from 'node:net'
import type { Pty } from '../../test/rig/sim/pty.ts'

export type LineCable = Pty & {
  /** The line of a guest that has just been booted; the one before is forgotten. */
  attach(line: Socket): void
}

/** A cable that leads nowhere yet. `name` is what it calls itself. */
export function openLineCable(name: string): LineCable {
  const listeners: ((bytes: Uint8Array) => void)[] = []
  let line: Socket | null = null
  let plugged = true
  return {
    path: name,
    get plugged() {
      return plugged
    },
    onBytes: (listener) => void listeners.push(listener),
    write(bytes) {
      // A guest whose power was cut takes nothing any more.
      if (plugged && line?.writable === true) line.write(bytes)
    },
    plug() {
      plugged = true
    },
    unplug() {
      plugged = false
    },
    stop() {
      plugged = false
    },
    attach(fresh) {
      line = fresh
      fresh.on('error', () => undefined)
      fresh.on('data', (chunk: Buffer) => {
        if (line !== fresh || !plugged) return
        for (const listener of listeners) listener(Uint8Array.from(chunk))
      })
    },
  }
}

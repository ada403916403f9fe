/** A serial link and the far end of its cable, for one test; everything is closed when the test ends. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Clock } from '#core/ports/clock.ts'
import { pause } from '#drivers/transport/answers.ts'
import type { ByteLink, LinkState } from '#drivers/transport/byte-link.ts'
import { serialLink } from '#drivers/transport/serial-link.ts'
import { openPty, type Pty } from '../../rig/sim/pty.ts'
import { realClock } from './real-clock.ts'

export type Cable = { readonly link: ByteLink; readonly far: Pty }

/** A folder of its own for a device path; removed when the test ends. */
export function temporaryPath(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'suretill-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, name)
}

export function cable(stallMs?: number): Cable {
  const path = temporaryPath('device')
  const far = openPty({ path })
  const link = serialLink({
    path,
    baudRate: 9600,
    clock: realClock(),
    reopenEveryMs: 20,
    ...(stallMs === undefined ? {} : { stallMs }),
  })
  onTestFinished(async () => {
    await link.close()
    far.stop()
  })
  return { link, far }
}

/** The same link, on which each write takes 20 ms, as on a slow line. */
export function slowly(link: ByteLink, clock: Clock): ByteLink {
  return {
    ...byteByByte(link),
    get state() {
      return link.state
    },
    onBytes: (listener) => link.onBytes(listener),
    async write(bytes) {
      await pause(clock, 20)
      return link.write(bytes)
    },
  }
}

/** The same link, handing over every byte by itself. */
export function byteByByte(link: ByteLink): ByteLink {
  return {
    get state() {
      return link.state
    },
    start: () => link.start(),
    write: (bytes) => link.write(bytes),
    onBytes: (listener) =>
      link.onBytes((bytes) => {
        for (const byte of bytes) listener(Uint8Array.of(byte))
      }),
    onState: (listener) => link.onState(listener),
    close: () => link.close(),
  }
}

/** Resolves when the link is in `state`. */
export function reached(link: ByteLink, state: LinkState): Promise<void> {
  if (link.state === state) return Promise.resolve()
  return new Promise((resolve) => {
    link.onState((now) => {
      if (now === state) resolve()
    })
  })
}

/** Collects from a byte source; `until(n)` resolves with everything once `n` bytes are there. */
export function collect(source: { onBytes(listener: (bytes: Uint8Array) => void): void }): {
  until(length: number): Promise<Buffer>
} {
  let all = Buffer.alloc(0)
  let check = (): void => {}
  source.onBytes((bytes) => {
    all = Buffer.concat([all, bytes])
    check()
  })
  return {
    until: (length) =>
      new Promise((resolve) => {
        check = () => {
          if (all.length >= length) resolve(all)
        }
        check()
      }),
  }
}

/** What no journal can do without: the same bytes at the end of a file, synced; and one echo over a TLS line that is open. */
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { connect, createServer, type TLSSocket } from 'node:tls'
import type { TerminalState } from '#core/terminal/state.ts'
import type { Commit } from '#shell/journal/journal.ts'
import { selfSigned } from '../../test/rig/certificates.ts'

/**
 * Event, effects, hash, and of the state what is not as it was in the commit before: what the journal is asked to keep, without indexes and
 * page heads.
 */
export function bytesOf({ entries, state }: Commit, before: TerminalState): Buffer {
  const events = entries.map(
    ({ event, effects }) => JSON.stringify(event) + JSON.stringify(effects) + ' '.repeat(32),
  )
  const changed = {
    ...state,
    recent: state.recent.filter((record) => !before.recent.includes(record)),
    slips: state.slips.filter((job) => !before.slips.includes(job)),
  }
  return Buffer.from(events.join('') + JSON.stringify(changed))
}

export type Appender = { readonly append: (bytes: Uint8Array) => void; readonly close: () => void }

export function openAppender(file: string): Appender {
  const handle = openSync(file, 'a')
  return {
    append: (bytes) => {
      writeSync(handle, bytes)
      fdatasyncSync(handle)
    },
    close: () => closeSync(handle),
  }
}

/** A request of usual length. */
const REQUEST = Buffer.alloc(230, 0x30)

export type Echo = { readonly once: () => Promise<void>; readonly close: () => void }

/** A host on loopback that sends back whatever comes. */
export async function openEcho(folder: string): Promise<Echo> {
  const { certificate, key } = selfSigned(folder, 'echo')
  const server = createServer({ cert: certificate, key }, (socket) => {
    socket.on('data', (bytes) => socket.write(bytes))
    socket.on('error', () => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  const socket = await new Promise<TLSSocket>((resolve, reject) => {
    const line = connect({ host: '127.0.0.1', port, ca: certificate, servername: 'echo' }, () =>
      resolve(line),
    )
    line.once('error', reject)
  })
  socket.setNoDelay(true)
  return {
    once: () =>
      new Promise((resolve) => {
        let rest = REQUEST.length
        const hear = (bytes: Buffer): void => {
          rest -= bytes.length
          if (rest > 0) return
          socket.off('data', hear)
          resolve()
        }
        socket.on('data', hear)
        socket.write(REQUEST)
      }),
    close: () => {
      socket.destroy()
      server.close()
    },
  }
}

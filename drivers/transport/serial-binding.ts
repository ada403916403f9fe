/**
 * The Linux binding of serialport with three repairs: a read of 0 bytes is a hang-up (the stock one reads again for ever, measured in
 * 1 of 60 hang-ups with data pending), the event loop is woken after each poll (Node 26 lets data lie otherwise), and a port is only
 * closed when no read is under way on its descriptor.
 */
import { read } from 'node:fs'
import { promisify } from 'node:util'
import type {
  LinuxBindingInterface,
  LinuxPortBinding,
} from '@serialport/bindings-cpp/dist/linux.js'

/**
 * Returns the binding for `SerialPortStream`. Options, errors and the other methods are those of the stock Linux binding, whose native part
 * is loaded when a port is first opened.
 */
export function serialBinding(): LinuxBindingInterface {
  return {
    list: async () => await (await stock()).list(),
    open: async (options) => mend(await (await stock()).open(options)),
  }
}

async function stock(): Promise<LinuxBindingInterface> {
  const { LinuxBinding } = await import('@serialport/bindings-cpp/dist/linux.js')
  return LinuxBinding
}

function mend(port: LinuxPortBinding): LinuxPortBinding {
  for (const event of ['readable', 'writable', 'disconnect'])
    port.poller.on(event, () => void setImmediate(nothing))

  const closeStock = port.close.bind(port)
  let closing = false
  let reading: Promise<unknown> = Promise.resolve()

  port.read = async (buffer, offset, length) => {
    for (;;) {
      if (closing || port.fd === null) throw new PortClosed()
      const attempt = readOnce(port.fd, buffer, offset, length)
      reading = attempt.catch(nothing)
      const bytesRead = await attempt
      if (bytesRead > 0) return { buffer, bytesRead }
      if (closing) throw new PortClosed()
      await readable(port)
    }
  }
  port.close = async () => {
    closing = true
    port.poller.emitCanceled()
    await reading
    await closeStock()
  }
  return port
}

const readDescriptor = promisify(read)

/** Bytes read, or 0 when there is nothing yet. Rejects with `HungUp` at the end of the line and with the system's error otherwise. */
async function readOnce(
  descriptor: number,
  buffer: Buffer,
  offset: number,
  length: number,
): Promise<number> {
  try {
    const { bytesRead } = await readDescriptor(descriptor, buffer, offset, length, null)
    if (bytesRead === 0) throw new HungUp()
    return bytesRead
  } catch (error) {
    if (isTryAgain(error)) return 0
    throw error
  }
}

function readable(port: LinuxPortBinding): Promise<void> {
  return new Promise((resolve, reject) => {
    port.poller.once('readable', (error) => (error ? reject(error) : resolve()))
  })
}

function isTryAgain(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'EAGAIN' || error.code === 'EWOULDBLOCK' || error.code === 'EINTR')
  )
}

/** What serialport calls a disconnect: the far end is gone. */
class HungUp extends Error {
  readonly disconnect = true
  constructor() {
    super('the line hung up')
  }
}

/** What serialport expects of a read that was ended by closing the port. */
class PortClosed extends Error {
  readonly canceled = true
  constructor() {
    super('the port was closed')
  }
}

function nothing(): void {
  // Only there to give the event loop a turn, and for outcomes that are told elsewhere.
}

/**
 * A stand-in for the character device of a USB printer (`/dev/usb/lp0`): a pseudo-terminal that changes no byte. Once the printer is gone
 * a write gives EIO, as with usblp; unlike usblp a read then gives nothing instead of an error, and several programs are let in.
 */
import { execFileSync } from 'node:child_process'
import { openPty, type Pty } from './pty.ts'

/** Plugged in at `path`. */
export function openUsbPrinterNode(path: string): Pty {
  const pty = openPty({ path })
  keepBytes()

  /** Node's raw mode still turns a line feed into two bytes on the way out. */
  function keepBytes(): void {
    execFileSync('stty', ['-F', path, 'raw', '-echo'])
  }

  return {
    ...pty,
    get plugged() {
      return pty.plugged
    },
    plug() {
      if (pty.plugged) return
      pty.plug()
      keepBytes()
    },
  }
}

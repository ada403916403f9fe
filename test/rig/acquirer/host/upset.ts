/** What can happen to a host between two calls of a terminal, so that the two no longer agree. The books are never touched. */
import { openNextBatch, type Terminal } from './terminals.ts'

export type Upset =
  /** It was started anew: nobody is signed on. */
  | 'keysForgotten'
  /** It holds another MAC key than the terminal. */
  | 'macKeyChanged'
  /** It has closed the batch by itself. */
  | 'batchClosed'

export function upset(terminals: readonly Terminal[], what: Upset): void {
  for (const terminal of terminals) {
    if (what === 'keysForgotten') terminal.keys = null
    else if (what === 'batchClosed') openNextBatch(terminal)
    else if (terminal.keys !== null)
      terminal.keys = { ...terminal.keys, macKey: terminal.keys.macKey.map((byte) => byte ^ 0xf0) }
  }
}

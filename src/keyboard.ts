/** The keyboard of whoever started the command. Beside `main.ts` because it is the process itself that is read. */
import { readSync } from 'node:fs'
import process from 'node:process'
import type { Keyboard } from '#shell/commission/prompt.ts'

const STANDARD_INPUT = 0
/** A pipe that another program set to not wait is asked again after this. */
const AGAIN_MS = 20

/** Questions go to standard error: standard output may be meant for a program. */
export function ownKeyboard(): Keyboard {
  const pause = new Int32Array(new SharedArrayBuffer(4))
  return {
    read: (into) => {
      for (;;) {
        try {
          return readSync(STANDARD_INPUT, into)
        } catch (cause) {
          if (!(cause instanceof Error) || !('code' in cause)) throw cause
          if (cause.code === 'EOF') return 0
          if (cause.code !== 'EAGAIN') throw cause
          Atomics.wait(pause, 0, 0, AGAIN_MS)
        }
      }
    },
    write: (text) => void process.stderr.write(text),
    echo: (on) => {
      if (process.stdin.isTTY) process.stdin.setRawMode(!on)
    },
  }
}

/**
 * Questions to the person at the keyboard. Bytes are read straight into a buffer of ours that is zeroed afterwards: a key that is typed never
 * becomes text, and no stream keeps a copy of it.
 */
import { fixedBytes } from '#crypto/bytes.ts'

/** Reads at least one byte and at most `into.length`; 0 at the end of the input. Blocks. */
type ReadBytes = (into: Uint8Array) => number

export type Keyboard = {
  readonly read: ReadBytes
  /** Without an end of line. */
  readonly write: (text: string) => void
  /** While it is off, nothing that is typed is shown. Does nothing where nobody types (a pipe). */
  readonly echo: (on: boolean) => void
}

export type Prompt = {
  readonly say: (line: string) => void
  /** The line without spaces around; null at the end of the input. */
  readonly ask: (question: string) => string | null
  /**
   * Lends what was typed without showing it and zeroes it; null at the end of the input or when it was broken off. At most `HIDDEN_MOST` bytes.
   */
  readonly askHidden: <Result>(
    question: string,
    use: (bytes: Uint8Array) => Result,
  ) => Result | null
}

/** An AES-256 component as hex with blanks between has 79 characters. */
const HIDDEN_MOST = 256
const LINE_MOST = 4096
const ENTER = [0x0a, 0x0d]
const ERASE = [0x08, 0x7f]
/** Control-C and Control-D. */
const BREAK = [0x03, 0x04]

export function createPrompt({ echo, read, write }: Keyboard): Prompt {
  const next = fixedBytes(1)
  /** Null at the end. A carriage return and a line feed after it are one end of line. */
  let skipLineFeed = false
  const one = (): number | null => {
    for (;;) {
      if (read(next) === 0) return null
      const [byte = 0] = next
      next[0] = 0
      const skipped = skipLineFeed && byte === 0x0a
      skipLineFeed = byte === 0x0d
      if (!skipped) return byte
    }
  }
  const line = (into: Uint8Array): number | null => {
    let length = 0
    for (;;) {
      const byte = one()
      if (byte === null) return length === 0 ? null : length
      if (ENTER.includes(byte)) return length
      if (BREAK.includes(byte)) return null
      if (ERASE.includes(byte)) {
        length = Math.max(0, length - 1)
        into[length] = 0
      } else if (length < into.length) {
        into[length] = byte
        length += 1
      }
    }
  }
  return {
    say: (text) => write(`${text}\n`),
    ask: (question) => {
      write(`${question} `)
      const bytes = fixedBytes(LINE_MOST)
      const length = line(bytes)
      return length === null ? null : new TextDecoder().decode(bytes.subarray(0, length)).trim()
    },
    askHidden: (question, use) => {
      const bytes = fixedBytes(HIDDEN_MOST)
      // Before the question: whoever types at once must not be shown either.
      echo(false)
      try {
        write(`${question} `)
        const length = line(bytes)
        write('\n')
        return length === null ? null : use(bytes.subarray(0, length))
      } finally {
        bytes.fill(0)
        echo(true)
      }
    },
  }
}

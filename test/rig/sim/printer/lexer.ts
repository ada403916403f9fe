/**
 * Cuts an ESC/POS byte stream into instructions, written from the command reference and not from any encoder, so that it can find an
 * encoder's mistakes. Byte stream in, instructions out; half a command waits for its rest.
 */
import { chineseCommand, escapeCommand } from './escape-commands.ts'
import { groupSeparator } from './group-commands.ts'
import type { RealTime } from './instruction.ts'
import { complain, hex, type Lexed, type Piece, say } from './piece.ts'
import { asciiRun, chineseCharacter, codePageCharacter } from './text.ts'

export type Lexer = {
  push(bytes: Uint8Array): Lexed[]
  /** Power was off, or the buffer was cleared. */
  reset(): void
  /** Without it GS ( H is not understood, and its parameters are taken for text, as cheap firmware does. */
  processIdKnown: boolean
}

/** The longest command is a graphics block with a 32-bit length; nobody sends more than this. */
const COMMAND_LIMIT = 4_194_304

export function createLexer(): Lexer {
  let rest: Uint8Array = new Uint8Array(0)
  let chinese = true
  let codePage = 0

  function pieceAt(bytes: Uint8Array): Piece {
    const first = bytes[0] ?? 0
    if (first === 0x1b) return escapeCommand(bytes, setCodePage, setChinese)
    if (first === 0x1c) return chineseCommand(bytes, setChinese)
    if (first === 0x1d) return groupSeparator(bytes, lexer.processIdKnown)
    if (first === 0x10) return realTime(bytes)
    if (first === 0x0a) return say(1, { kind: 'lineFeed' })
    if (first === 0x0d || first === 0x00) return say(1, { kind: 'nothing' })
    if (first < 0x20 || first === 0x7f) return complain(1, `control byte ${hex(first)}`)
    if (first < 0x80) return asciiRun(bytes)
    return chinese ? chineseCharacter(bytes) : codePageCharacter(first, codePage)
  }

  function setCodePage(page: number): void {
    codePage = page
  }

  function setChinese(on: boolean): void {
    chinese = on
  }

  const lexer: Lexer = {
    processIdKnown: true,
    push(bytes) {
      const joined = new Uint8Array(rest.length + bytes.length)
      joined.set(rest)
      joined.set(bytes, rest.length)
      rest = joined
      const said: Lexed[] = []
      let at = 0
      while (at < rest.length) {
        const piece = pieceAt(rest.subarray(at))
        if (piece === null) break
        said.push(...piece.lexed)
        at += piece.length
      }
      rest = rest.slice(at)
      if (rest.length > COMMAND_LIMIT) {
        rest = new Uint8Array(0)
        said.push({ kind: 'complaint', about: 'a command longer than 4 MiB' })
      }
      return said
    },
    reset() {
      rest = new Uint8Array(0)
      chinese = true
      codePage = 0
    },
  }
  return lexer
}

/** DLE commands count only in full; anything else after DLE is noise. */
function realTime(bytes: Uint8Array): Piece {
  const [, command, a] = bytes
  if (command === undefined) return null
  if (command === 0x04 || command === 0x05) {
    if (a === undefined) return null
    const real: RealTime =
      command === 0x04 ? { kind: 'status', question: a } : { kind: 'enquiry', what: a }
    return { length: 3, lexed: [{ kind: 'realTime', command: real }] }
  }
  if (command !== 0x14) return complain(1, 'DLE')
  if (a === undefined) return null
  if (a !== 0x08) return bytes.length < 5 ? null : say(5, { kind: 'drawer' })
  if (bytes.length < 10) return null
  const fixed = [1, 3, 20, 1, 6, 2, 8]
  return fixed.every((value, index) => bytes[3 + index] === value)
    ? { length: 10, lexed: [{ kind: 'realTime', command: { kind: 'clearBuffer' } }] }
    : complain(10, 'DLE DC4 8')
}

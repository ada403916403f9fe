/** Commands that begin with ESC, and those of the Chinese font that begin with FS. */
import { columnImage } from './images.ts'
import { complain, hex, one, type Piece, say, several, two } from './piece.ts'

export function escapeCommand(
  bytes: Uint8Array,
  setPage: (page: number) => void,
  setChinese: (on: boolean) => void,
): Piece {
  const [, command, a, b] = bytes
  if (command === undefined) return null
  switch (String.fromCharCode(command)) {
    case '@':
      setChinese(true)
      setPage(0)
      return say(2, { kind: 'initialise' })
    case '2':
      return say(2, { kind: 'lineSpacing', dots: 30 })
    case 'i':
    case 'm':
      return say(2, { kind: 'cut', feed: false })
    case '3':
      return one(a, (n) => ({ kind: 'lineSpacing', dots: n }))
    case 'd':
      return one(a, (n) => ({ kind: 'feedLines', lines: n }))
    case 'J':
      return one(a, (n) => ({ kind: 'feedDots', dots: n }))
    case 'E':
    case 'G':
      return one(a, (n) => ({ kind: 'bold', on: (n & 1) === 1 }))
    case '-':
      return one(a, (n) => ({ kind: 'underline', dots: n % 48 }))
    case 'a':
      return one(a, (n) => ({ kind: 'align', to: alignment(n) }))
    case '!':
      return several(a, 3, (n) => [
        { kind: 'size', width: n & 0x20 ? 2 : 1, height: n & 0x10 ? 2 : 1 },
        { kind: 'bold', on: (n & 0x08) !== 0 },
        { kind: 'underline', dots: n & 0x80 ? 1 : 0 },
      ])
    case 't':
      if (a !== undefined) setPage(a)
      return one(a, () => ({ kind: 'nothing' }))
    case '$':
      return two(a, b, (n) => ({ kind: 'moveTo', dots: n }))
    case '\\':
      return two(a, b, (n) => ({ kind: 'moveBy', dots: n > 32767 ? n - 65536 : n }))
    case '*':
      return columnImage(bytes)
    case 'p':
      return bytes.length < 5 ? null : say(5, { kind: 'drawer' })
    case 'c':
      return bytes.length < 4 ? null : say(4, { kind: 'nothing' })
    case ' ':
    case '{':
    case 'M':
    case 'R':
    case 'V':
      return one(a, () => ({ kind: 'nothing' }))
    default:
      return complain(2, `ESC ${hex(command)}`)
  }
}

export function chineseCommand(bytes: Uint8Array, setChinese: (on: boolean) => void): Piece {
  const [, command, a, b] = bytes
  if (command === undefined) return null
  switch (String.fromCharCode(command)) {
    case '&':
      setChinese(true)
      return say(2, { kind: 'nothing' })
    case '.':
      setChinese(false)
      return say(2, { kind: 'nothing' })
    case 'W':
      return one(a, (n) => ({ kind: 'size', width: n & 1 ? 2 : 1, height: n & 1 ? 2 : 1 }))
    case '!':
      return several(a, 3, (n) => [
        { kind: 'size', width: n & 0x04 ? 2 : 1, height: n & 0x08 ? 2 : 1 },
        { kind: 'underline', dots: n & 0x80 ? 1 : 0 },
      ])
    case '-':
      return one(a, (n) => ({ kind: 'underline', dots: n % 48 }))
    case 'S':
      return two(a, b, () => ({ kind: 'nothing' }))
    case 'C':
      return one(a, () => ({ kind: 'nothing' }))
    case '(':
      return skipBlock(bytes)
    default:
      return complain(2, `FS ${hex(command)}`)
  }
}

/** FS ( A and its kin: font choices that this printer takes note of and does not show. */
function skipBlock(bytes: Uint8Array): Piece {
  const [, , , low, high] = bytes
  if (low === undefined || high === undefined) return null
  const length = 5 + low + high * 256
  return bytes.length < length ? null : say(length, { kind: 'nothing' })
}

function alignment(n: number): 'left' | 'centre' | 'right' {
  return n % 48 === 1 ? 'centre' : n % 48 === 2 ? 'right' : 'left'
}

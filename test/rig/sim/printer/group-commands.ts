/** Commands that begin with GS. */
import { graphicsCommand } from './graphics.ts'
import { rasterImage } from './images.ts'
import { complain, hex, one, type Piece, say, two } from './piece.ts'
import { barcodeCommand } from './symbols.ts'

export function groupSeparator(bytes: Uint8Array, processIdKnown: boolean): Piece {
  const [, command, a, b] = bytes
  if (command === undefined) return null
  switch (String.fromCharCode(command)) {
    case '!':
      return one(a, (n) => ({ kind: 'size', width: ((n >> 4) & 7) + 1, height: (n & 7) + 1 }))
    case 'B':
      return one(a, (n) => ({ kind: 'reverse', on: (n & 1) === 1 }))
    case 'L':
      return two(a, b, (n) => ({ kind: 'leftMargin', dots: n }))
    case 'W':
      return two(a, b, (n) => ({ kind: 'areaWidth', dots: n }))
    case 'a':
      return one(a, (n) => ({ kind: 'statusBack', mask: n }))
    case 'r':
      return one(a, (n) => ({ kind: 'askSensor', which: n % 48 }))
    case 'I':
      return one(a, (n) => ({ kind: 'askIdentity', which: n }))
    case 'h':
      return one(a, (n) => ({ kind: 'barcodeSetting', name: 'height', value: n }))
    case 'w':
      return one(a, (n) => ({ kind: 'barcodeSetting', name: 'module', value: n }))
    case 'H':
      return one(a, (n) => ({ kind: 'barcodeSetting', name: 'hri', value: n % 48 }))
    case 'f':
    case 'b':
      return one(a, () => ({ kind: 'nothing' }))
    case 'P':
      return two(a, b, () => ({ kind: 'nothing' }))
    case 'V':
      if (a === undefined || (a > 60 && b === undefined)) return null
      return say(a > 60 ? 4 : 3, { kind: 'cut', feed: a > 60 })
    case 'k':
      return barcodeCommand(bytes)
    case 'v':
      return rasterImage(bytes)
    case '(':
      if (a === 0x48 && !processIdKnown) return complain(3, 'GS ( H')
      return graphicsCommand(bytes, 3, 2)
    case '8':
      return graphicsCommand(bytes, 3, 4)
    default:
      return complain(2, `GS ${hex(command)}`)
  }
}

/** Commands that carry their own length: GS ( x pL pH … and GS 8 L p1 p2 p3 p4 …. */
import { graphicsImage } from './images.ts'
import { complain, hex, type Piece, say } from './piece.ts'

/** `at`: where the length stands; `size`: its bytes, least significant first. */
export function graphicsCommand(bytes: Uint8Array, at: number, size: number): Piece {
  if (bytes.length < at + size) return null
  let count = 0
  for (let index = size - 1; index >= 0; index--) count = count * 256 + (bytes[at + index] ?? 0)
  const length = at + size + count
  if (bytes.length < length) return null
  const body = bytes.subarray(at + size, length)
  const letter = String.fromCharCode(bytes[2] ?? 0)
  if (letter === 'L') return graphics(length, body)
  if (letter === 'k') return qrCode(length, body)
  if (letter === 'H') return responses(length, body)
  return say(length, { kind: 'nothing' })
}

function graphics(length: number, body: Uint8Array): Piece {
  const [, fn] = body
  if (fn === 2 || fn === 50) return say(length, { kind: 'printStoredImage' })
  if (fn !== 112) return complain(length, `GS ( L fn ${fn ?? 'missing'}`)
  const image = graphicsImage(body.subarray(2))
  return image === null
    ? complain(length, 'GS ( L fn 112 with a wrong length')
    : say(length, { kind: 'storeImage', image })
}

function qrCode(length: number, body: Uint8Array): Piece {
  const [kind, fn = 0, value = 0] = body
  if (kind !== 49) return complain(length, `GS ( k for symbol ${kind ?? 'missing'}`)
  switch (fn) {
    case 65:
      return say(length, { kind: 'nothing' })
    case 67:
      return say(length, { kind: 'qrModule', dots: value })
    case 69:
      return say(length, { kind: 'qrLevel', level: 'LMQH'[value - 48] ?? 'L' })
    case 80:
      return say(length, {
        kind: 'qrStore',
        data: new TextDecoder().decode(body.subarray(3)),
      })
    case 81:
      return say(length, { kind: 'qrPrint' })
    default:
      return complain(length, `GS ( k fn ${fn}`)
  }
}

function responses(length: number, body: Uint8Array): Piece {
  const [fn, m] = body
  if (fn !== 48 || m !== 48 || body.length !== 6)
    return complain(length, `GS ( H ${[...body].map(hex).join(' ')}`)
  return say(length, { kind: 'askProcessId', id: String.fromCharCode(...body.subarray(2)) })
}

/** Pictures dot by dot: GS v 0 (rows), GS ( L fn 112 (rows), ESC * (columns). */
import type { Bitmap } from './instruction.ts'
import { complain, hex, type Piece, say } from './piece.ts'

/** GS v 0 m xL xH yL yH d…: x in bytes, y in dots. */
export function rasterImage(bytes: Uint8Array): Piece {
  const [, , zero, mode, xLow, xHigh, yLow, yHigh] = bytes
  if (zero === undefined) return null
  if (zero !== 0x30) return complain(3, `GS v ${hex(zero)}`)
  if (mode === undefined || xLow === undefined || xHigh === undefined) return null
  if (yLow === undefined || yHigh === undefined) return null
  const stride = xLow + xHigh * 256
  const height = yLow + yHigh * 256
  const length = 8 + stride * height
  if (bytes.length < length) return null
  const image: Bitmap = {
    width: stride * 8,
    height,
    rows: bytes.slice(8, length),
    scaleX: mode & 1 ? 2 : 1,
    scaleY: mode & 2 ? 2 : 1,
  }
  return say(length, { kind: 'image', image, inline: false })
}

/** The body of GS ( L fn 112 behind its function code: a bx by c xL xH yL yH d…, x and y in dots. Null when it is cut short. */
export function graphicsImage(body: Uint8Array): Bitmap | null {
  const [, scaleX = 1, scaleY = 1, , xLow = 0, xHigh = 0, yLow = 0, yHigh = 0] = body
  const width = xLow + xHigh * 256
  const height = yLow + yHigh * 256
  const rows = body.slice(8)
  return rows.length === Math.ceil(width / 8) * height
    ? { width, height, rows, scaleX, scaleY }
    : null
}

/** ESC * m nL nH d…: columns of 8 or 24 dots, top first, within the text line. */
export function columnImage(bytes: Uint8Array): Piece {
  const [, , mode, low, high] = bytes
  if (mode === undefined || low === undefined || high === undefined) return null
  if (mode !== 0 && mode !== 1 && mode !== 32 && mode !== 33)
    return complain(3, `ESC * ${hex(mode)}`)
  const columns = low + high * 256
  const perColumn = mode < 32 ? 1 : 3
  const length = 5 + columns * perColumn
  if (bytes.length < length) return null
  const image: Bitmap = {
    width: columns,
    height: perColumn * 8,
    rows: turned(bytes.subarray(5, length), columns, perColumn),
    scaleX: mode % 2 === 0 ? 2 : 1,
    scaleY: mode < 32 ? 3 : 1,
  }
  return say(length, { kind: 'image', image, inline: true })
}

/** Column bytes as row bytes. */
function turned(data: Uint8Array, columns: number, perColumn: number): Uint8Array {
  const stride = Math.ceil(columns / 8)
  const rows = new Uint8Array(stride * perColumn * 8)
  for (let column = 0; column < columns; column++)
    for (let dot = 0; dot < perColumn * 8; dot++) {
      const byte = data[column * perColumn + (dot >> 3)] ?? 0
      if ((byte >> (7 - (dot & 7))) & 1) {
        const at = dot * stride + (column >> 3)
        rows[at] = (rows[at] ?? 0) | (0x80 >> (column & 7))
      }
    }
  return rows
}

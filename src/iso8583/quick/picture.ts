/**
 * All values of a message cut out of one text. Asking the platform for a text costs as much as ten short values, so it is asked once: each
 * byte of the message has two characters of the picture, at twice its own place, and shows its hex digits or itself.
 */
import { CODE_PAIRS } from '../characters/hex-digits.ts'
import { type Marks, offsetOf, type Place, unitsOf, valueOffset } from './shape.ts'

/** Messages up to here, in bytes, are drawn; longer ones are rare, and read value by value. */
const MOST_BYTES = 1024

export type Easel = {
  /**
   * The picture of these places, ascending; what stands between them means nothing. Null when the message is too long, or when a text
   * has other characters than ASCII.
   */
  readonly draw: (wire: Uint8Array, places: readonly Place[], marks: Marks) => string | null
}

/** Room for one picture, wiped after use: it may have held card data. Keeps nothing between calls. */
export function createEasel(): Easel {
  const decoder = new TextDecoder()
  const room = new Uint16Array(MOST_BYTES)
  const characters = new Uint8Array(room.buffer)
  let canvas = characters

  /** False when a text is no ASCII. */
  function paint(wire: Uint8Array, places: readonly Place[], marks: Marks): boolean {
    let hexFrom = 0
    let hexEnd = 0
    for (let index = 0; index < places.length; index++) {
      const place = places[index]
      if (place === undefined) break
      const from = valueOffset(place, marks)
      const end = from + ((unitsOf(place, marks) * place.nibbles + 1) >> 1)
      if (place.look === 'ascii') {
        if (!paintAscii(wire, from, end)) return false
      } else if (place.look === 'hex') {
        // Neighbours are painted at one go, and the length prefixes between them with them.
        const begin = offsetOf(place, marks)
        if (begin !== hexEnd) {
          paintHex(wire, hexFrom, hexEnd)
          hexFrom = begin
        }
        hexEnd = end
      }
    }
    paintHex(wire, hexFrom, hexEnd)
    return true
  }

  function paintHex(wire: Uint8Array, from: number, end: number): void {
    for (let at = from; at < end; at++) room[at] = CODE_PAIRS[wire[at] ?? 0] ?? 0
  }

  function paintAscii(wire: Uint8Array, from: number, end: number): boolean {
    let seen = 0
    for (let at = from, to = from * 2; at < end; at++, to++) {
      const byte = wire[at] ?? 0
      seen |= byte
      characters[to] = byte
    }
    return seen < 0x80
  }

  return {
    draw(wire, places, marks) {
      if (wire.length > MOST_BYTES) return null
      if (canvas.length !== wire.length * 2) canvas = characters.subarray(0, wire.length * 2)
      const picture = paint(wire, places, marks) ? decoder.decode(canvas) : null
      canvas.fill(0)
      return picture
    },
  }
}

/** The value of a place in the picture. Only for places with a look. */
export function cut(picture: string, place: Place, marks: Marks): string {
  const units = unitsOf(place, marks)
  const from = valueOffset(place, marks) * 2 + (units & place.fillers)
  return picture.substring(from, from + units * place.charactersPerUnit)
}

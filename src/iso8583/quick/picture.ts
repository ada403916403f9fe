/**
 * All values of a message cut out of one text. Asking the platform for a text costs as much as ten short values, so it is asked once: the
 * message is the text, and when many of its values are hex digits, these stand in front of it.
 */
import { CODE_PAIRS } from '../characters/hex-digits.ts'
import { latin1Text } from '../characters/latin1.ts'
import { type Marks, type Place, textOf, unitsOf, valueOffset } from './place.ts'
import type { Shape } from './shape.ts'

/** Messages up to here, in bytes, are drawn; longer ones are rare, and read value by value. */
const MOST_BYTES = 1024
/** Up to so many values of hex digits are made one by one in less time than it takes to paint them. */
const FEW_HEX = 4

type Fields = Record<number, string>

/** What `scan` found good. */
type Scanned = { readonly shape: Shape; readonly marks: Marks }

export type Easel = {
  /** Puts the value of every place of the message into `fields`, by its number. False, with nothing put, when the message is too long. */
  readonly draw: (wire: Uint8Array, message: Scanned, fields: Fields) => boolean
}

/** Room for the pictures of messages with many hex digits, wiped after use: it may have held card data. Keeps nothing between calls. */
export function createEasel(): Easel {
  const canvas = new Uint8Array(MOST_BYTES * 3)
  const pairs = new Uint16Array(canvas.buffer)
  const view = Buffer.from(canvas.buffer)

  /** Hex digits first, then the message. Gives the place of the message in the picture too. */
  function paint(wire: Uint8Array, hex: readonly Place[], marks: Marks): number {
    let pair = 0
    for (let index = 0; index < hex.length; index++) {
      const place = hex[index]
      if (place === undefined) break
      const from = valueOffset(place, marks)
      const end = from + bytesIn(place, marks)
      for (let at = from; at < end; at++) pairs[pair++] = CODE_PAIRS[wire[at] ?? 0] ?? 0
    }
    canvas.set(wire, pair * 2)
    return pair * 2
  }

  return {
    draw(wire, message, fields) {
      const { hex, others } = message.shape
      const { marks } = message
      if (wire.length > MOST_BYTES) return false
      if (hex.length <= FEW_HEX) {
        cutPlain(latin1Text(wire), 0, message, fields)
        makeEach(wire, hex, marks, fields)
      } else {
        const from = paint(wire, hex, marks)
        const end = from + wire.length
        const picture = view.toString('latin1', 0, end)
        canvas.fill(0, 0, end)
        cutPlain(picture, from, message, fields)
        cutHex(picture, message, fields)
      }
      makeEach(wire, others, marks, fields)
      return true
    },
  }
}

function bytesIn(place: Place, marks: Marks): number {
  return (unitsOf(place, marks) * place.nibbles + 1) >> 1
}

/** The values that are characters of the wire. `from`: where the message begins in the picture. */
function cutPlain(
  picture: string,
  from: number,
  { marks, shape: { plain } }: Scanned,
  fields: Fields,
): void {
  for (let index = 0; index < plain.length; index++) {
    const place = plain[index]
    if (place === undefined) break
    const begin = from + valueOffset(place, marks)
    fields[place.number] = picture.substring(begin, begin + unitsOf(place, marks))
  }
}

/** The values that are hex digits, one behind the other from the first character on. */
function cutHex(picture: string, { marks, shape: { hex } }: Scanned, fields: Fields): void {
  let from = 0
  for (let index = 0; index < hex.length; index++) {
    const place = hex[index]
    if (place === undefined) break
    const units = unitsOf(place, marks)
    const begin = from + (units & place.fillers)
    fields[place.number] = picture.substring(begin, begin + units * place.charactersPerUnit)
    from += bytesIn(place, marks) * 2
  }
}

function makeEach(wire: Uint8Array, places: readonly Place[], marks: Marks, fields: Fields): void {
  for (let index = 0; index < places.length; index++) {
    const place = places[index]
    if (place === undefined) break
    fields[place.number] = textOf(place, wire, marks)
  }
}

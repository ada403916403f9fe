/**
 * All values of a message cut out of one text. Asking the platform for a text costs as much as ten short values, so it is asked once: runs of
 * neighbours are laid one behind the other, characters as they are and all else as hex digits.
 */
import { CODE_PAIRS } from '../characters/hex-digits.ts'
import { type Marks, unitsOf, valueOffset } from './place.ts'
import type { Run } from './runs.ts'

/** Messages up to here, in bytes, are drawn; longer ones are rare, and read value by value. */
const MOST_BYTES = 1024
/** A byte of the message takes two characters at most; so does the step to an even place in front of a run. */
const STAGE = MOST_BYTES * 4

export type Easel = {
  /**
   * Puts the value of every place of `runs` into `fields`, by its number. False, with nothing put, when the message is too long, or when a
   * text has other characters than ASCII.
   */
  readonly draw: (
    wire: Uint8Array,
    { runs, marks }: { readonly runs: readonly Run[]; readonly marks: Marks },
    fields: Record<number, string>,
  ) => boolean
}

/** Room for one picture, wiped after use: it may have held card data. Keeps nothing between calls. */
export function createEasel(): Easel {
  const decoder = new TextDecoder()
  const characters = new Uint8Array(STAGE + MOST_BYTES)
  const pairs = new Uint16Array(characters.buffer)
  /** By run: what to add to the place of its bytes in the picture. */
  const shifts: number[] = []
  let canvas = characters

  /** Gives the characters of the picture. */
  function paint(wire: Uint8Array, runs: readonly Run[], marks: Marks): number {
    characters.set(wire, STAGE)
    let to = 0
    for (let index = 0; index < runs.length; index++) {
      const run = runs[index]
      if (run === undefined) break
      const from = (marks[run.from] ?? 0) + run.distance
      const end = (marks[run.endFrom] ?? 0) + run.endDistance
      if (run.scale === 1) {
        shifts[index] = to - from
        characters.copyWithin(to, STAGE + from, STAGE + end)
        to += end - from
      } else {
        let pair = (to + 1) >> 1
        shifts[index] = (pair - from) * 2
        for (let at = from; at < end; at++) pairs[pair++] = CODE_PAIRS[wire[at] ?? 0] ?? 0
        to = pair * 2
      }
    }
    characters.fill(0, STAGE, STAGE + wire.length)
    return to
  }

  return {
    draw(wire, { runs, marks }, fields) {
      if (wire.length > MOST_BYTES) return false
      const length = paint(wire, runs, marks)
      if (canvas.length !== length) canvas = characters.subarray(0, length)
      const picture = decoder.decode(canvas)
      canvas.fill(0)
      if (picture.length !== length || picture.includes(NO_CHARACTER)) return false
      for (let index = 0; index < runs.length; index++) {
        const run = runs[index]
        if (run === undefined) break
        cutAll(picture, { run, marks, shift: shifts[index] ?? 0 }, fields)
      }
      return true
    },
  }
}

/** What the decoder puts where bytes are no UTF-8. Those that are, and are not ASCII, make the text shorter than its bytes. */
const NO_CHARACTER = '\uFFFD'

type Cutting = { readonly run: Run; readonly marks: Marks; readonly shift: number }

function cutAll(
  picture: string,
  { run: { places, scale }, marks, shift }: Cutting,
  fields: Record<number, string>,
): void {
  for (let index = 0; index < places.length; index++) {
    const place = places[index]
    if (place === undefined) break
    const units = unitsOf(place, marks)
    const from = valueOffset(place, marks) * scale + shift + (units & place.fillers)
    fields[place.number] = picture.substring(from, from + units * place.charactersPerUnit)
  }
}

/**
 * A message that was read and found good. It is a view of the bytes that were given: a value is made when it is asked for, so that a card
 * number that nobody asks for never leaves them. Printing a view, or spreading it, gives the MTI only.
 */
import type { Easel } from './quick/picture.ts'
import { type Marks, offsetOf, type Place, textOf, unitsOf, valueOffset } from './quick/place.ts'
import type { Shape } from './quick/shape.ts'

/** What is known of a message besides its bytes. */
export type Reading = {
  readonly shape: Shape
  readonly marks: Marks
  readonly asBytes: readonly string[]
  /** Null: the message was not found good at one look, and is read value by value. */
  readonly easel: Easel | null
}

export class MessageView {
  readonly mti: string
  readonly #wire: Uint8Array
  readonly #reading: Reading
  #fields: Readonly<Record<string, string>> | null = null
  #bytes: Readonly<Record<string, Uint8Array>> | null = null

  constructor(wire: Uint8Array, reading: Reading) {
    this.mti = reading.shape.mti
    this.#wire = wire
    this.#reading = reading
  }

  /** Made at the first call, and then kept. */
  get fields(): Readonly<Record<string, string>> {
    if (this.#fields !== null) return this.#fields
    const reading = this.#reading
    const { asBytes, easel, shape } = reading
    const fields = { ...shape.noFields }
    const drawn = asBytes.length === 0 && easel?.draw(this.#wire, reading, fields)
    if (drawn !== true) {
      for (const key of asBytes) delete fields[key]
      for (const place of shape.places) {
        if (this.#isText(place)) fields[place.number] = this.#text(place)
      }
    }
    this.#fields = fields
    return fields
  }

  /** Made at the first call, and then kept. */
  get bytes(): Readonly<Record<string, Uint8Array>> {
    if (this.#bytes !== null) return this.#bytes
    const bytes: Record<string, Uint8Array> = {}
    for (const place of this.#reading.shape.places) {
      if (!this.#isText(place)) bytes[place.key] = this.#copy(place)
    }
    this.#bytes = bytes
    return bytes
  }

  /** Offset of the first byte of each field, length prefix included. */
  get offsets(): Readonly<Record<string, number>> {
    const offsets: Record<string, number> = {}
    const { marks, shape } = this.#reading
    for (const place of shape.places) offsets[place.key] = offsetOf(place, marks)
    return offsets
  }

  /** The value of one field, quicker than out of `fields`. Undefined when the message does not have it, or when it was asked for as bytes. */
  get(field: number): string | undefined {
    const place = this.#reading.shape.byNumber[field]
    return place !== undefined && this.#isText(place) ? this.#text(place) : undefined
  }

  #isText({ key }: Place): boolean {
    const { asBytes } = this.#reading
    return asBytes.length === 0 || !asBytes.includes(key)
  }

  #text(place: Place): string {
    const { marks } = this.#reading
    return textOf(place, this.#wire, marks)
  }

  #copy(place: Place): Uint8Array {
    const { marks } = this.#reading
    return place.content.copy(this.#wire, valueOffset(place, marks), unitsOf(place, marks))
  }
}

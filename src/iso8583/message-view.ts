/**
 * A message that was read and found good. It is a view of the bytes that were given: a value is made when it is asked for, so that a card
 * number that nobody asks for never leaves them. Printing a view, or spreading it, gives the MTI only.
 */
import type { Marks, Place, Shape } from './quick/shape.ts'

export class MessageView {
  readonly mti: string
  readonly #shape: Shape
  readonly #wire: Uint8Array
  readonly #marks: Marks
  readonly #asBytes: readonly string[]
  #fields: Readonly<Record<string, string>> | null = null
  #bytes: Readonly<Record<string, Uint8Array>> | null = null

  constructor(
    shape: Shape,
    wire: Uint8Array,
    { marks, asBytes }: { readonly marks: Marks; readonly asBytes: readonly string[] },
  ) {
    this.mti = shape.mti
    this.#shape = shape
    this.#wire = wire
    this.#marks = marks
    this.#asBytes = asBytes
  }

  /** Made at the first call, and then kept. */
  get fields(): Readonly<Record<string, string>> {
    if (this.#fields !== null) return this.#fields
    const fields = { ...this.#shape.noFields }
    for (const place of this.#shape.places) {
      if (this.#isText(place)) fields[place.number] = this.#text(place)
      else delete fields[place.key]
    }
    this.#fields = fields
    return fields
  }

  /** Made at the first call, and then kept. */
  get bytes(): Readonly<Record<string, Uint8Array>> {
    if (this.#bytes !== null) return this.#bytes
    const bytes: Record<string, Uint8Array> = {}
    for (const place of this.#shape.places) {
      if (!this.#isText(place)) bytes[place.key] = this.#copy(place)
    }
    this.#bytes = bytes
    return bytes
  }

  /** Offset of the first byte of each field, length prefix included. */
  get offsets(): Readonly<Record<string, number>> {
    const offsets: Record<string, number> = {}
    for (const place of this.#shape.places) offsets[place.key] = offsetOf(place, this.#marks)
    return offsets
  }

  /** The value of one field, quicker than out of `fields`. Undefined when the message does not have it, or when it was asked for as bytes. */
  get(field: number): string | undefined {
    const place = this.#shape.placeOf[field]
    return place !== undefined && this.#isText(place) ? this.#text(place) : undefined
  }

  #isText({ key }: Place): boolean {
    return this.#asBytes.length === 0 || !this.#asBytes.includes(key)
  }

  #text(place: Place): string {
    const { content, prefix, length } = place.codec
    const offset = offsetOf(place, this.#marks)
    if (prefix === null) return content.text(this.#wire, offset, length)
    return content.text(this.#wire, offset + prefix.size, this.#marks[place.from + 1] ?? 0)
  }

  #copy(place: Place): Uint8Array {
    const { content, prefix, length } = place.codec
    const offset = offsetOf(place, this.#marks)
    if (prefix === null) return content.copy(this.#wire, offset, length)
    return content.copy(this.#wire, offset + prefix.size, this.#marks[place.from + 1] ?? 0)
  }
}

/** Where a field begins, its length prefix included. */
export function offsetOf({ from, distance }: Place, marks: Marks): number {
  return (marks[from] ?? 0) + distance
}

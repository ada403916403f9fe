/** Where the fields of a message stand: counted from the last field of variable length in front of them. */
import type { Content, QuickContent } from '../cursor.ts'
import type { FieldCodec } from '../field.ts'

/** A field and where to find it. */
export type Place = {
  readonly number: number
  readonly key: string
  readonly content: Content
  /** The mark that the place is counted from: the end of the last field of variable length, or the begin of the message. */
  readonly from: number
  /** Bytes behind that mark to the field, and to its value. */
  readonly distance: number
  readonly valueDistance: number
  /** Units when fixed; -1 when variable: then they stand behind the mark. */
  readonly units: number
  /** As its content says in `quick`; null also without that. */
  readonly look: QuickContent['look']
  readonly nibbles: number
  readonly charactersPerUnit: number
  /** 1: of an odd number of digits the first one has a filler in front. */
  readonly fillers: 0 | 1
}

/** Where a field begins, its length prefix included. */
export function offsetOf({ from, distance }: Place, marks: Marks): number {
  return (marks[from] ?? 0) + distance
}

/** Where the value of a field begins, behind its length prefix. */
export function valueOffset({ from, valueDistance }: Place, marks: Marks): number {
  return (marks[from] ?? 0) + valueDistance
}

export function unitsOf({ from, units }: Place, marks: Marks): number {
  return units < 0 ? (marks[from + 1] ?? 0) : units
}

/** The value of a field. */
export function textOf(place: Place, wire: Uint8Array, marks: Marks): string {
  return place.content.text(wire, valueOffset(place, marks), unitsOf(place, marks))
}

/**
 * Marks of one message, two per field of variable length: its units, and the offset of its end; in front of them a 0, where the message begins.
 * The place of every other field follows from them.
 */
export type Marks = number[]

/** Of a field that begins `distance` behind the mark `from`. */
export function placeOf(
  number: number,
  { content, length, prefix }: FieldCodec,
  { from, distance }: Pick<Place, 'from' | 'distance'>,
): Place {
  const { quick, charactersPerUnit } = content
  return {
    number,
    key: String(number),
    content,
    from,
    distance,
    valueDistance: distance + (prefix?.size ?? 0),
    units: prefix === null ? length : -1,
    look: quick?.look ?? null,
    nibbles: quick?.nibbles ?? 0,
    charactersPerUnit,
    fillers: quick?.odd?.place === 'first' ? 1 : 0,
  }
}

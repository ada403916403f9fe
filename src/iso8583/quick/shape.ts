/**
 * A shape is everything that the MTI and the bitmap of a message tell about its bytes: which fields stand in it, which of them have a fixed place,
 * and which bytes may stand where. It is worked out once and then serves all messages with the same head.
 */

import { isContinuation, isMacField } from '../bitmap.ts'
import type { QuickContent } from '../cursor.ts'
import type { FieldCodec } from '../field.ts'
import type { Prefix } from '../prefix.ts'
import type { Alphabet } from './alphabet.ts'
import { type Marks, type Place, placeOf } from './place.ts'

/** Neighbouring bytes that are checked against one alphabet, each a unit of its own; or one field of variable length. */
export type Stretch = Pick<QuickContent, 'nibbles' | 'alphabet' | 'odd'> & {
  readonly prefix: Prefix | null
  /** Exact without prefix, otherwise the maximum. */
  readonly units: number
}

export type Shape = {
  /** MTI and bitmap as they stand on the wire. */
  readonly head: Uint8Array
  readonly mti: string
  readonly places: readonly Place[]
  readonly byNumber: readonly (Place | undefined)[]
  /** The places by their looks: characters of the wire, its hex digits, and those that only their content can read. */
  readonly plain: readonly Place[]
  readonly hex: readonly Place[]
  readonly others: readonly Place[]
  /** DE 64 or DE 128, whichever comes last. */
  readonly mac: Place | null
  /** To be copied and filled: a copy costs a tenth of a record that grows field by field. */
  readonly noMarks: Marks
  readonly noFields: Readonly<Record<string, string>>
  /** Null: some field can only be checked alone. */
  readonly stretches: readonly Stretch[] | null
}

/** Field numbers that a bitmap names, ascending. `words` are 32 bits each, first field in the highest bit. */
export function fieldsOf(words: readonly number[], lastField: number): readonly number[] {
  return words.flatMap((word, index) =>
    Array.from({ length: 32 }, (_, bit) => index * 32 + bit + 1).filter(
      (number) =>
        (word & (0x80000000 >>> ((number - 1) & 31))) !== 0 && !isContinuation(number, lastField),
    ),
  )
}

type Head = { readonly bytes: Uint8Array; readonly mti: string }

/** The shape of messages that begin with this head and have these fields. */
export function shapeOf(head: Head, codecs: readonly (readonly [number, FieldCodec])[]): Shape {
  const places: Place[] = []
  const noMarks: Marks = [0]
  let from = 0
  let distance = head.bytes.length
  for (const [number, codec] of codecs) {
    places.push(placeOf(number, codec, { from, distance }))
    if (codec.prefix === null) distance += codec.content.wireBytes(codec.length)
    else {
      noMarks.push(0, 0)
      from += 2
      distance = 0
    }
  }
  const noFields: Record<string, string> = {}
  const byNumber: (Place | undefined)[] = Array.from({ length: (codecs.at(-1)?.[0] ?? 0) + 1 })
  for (const place of places) {
    byNumber[place.number] = place
    noFields[place.key] = ''
  }
  return {
    head: head.bytes,
    mti: head.mti,
    places,
    byNumber,
    plain: places.filter(({ look }) => look === 'latin1'),
    hex: places.filter(({ look }) => look === 'hex'),
    others: places.filter(({ look }) => look === null),
    mac: places.findLast(({ number }) => isMacField(number)) ?? null,
    noMarks,
    noFields,
    stretches: stretchesOf(codecs),
  }
}

/** Null when a field cannot say what it takes, or its prefix counts anything but units. */
function stretchesOf(
  codecs: readonly (readonly [number, FieldCodec])[],
): readonly Stretch[] | null {
  const stretches: Stretch[] = []
  const add = (alphabet: Alphabet, bytes: number): void => {
    const last = stretches.at(-1)
    const joins = last?.prefix === null && last.alphabet === alphabet
    const units = joins ? last.units + bytes : bytes
    if (joins) stretches.pop()
    if (units > 0) stretches.push({ prefix: null, units, nibbles: 2, alphabet, odd: null })
  }
  for (const [, codec] of codecs) {
    const { content, prefix, length } = codec
    const { quick, wireBytes } = content
    if (quick === null || codec.count !== 'units') return null
    const { alphabet, nibbles, odd } = quick
    if (prefix !== null) stretches.push({ prefix, units: length, nibbles, alphabet, odd })
    else if (odd === null || (length & 1) === 0) add(alphabet, wireBytes(length))
    else if (odd.place === 'first') {
      add(odd.alphabet, 1)
      add(alphabet, wireBytes(length) - 1)
    } else {
      add(alphabet, wireBytes(length) - 1)
      add(odd.alphabet, 1)
    }
  }
  return stretches
}

/**
 * The npm package iso_8583. It knows ASCII only, writes binary fields as lower-case hex, and always writes a second bitmap even when no
 * field needs one: both are put right before results are compared, and cost nothing of its time.
 */
import Iso8583 from 'iso_8583'
import type { Contestant, Sample } from './contestant.ts'

/** Its own table has half a MAC in field 64. */
const FORMATS = { 64: { ContentType: 'b', Label: 'MAC', LenType: 'fixed', MaxLen: 16 } } as const
const BINARY_FIELDS = ['52', '64']
const BITMAP_START = 4
const SECOND_BITMAP_START = 12
const SECOND_BITMAP_END = 20

/** For message A only. */
export function isoUnderscore8583({ mti, fields, bytes }: Sample): Contestant {
  const buffer = Buffer.from(bytes)
  const numbers = Object.keys(fields)

  function unpack(): Record<string, string> {
    return new Iso8583(null, FORMATS).getIsoJSON(buffer, { lenHeader: false })
  }

  function pack(): Buffer {
    const packed = new Iso8583({ 0: mti, ...fields }, FORMATS).getRawMessage()
    if ('error' in packed) throw new Error(packed.error)
    return packed
  }

  return {
    name: 'iso_8583',
    unpack,
    unpackAndReadAll() {
      const message = unpack()
      let sum = message['0']?.length ?? 0
      for (const number of numbers) sum += message[number]?.length ?? 0
      return sum
    },
    pack,
    values() {
      const { 0: _, ...values } = unpack()
      for (const number of BINARY_FIELDS) values[number] = values[number]?.toUpperCase() ?? ''
      return values
    },
    packed() {
      const packed = pack()
      const first = Buffer.from(packed.subarray(0, SECOND_BITMAP_START))
      first[BITMAP_START] = (first[BITMAP_START] ?? 0) & 0x7f
      return Buffer.concat([first, packed.subarray(SECOND_BITMAP_END)])
    },
  }
}

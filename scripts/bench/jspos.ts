/** The npm package jspos, a translation of jPOS: field by field from its own classes, A from IFA_…, B from IFB_…. */
import jspos, { type Message } from 'jspos'
import { type Contestant, hex, type Sample } from './contestant.ts'

type Field = readonly [number: number, kind: string, length: number, leftPadded?: boolean]

/** Text and raw bytes stand alike in A and B. */
const BOTH: readonly Field[] = [
  [1, 'IFB_BITMAP', 8],
  [41, 'IF_CHAR', 8],
  [42, 'IF_CHAR', 15],
  [49, 'IF_CHAR', 3],
  [52, 'IFB_BINARY', 8],
  [64, 'IFB_BINARY', 8],
]

const FIXED_DIGITS: readonly Field[] = [
  [0, 'NUMERIC', 4],
  [3, 'NUMERIC', 6],
  [4, 'NUMERIC', 12],
  [11, 'NUMERIC', 6],
  [12, 'NUMERIC', 6],
  [13, 'NUMERIC', 4],
  [14, 'NUMERIC', 4],
  [22, 'NUMERIC', 3, false],
  [23, 'NUMERIC', 3],
  [25, 'NUMERIC', 2],
]

const VARIABLE: Readonly<Record<'A' | 'B', readonly Field[]>> = {
  A: [
    [2, 'IFA_LLNUM', 19],
    [55, 'IFA_LLLCHAR', 999],
    [60, 'IFA_LLLCHAR', 999],
    [62, 'IFA_LLLCHAR', 999],
  ],
  B: [
    [2, 'IFB_LLNUM', 19, false],
    [55, 'IFB_LLLBINARY', 999],
    [60, 'IFB_LLLNUM', 30, false],
    [62, 'IFB_LLLCHAR', 999],
  ],
}

/** Fields are read as it gives them, binary ones as arrays of numbers. */
export function jsPos(form: 'A' | 'B', { mti, fields, bytes }: Sample): Contestant {
  const packager = new jspos.ISOBasePackager()
  packager.setFieldPackager(fieldPackagers(form))
  const entries = Object.entries(fields).map(([number, value]) => ({
    number: Number(number),
    value,
  }))

  function unpack(): Message {
    const message = packager.createISOMsg()
    message.unpack(bytes)
    return message
  }

  function pack(): number[] {
    const message = packager.createISOMsg()
    message.setMTI(mti)
    for (const { number, value } of entries) message.setField(number, value)
    return message.pack()
  }

  return {
    name: 'jspos',
    unpack,
    unpackAndReadAll() {
      const message = unpack()
      let sum = message.getValue(0).length
      for (const { number } of entries) sum += message.getValue(number).length
      return sum
    },
    pack,
    values() {
      const message = unpack()
      const value = (number: number): string => {
        const read = message.getValue(number)
        return typeof read === 'string' ? read : hex(read)
      }
      return Object.fromEntries(entries.map(({ number }) => [number, value(number)]))
    },
    packed: () => Uint8Array.from(pack()),
  }
}

function fieldPackagers(form: 'A' | 'B') {
  const digits = FIXED_DIGITS.map(
    ([number, kind, length, left]): Field => [number, `IF${form}_${kind}`, length, left ?? true],
  )
  const packagers: ReturnType<typeof fieldPackager>[] = Array.from({ length: 65 })
  for (const field of [...BOTH, ...digits, ...VARIABLE[form]]) {
    packagers[field[0]] = fieldPackager(field)
  }
  return packagers
}

function fieldPackager([number, kind, length, left]: Field) {
  const FieldClass = jspos.packer[kind]
  if (FieldClass === undefined) throw new Error(`jspos has no ${kind}`)
  return new FieldClass(length, `field ${number}`, left)
}

/** The field formats of the UnionPay terminal dialect, as the host knows them; written apart from the terminal's table so that a mistake shows. */

export type FieldFormat = {
  /** n = BCD digits, z = BCD track nibbles, a = text, b = raw bytes (as hex in a message). */
  readonly kind: 'n' | 'z' | 'a' | 'b'
  /** 0 = fixed; 1 or 2 = that many BCD length bytes in front. */
  readonly prefix: 0 | 1 | 2
  /** Digits (n, z) or bytes (a, b): exact when fixed, else the most. */
  readonly size: number
  /** Where the digits stand when a fixed field has an odd count. */
  readonly align: 'left' | 'right'
}

const MAX_LLL = 999

/** DE number → format; absent = this host does not know the field and refuses the message. */
export const FIELD_TABLE: ReadonlyMap<number, FieldFormat> = new Map([
  [2, digits(1, 19)],
  [3, digits(0, 6)],
  [4, digits(0, 12)],
  [11, digits(0, 6)],
  [12, digits(0, 6)],
  [13, digits(0, 4)],
  [14, digits(0, 4)],
  [15, digits(0, 4)],
  [22, { ...digits(0, 3), align: 'left' }],
  [23, digits(0, 3)],
  [25, digits(0, 2)],
  [26, digits(0, 2)],
  [32, digits(1, 11)],
  [35, track(1, 37)],
  [36, track(2, 104)],
  [37, text(0, 12)],
  [38, text(0, 6)],
  [39, text(0, 2)],
  [41, text(0, 8)],
  [42, text(0, 15)],
  [44, text(1, 99)],
  [46, text(2, MAX_LLL)],
  [47, text(2, MAX_LLL)],
  [48, digits(2, 322)],
  [49, text(0, 3)],
  [52, binary(0, 8)],
  [53, digits(0, 16)],
  [54, text(2, 20)],
  [55, binary(2, MAX_LLL)],
  [56, text(2, MAX_LLL)],
  [57, text(2, MAX_LLL)],
  [58, text(2, MAX_LLL)],
  [59, text(2, MAX_LLL)],
  [60, digits(2, 30)],
  [61, digits(2, 29)],
  [62, binary(2, MAX_LLL)],
  [63, text(2, MAX_LLL)],
  [64, binary(0, 8)],
])

function digits(prefix: 0 | 1 | 2, size: number): FieldFormat {
  return { kind: 'n', prefix, size, align: prefix === 0 ? 'right' : 'left' }
}

function track(prefix: 1 | 2, size: number): FieldFormat {
  return { kind: 'z', prefix, size, align: 'left' }
}

function text(prefix: 0 | 1 | 2, size: number): FieldFormat {
  return { kind: 'a', prefix, size, align: 'left' }
}

function binary(prefix: 0 | 2, size: number): FieldFormat {
  return { kind: 'b', prefix, size, align: 'left' }
}

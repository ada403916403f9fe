/** One piece of the byte stream, understood or not, and the few ways in which most commands are built. */
import type { Instruction, RealTime } from './instruction.ts'

export type Lexed =
  | { readonly kind: 'instruction'; readonly instruction: Instruction }
  | { readonly kind: 'realTime'; readonly command: RealTime }
  | { readonly kind: 'complaint'; readonly about: string }

/** What was understood at some place: how many bytes, and what they say. Null: the rest has not come yet. */
export type Piece = { readonly length: number; readonly lexed: readonly Lexed[] } | null

/** A command of three bytes. */
export function one(a: number | undefined, make: (n: number) => Instruction): Piece {
  return a === undefined ? null : say(3, make(a))
}

export function several(
  a: number | undefined,
  length: number,
  make: (n: number) => Instruction[],
): Piece {
  if (a === undefined) return null
  return { length, lexed: make(a).map((instruction) => ({ kind: 'instruction', instruction })) }
}

export function two(
  a: number | undefined,
  b: number | undefined,
  make: (n: number) => Instruction,
): Piece {
  return a === undefined || b === undefined ? null : say(4, make(a + b * 256))
}

export function say(length: number, instruction: Instruction): Piece {
  return { length, lexed: [{ kind: 'instruction', instruction }] }
}

export function complain(length: number, about: string): Piece {
  return { length, lexed: [{ kind: 'complaint', about }] }
}

export function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}

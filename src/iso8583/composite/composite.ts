/**
 * The inner structure of a field. A field keeps its flat value whatever stands inside; splitting it is asked for, so that a host's sloppy
 * private field never makes a whole answer unreadable.
 */
import type { FlatValue } from '../cursor.ts'
import type { CodecError, FaultCode } from '../fault.ts'

/** Parts keep their order and may repeat (71 and 72 of an answer do); values are as for fields. */
export type Part = { readonly id: string; readonly value: string | readonly Part[] }

export type SplitResult =
  | { readonly ok: true; readonly parts: readonly Part[] }
  /** `offset` counts from the start of the value: characters of slices, bytes of everything else. */
  | { readonly ok: false; readonly error: CodecError }

export type JoinResult =
  | { readonly ok: true; readonly value: FlatValue }
  | { readonly ok: false; readonly error: CodecError }

export type CompositeCodec = {
  /** Cuts a flat value into its parts. Never throws. */
  readonly split: (value: FlatValue) => SplitResult
  /** Puts parts together to a flat value. Never throws. */
  readonly join: (parts: readonly Part[]) => JoinResult
}

/** A field has at most 999 bytes on most networks; more parts than this are hostile or a mistake. */
export const MAX_PARTS = 1024

/** Deeper parts than any message has are hostile or a circle. */
const MAX_DEPTH = 16

/** Whether what a caller without types gave has the shape of parts, all the way down. */
export function areParts(given: unknown, depth = 0): given is readonly Part[] {
  return Array.isArray(given) && depth < MAX_DEPTH && [...given].every((one) => isPart(one, depth))
}

function isPart(given: unknown, depth: number): boolean {
  if (typeof given !== 'object' || given === null) return false
  const { id, value }: { readonly id?: unknown; readonly value?: unknown } = given
  return typeof id === 'string' && (typeof value === 'string' || areParts(value, depth + 1))
}

/** A fault of one part, for `split` and `join`. */
export function partFault(
  code: FaultCode,
  path: readonly string[],
  at: { readonly offset: number; readonly need?: number; readonly have?: number },
): { readonly ok: false; readonly error: CodecError } {
  const { offset, need = 0, have = 0 } = at
  return { ok: false, error: { code, path, offset, need, have } }
}

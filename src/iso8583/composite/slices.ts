/** A flat value cut into pieces of known width: DE 60 is type 2, batch 6, management code 3 … with trailing pieces left off. */
import {
  type CompositeCodec,
  type JoinResult,
  type Part,
  partFault,
  type SplitResult,
} from './composite.ts'

export type Slice = {
  readonly id: string
  /** Characters; the last slice may be variable and then takes what is left, up to this many. */
  readonly length: number
  readonly variable: boolean
  /** Only digits. */
  readonly digits: boolean
}

/** Composite of `slices`; `cut`: slices at the end may be missing altogether, but none may be missing in part. `textOf` reads bytes as the field does. */
export function slicesComposite(
  slices: readonly Slice[],
  cut: boolean,
  textOf: (bytes: Uint8Array) => string,
): CompositeCodec {
  return {
    split: (value) => splitSlices(slices, cut, typeof value === 'string' ? value : textOf(value)),
    join: (parts) => joinSlices(slices, cut, parts),
  }
}

const DIGITS_ONLY = /^[0-9]*$/

function splitSlices(slices: readonly Slice[], cut: boolean, text: string): SplitResult {
  const parts: Part[] = []
  let at = 0
  for (const { id, length, variable, digits } of slices) {
    if (at === text.length && cut) break
    const rest = text.length - at
    if (!variable && rest < length) {
      return partFault('truncated', [id], { offset: at, need: length, have: rest })
    }
    const piece = text.slice(at, at + length)
    if (digits && !DIGITS_ONLY.test(piece)) return partFault('alphabet', [id], { offset: at })
    parts.push({ id, value: piece })
    at += piece.length
  }
  return at === text.length
    ? { ok: true, parts }
    : partFault('leftover', [], { offset: at, have: text.length - at })
}

function joinSlices(slices: readonly Slice[], cut: boolean, parts: readonly Part[]): JoinResult {
  let text = ''
  for (const [index, { id, length, variable, digits }] of slices.entries()) {
    const part = parts[index]
    if (part === undefined) {
      if (cut) break
      return partFault('tooShort', [id], { offset: text.length, need: length })
    }
    if (part.id !== id || typeof part.value !== 'string') {
      return partFault('value', [id], { offset: text.length })
    }
    const have = part.value.length
    if (have > length)
      return partFault('tooLong', [id], { offset: text.length, need: length, have })
    if (have < length && !variable) {
      return partFault('tooShort', [id], { offset: text.length, need: length, have })
    }
    if (digits && !DIGITS_ONLY.test(part.value)) {
      return partFault('alphabet', [id], { offset: text.length })
    }
    text += part.value
  }
  const extra = parts[slices.length]
  return extra === undefined
    ? { ok: true, value: text }
    : partFault('unknownField', [extra.id], { offset: text.length })
}

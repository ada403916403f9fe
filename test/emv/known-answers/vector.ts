/** One known answer, and the small readers by which checkers take it apart without believing anything about its shape. */
import { readFileSync } from 'node:fs'
import { hex } from '../../crypto/hex-of.ts'

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }

export type Vector = {
  readonly id: string
  readonly kind: string
  readonly source: string
  readonly input: Json
  readonly expected: Json
}

/** Looks at one vector and fails by assertion. */
export type Checker = (input: Json, expected: Json) => void
export type Checkers = Readonly<Record<string, Checker>>

export function loadVectors(): readonly Vector[] {
  const file = new URL('../../vectors/emv-crypto.jsonl', import.meta.url)
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

/** The member of an object; fails when there is none. */
export function get(json: Json, ...path: readonly string[]): Json {
  let at = json
  for (const key of path) {
    const next: Json | undefined = isObject(at) ? at[key] : undefined
    if (next === undefined) throw new Error(`the vector has no ${path.join('.')}`)
    at = next
  }
  return at
}

export function has(json: Json, key: string): boolean {
  return isObject(json) && key in json
}

/** Text with or without the mark `hex:`. */
export function text(json: Json): string {
  if (typeof json !== 'string') throw new Error('the vector holds no text here')
  return json.startsWith('hex:') ? json.slice(4) : json
}

export function bytes(json: Json): Uint8Array<ArrayBuffer> {
  return hex(text(json))
}

export function number(json: Json): number {
  if (typeof json !== 'number') throw new Error('the vector holds no number here')
  return json
}

/** Digits given as text, or as ASCII bytes behind `hex:`. */
export function digits(json: Json): string {
  if (typeof json === 'string' && json.startsWith('hex:')) {
    return new TextDecoder().decode(bytes(json))
  }
  return text(json)
}

export function ascii(value: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(new TextEncoder().encode(value))
}

function isObject(json: Json): json is { readonly [key: string]: Json } {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

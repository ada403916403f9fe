/** How many bytes a PIN block may have on this line. */
import type { Dialect } from '#iso8583/dialect.ts'

const DE52_PIN_BLOCK = '52'
const BITS_PER_BYTE = 8

/** Of a fixed binary DE 52 (`b64`, `b128`); 0 when the dialect has none. */
export function pinBlockBytes({ spec }: Dialect): number {
  const format = spec.fields[DE52_PIN_BLOCK]?.format ?? ''
  const bits = /^b([0-9]+)$/.exec(format)?.[1]
  return bits === undefined ? 0 : Number(bits) / BITS_PER_BYTE
}

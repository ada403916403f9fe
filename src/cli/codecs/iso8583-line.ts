/** The two forms of one line of `suretill iso8583`: hex, and JSON with a message in it. */
import { z } from 'zod'

/** A part of a field that has an inside: its value, or parts again. Depth is limited by the dialect, which refuses what it has no place for. */
const part = z.strictObject({
  id: z.string(),
  get value() {
    return z.union([z.string(), z.array(part)])
  },
})

const packLine = z.strictObject({
  mti: z.string(),
  fields: z.record(z.string(), z.union([z.string(), z.array(part)])),
})

/** A message to pack, or null when the line is no JSON of that shape. */
export function readPackLine(line: string): z.infer<typeof packLine> | null {
  try {
    const parsed = packLine.safeParse(JSON.parse(line))
    return parsed.success ? parsed.data : null
  } catch {
    // No JSON at all: the same answer as JSON of another shape.
    return null
  }
}

/** Bytes of a hex line; spaces between bytes and either case are fine. Null when it is no hex. */
export function hexBytes(line: string): Uint8Array | null {
  const digits = line.replace(/\s+/g, '')
  if (digits.length % 2 !== 0 || !/^[0-9A-Fa-f]*$/.test(digits)) return null
  return new Uint8Array(Buffer.from(digits, 'hex'))
}

/** Upper-case hex. */
export function hexText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase()
}

/** Test data is written in hex; a slip of the pen must fail loudly instead of testing nothing. */
import { fromHex } from '#crypto/hex.ts'

export function hex(text: string): Uint8Array<ArrayBuffer> {
  const bytes = fromHex(text)
  if (bytes === null) throw new Error(`the test data is not hex: ${text}`)
  return bytes
}

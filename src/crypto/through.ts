/** One pass through a cipher of the platform, for all algorithms alike. */
import type { Cipheriv, Decipheriv } from 'node:crypto'
import { type Bytes, fixedBytes } from './bytes.ts'

/** What the cipher makes of whole blocks, or of a stream, in bytes that stay in one place; what it leaves behind is wiped. */
export function through(cipher: Cipheriv | Decipheriv, data: Uint8Array): Bytes {
  cipher.setAutoPadding(false)
  const out = fixedBytes(data.length)
  const made = cipher.update(data)
  out.set(made)
  made.fill(0)
  cipher.final()
  return out
}

/** The CA keys of the reader. A key is believed only when its hash fits (EMV Book 2, 11.2). */
import { createHash } from 'node:crypto'

/** `notBelieved`: well formed, and not true. Any other word is what was wrong with the form. */
export type Taken = 'kept' | 'notBelieved' | `a ${string}` | `an ${string}`

/** RID, index, algorithms, hash, exponent and length, in front of the modulus. */
const HEAD = 34

export type CaKeyList = {
  /** RID and index → modulus, as hex. They stay when the power goes. */
  readonly keys: ReadonlyMap<string, string>
  take(data: Buffer): Taken
  clear(): void
}

export function createCaKeyList(): CaKeyList {
  const keys = new Map<string, string>()
  return {
    keys,
    take(data) {
      if (data.length < HEAD || data.length !== HEAD + data.readUInt16BE(32))
        return 'a CA key of the wrong length'
      const exponent = data.subarray(28, 32)
      const significant = exponent.subarray(exponent.findIndex((byte) => byte !== 0))
      const hash = createHash('sha1')
        .update(data.subarray(0, 6))
        .update(data.subarray(HEAD))
        .update(significant)
        .digest()
      if (!hash.equals(data.subarray(8, 28))) return 'notBelieved'
      const name = `${data.toString('hex', 0, 5)}/${data.toString('hex', 5, 6)}`.toUpperCase()
      keys.set(name, data.toString('hex', HEAD).toUpperCase())
      return 'kept'
    },
    clear: () => keys.clear(),
  }
}

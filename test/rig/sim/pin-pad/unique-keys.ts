/** A pad that was loaded for DUKPT (ANSI X9.24-1): one key for each PIN, from future keys that are thrown away as they are used. */
import { createCipheriv } from 'node:crypto'

/** 21 bits of counter at the end of a KSN of ten bytes. */
const COUNTER_BITS = 21
/** A counter with more ones than this is passed over (annex A.3). */
const MOST_ONES = 10
const PIN_VARIANT = Buffer.from('00000000000000FF00000000000000FF', 'hex')
const SPREAD = Buffer.from('C0C0C0C000000000C0C0C0C000000000', 'hex')

export type UniqueKeys = {
  /** The next PIN key and the serial number that names it, as 20 hex digits; null when all are used up. */
  next(): { readonly key: Buffer; readonly ksn: string } | null
}

/** Initial key of 16 bytes, and the KSN that it was loaded with, its counter at zero. */
export function createUniqueKeys(initialKey: string, ksn: string): UniqueKeys {
  let counter = 0
  const base = BigInt(`0x${ksn}`)
  return {
    next() {
      do counter += 1
      while (onesIn(counter) > MOST_ONES)
      if (counter >= 2 ** COUNTER_BITS) return null
      const named = (base | BigInt(counter)).toString(16).toUpperCase().padStart(20, '0')
      const key = futureKey(Buffer.from(initialKey, 'hex'), base, counter)
      return { key: xor(key, PIN_VARIANT), ksn: named }
    },
  }
}

/** Each one of the counter, from the left, makes a key of the key before. */
function futureKey(initialKey: Buffer, base: bigint, counter: number): Buffer {
  let key = initialKey
  let seen = 0
  for (let weight = 2 ** (COUNTER_BITS - 1); weight >= 1; weight /= 2) {
    if (Math.floor(counter / weight) % 2 === 0) continue
    seen += weight
    const name = (base | BigInt(seen)).toString(16).padStart(20, '0').slice(4)
    const register = Buffer.from(name, 'hex')
    key = Buffer.concat([oneWay(xor(key, SPREAD), register), oneWay(key, register)])
  }
  return key
}

function oneWay(key: Buffer, register: Buffer): Buffer {
  const [left, right] = [key.subarray(0, 8), key.subarray(8, 16)]
  const cipher = createCipheriv('des-ede3-ecb', Buffer.concat([left, left, left]), null)
  cipher.setAutoPadding(false)
  return xor(Buffer.concat([cipher.update(xor(register, right)), cipher.final()]), right)
}

function onesIn(value: number): number {
  return value.toString(2).replaceAll('0', '').length
}

function xor(a: Buffer, b: Buffer): Buffer {
  return Buffer.from(a.map((byte, at) => byte ^ (b[at] ?? 0)))
}

/** What the issuer's host knows and does, small: objects, keys, cryptograms. Shares no code with driver or simulator. */
import { createCipheriv, createDecipheriv } from 'node:crypto'

const IMK = 'F0C34A8124CEE0A91A0B034AA97D6EAC'
const MAC_TAGS = ['9F02', '9F03', '9F1A', '95', '5F2A', '9A', '9C', '9F37', '82', '9F36']

/** DE 55 as [tag, value] pairs in order; one-byte lengths suffice here. */
export function objectsOf(hex: string): [string, string][] {
  const pairs: [string, string][] = []
  for (let at = 0; at < hex.length; ) {
    const tagDigits = (Number.parseInt(hex.slice(at, at + 2), 16) & 0x1f) === 0x1f ? 4 : 2
    const size = 2 * Number.parseInt(hex.slice(at + tagDigits, at + tagDigits + 2), 16)
    const start = at + tagDigits + 2
    pairs.push([hex.slice(at, at + tagDigits), hex.slice(start, start + size)])
    at = start + size
  }
  return pairs
}

/** Session key of one transaction, from PAN, sequence number and counter. */
export function sessionKeyOf(pan: string, sequence: string, counter: string): Buffer {
  const y = `${pan}${sequence}`.slice(-16).padStart(16, '0')
  const key = des3(IMK, y) + des3(IMK, invert(y))
  return Buffer.from(
    des3(key, counter.padStart(16, '0')) + des3(key, invert(counter).padStart(16, '0')),
    'hex',
  )
}

/** The cryptogram the issuer expects for the objects of DE 55. */
export function expectedCryptogram(key: Buffer, emv: string): string {
  const objects = new Map(objectsOf(emv))
  const cvr = (objects.get('9F10') ?? '').slice(6, 14)
  const data = MAC_TAGS.map((tag) => objects.get(tag) ?? '').join('') + cvr
  return macAlgorithm3(key, data)
}

/** ISO 9797-1 algorithm 3, padding 2; upper-case hex. */
export function macAlgorithm3(key: Buffer, data: string): string {
  const left = key.toString('hex', 0, 8)
  const padded = `${data}80`.padEnd(Math.ceil((data.length + 2) / 16) * 16, '0')
  const cipher = createCipheriv('des-ede3-cbc', Buffer.from(left.repeat(3), 'hex'), Buffer.alloc(8))
  const chain = cipher.setAutoPadding(false).update(padded, 'hex', 'hex').slice(-16)
  const right = Buffer.from(key.toString('hex', 8).repeat(3), 'hex')
  const back = createDecipheriv('des-ede3-ecb', right, null).setAutoPadding(false)
  return des3(left + left, back.update(chain, 'hex', 'hex'))
}

/** Tag 91 by method 1. */
export function issuerAuthentication(key: Buffer, arqc: string, code: string): string {
  const codeHex = Buffer.from(code, 'latin1').toString('hex')
  const mixed = BigInt(`0x${arqc}`) ^ BigInt(`0x${codeHex.padEnd(16, '0')}`)
  return `910A${des3(key.toString('hex'), mixed.toString(16).padStart(16, '0'))}${codeHex}`
}

function des3(key: string, block: string): string {
  const cipher = createCipheriv('des-ede3-ecb', Buffer.from(key + key.slice(0, 16), 'hex'), null)
  return cipher.setAutoPadding(false).update(block, 'hex', 'hex').toUpperCase()
}

function invert(hex: string): string {
  return hex.replace(/./g, (digit) => (15 - Number.parseInt(digit, 16)).toString(16)).toUpperCase()
}

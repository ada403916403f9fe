/** The secret side of a PBOC chip: card key, session key, application cryptogram and the check of the issuer's answer. */
import { createCipheriv, createDecipheriv } from 'node:crypto'

/**
 * Option A: the rightmost sixteen digits of PAN and sequence under the issuer key, and their complement. Parity is left as it
 * comes: DES does not look at it.
 */
export function cardKey(issuerKey: Buffer, pan: string, panSequence: string): Buffer {
  const y = Buffer.from(`${pan}${panSequence}`.slice(-16).padStart(16, '0'), 'hex')
  const complement = Buffer.from(y.map((byte) => byte ^ 0xff))
  return Buffer.concat([tripleDes(issuerKey, y), tripleDes(issuerKey, complement)])
}

/** PBOC: the counter, and its complement, right-aligned in eight bytes under the card key. */
export function sessionKey(key: Buffer, counter: number): Buffer {
  const left = Buffer.alloc(8)
  left.writeUInt16BE(counter, 6)
  const right = Buffer.alloc(8)
  right.writeUInt16BE(counter ^ 0xffff, 6)
  return Buffer.concat([tripleDes(key, left), tripleDes(key, right)])
}

/** ISO 9797-1 MAC algorithm 3 with padding 80 00 …: eight bytes. */
export function cryptogram(key: Buffer, data: Buffer): Buffer {
  const padded = Buffer.concat([
    data,
    Buffer.of(0x80),
    Buffer.alloc((8 - ((data.length + 1) % 8)) % 8),
  ])
  const left = key.subarray(0, 8)
  let chain: Buffer = Buffer.alloc(8)
  for (let at = 0; at < padded.length; at += 8) {
    chain = singleDes(left, xor(chain, padded.subarray(at, at + 8)))
  }
  return singleDes(left, singleDesBack(key.subarray(8, 16), chain))
}

/** ARPC method 1: the cryptogram, its first two bytes xor the response code, under the session key. */
export function responseCryptogram(key: Buffer, arqc: Buffer, responseCode: string): Buffer {
  const code = Buffer.alloc(8)
  code.write(responseCode, 'latin1')
  return tripleDes(key, xor(arqc, code))
}

function tripleDes(key: Buffer, block: Buffer): Buffer {
  const cipher = createCipheriv('des-ede3-ecb', Buffer.concat([key, key.subarray(0, 8)]), null)
  cipher.setAutoPadding(false)
  return Buffer.concat([cipher.update(block), cipher.final()])
}

/** One key three times is single DES. */
function singleDes(key: Buffer, block: Buffer): Buffer {
  return tripleDes(Buffer.concat([key, key]), block)
}

function singleDesBack(key: Buffer, block: Buffer): Buffer {
  const decipher = createDecipheriv('des-ede3-ecb', Buffer.concat([key, key, key]), null)
  decipher.setAutoPadding(false)
  return Buffer.concat([decipher.update(block), decipher.final()])
}

function xor(a: Buffer, b: Buffer): Buffer {
  return Buffer.from(a.map((byte, at) => byte ^ (b[at] ?? 0)))
}

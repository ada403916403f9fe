/** Keys, PINs and messages pass through ciphers and MACs: what these lay aside on the way is wiped. */
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { aesCounter, aesDecryptCbc, aesEncrypt } from '#crypto/aes.ts'
import { desDecrypt, desEncryptCbc } from '#crypto/des.ts'
import { retailMac, x99Mac } from '#crypto/mac/cbc-mac.ts'
import { aesCmac, desCmac } from '#crypto/mac/cmac.ts'
import { sm4CbcMac } from '#crypto/mac/sm4-mac.ts'
import { sm4Decrypt } from '#crypto/sm4.ts'

const KEY = Buffer.from('0123456789ABCDEFFEDCBA9876543210', 'hex')
const DATA = new Uint8Array(32).fill(0x5a)
const PROTOTYPES: readonly { update(data: Uint8Array): Buffer; final(): Buffer }[] = [
  Object.getPrototypeOf(createCipheriv('aes-128-ecb', KEY, null)),
  Object.getPrototypeOf(createDecipheriv('aes-128-ecb', KEY, null)),
]

afterEach(() => vi.restoreAllMocks())

test.each([
  ['AES', () => aesEncrypt(KEY, DATA)],
  ['AES in CBC', () => aesDecryptCbc(KEY, DATA)],
  ['AES in counter mode', () => aesCounter(KEY, DATA, new Uint8Array(16))],
  ['triple DES', () => desDecrypt(KEY, DATA)],
  ['triple DES in CBC', () => desEncryptCbc(KEY, DATA)],
  ['SM4', () => sm4Decrypt(KEY, DATA)],
])('%s leaves nothing of its result but the result', (_what, run) => {
  const spies = PROTOTYPES.map((prototype) => vi.spyOn(prototype, 'update'))
  // With its end the platform gives up the schedule of the key.
  const ends = PROTOTYPES.map((prototype) => vi.spyOn(prototype, 'final'))
  expect(run().some((byte) => byte !== 0)).toBe(true)
  expect(ends.flatMap((end) => end.mock.calls)).toHaveLength(1)
  const made = spies.flatMap((spy) => spy.mock.results.map(({ value }) => Buffer.from(value)))
  expect(made.map((bytes) => bytes.toString('hex'))).toEqual(['00'.repeat(32)])
})

const MESSAGE = Buffer.from('0200 card data 6222021001110000012', 'latin1')

test.each([
  ['X9.9', () => x99Mac(KEY, MESSAGE)],
  ['X9.9 with a mark behind', () => x99Mac(KEY, MESSAGE, 2)],
  ['X9.9 with the length in front', () => x99Mac(KEY, MESSAGE, 3)],
  ['the retail MAC', () => retailMac(KEY, MESSAGE)],
  ['CMAC', () => aesCmac(KEY, MESSAGE)],
  ['CMAC under triple DES', () => desCmac(KEY, MESSAGE)],
  ['the MAC under SM4', () => sm4CbcMac(KEY, MESSAGE)],
])('%s leaves no copy of the message', (_what, run) => {
  const spies = PROTOTYPES.map((prototype) => vi.spyOn(prototype, 'update'))
  run()
  const given = spies.flatMap((spy) => spy.mock.calls.map(([data]) => data))
  const long = given.filter((data) => data.length >= MESSAGE.length)
  expect(long).toHaveLength(1)
  expect(long[0]?.every((byte) => byte === 0)).toBe(true)
})

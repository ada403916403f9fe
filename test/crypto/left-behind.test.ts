/** What is derived on the way to a key is as good as the key: of the bytes that are made to stay in one place none is left. */
import { afterEach, expect, test, vi } from 'vitest'
import { aesInitialKey, aesPurposeKey, aesTransactionKey } from '#crypto/dukpt/aes-dukpt.ts'
import { tdesInitialKey, tdesPurposeKey, tdesTransactionKey } from '#crypto/dukpt/tdes-dukpt.ts'
import { toHex } from '#crypto/hex.ts'
import { aesCmac, desCmac } from '#crypto/mac/cmac.ts'
import type { KeyBlockVersion } from '#crypto/tr31/key-block.ts'
import { unwrapKeyBlock, wrapKeyBlock } from '#crypto/tr31/wrap.ts'
import { hex } from './hex-of.ts'

const KEY = hex('0123456789ABCDEFFEDCBA9876543210')
const LONG_KEY = hex('88E1AB2A2E3DD38C1FA039A536500CC8A87AB9D62DC92C01058FA79F44657DE6')
const TDES_KSN = hex('FFFF9876543210E00013')
const AES_KSN = hex('123456789012345600000013')
/** Right half of the identifier: what it stands in is derivation data, which everybody may know. */
const PUBLIC_DATA = '90123456'

afterEach(() => vi.unstubAllGlobals())

test.each([
  ['an initial key', () => tdesInitialKey(KEY, TDES_KSN)],
  ['a transaction key', () => tdesTransactionKey(KEY, TDES_KSN)],
  ['a key for PINs', () => tdesPurposeKey(KEY, 'pin')],
  ['a key for data', () => tdesPurposeKey(KEY, 'dataRequest')],
  ['an initial AES key', () => aesInitialKey(LONG_KEY, AES_KSN.subarray(0, 8))],
  ['an AES transaction key', () => aesTransactionKey(KEY, AES_KSN)],
  ['an AES key of 24 bytes', () => aesPurposeKey(KEY, AES_KSN, { purpose: 'pin', kind: 'aes192' })],
])('DUKPT leaves of %s nothing but the key', (_what, derive) => {
  const { result, left } = watch(derive)
  expect(left.filter((bytes) => !bytes.includes(PUBLIC_DATA))).toEqual([toHex(result)])
})

const SECRET = hex('F039121BEC83D26B169BDCD5B22AAF8F')

test.each<[KeyBlockVersion, Uint8Array, readonly string[]]>([
  ['A', KEY, varied(KEY)],
  ['B', KEY, derived((data) => desCmac(KEY, data), ['0100000000000080', '0100010000000080'])],
  ['C', KEY, varied(KEY)],
  [
    'D',
    LONG_KEY,
    derived((data) => aesCmac(LONG_KEY, data), ['0100000000040100', '0100010000040100']),
  ],
  [
    'E',
    LONG_KEY,
    derived((data) => aesCmac(LONG_KEY, data), ['0100020000040100', '0100010000040100']),
  ],
])('a key block of version %s leaves no clear key and no key under it', (version, key, under) => {
  const header = { version, usage: 'K0', algorithm: 'T', modeOfUse: 'B', keyVersion: '00' }
  const content = { header: { ...header, exportability: 'E', optional: [] }, key: SECRET }
  const secrets = [toHex(SECRET), ...under]
  const told = (left: readonly string[]): readonly string[] =>
    left.filter((bytes) => secrets.some((secret) => bytes.includes(secret)))
  const wrapped = watch(() => wrapKeyBlock(key, content, { random: (n) => new Uint8Array(n) }))
  expect(told(wrapped.left)).toEqual([])
  const opened = watch(() => unwrapKeyBlock(key, wrapped.result))
  expect(opened.result).toMatchObject({ ok: true, key: SECRET })
  expect(told(opened.left)).toEqual([toHex(SECRET)])
  // Its exportability is changed; what is enciphered still deciphers to the key.
  const changed = `${wrapped.result.slice(0, 11)}N${wrapped.result.slice(12)}`
  const refused = watch(() => unwrapKeyBlock(key, changed))
  expect(refused.result.ok).toBe(false)
  expect(told(refused.left)).toEqual([])
})

test('a padding of another length makes no key block, and leaves no clear key', () => {
  const header = { version: 'E', usage: 'K0', algorithm: 'T', modeOfUse: 'B', keyVersion: '00' }
  const content = {
    header: { ...header, version: 'E' as const, exportability: 'E', optional: [] },
    key: SECRET,
  }
  const { left } = watch(() => {
    const padding = { random: () => new Uint8Array(3), hideUpTo: 32 }
    expect(() => wrapKeyBlock(LONG_KEY, content, padding)).toThrow('the padding has another length')
  })
  expect(left.filter((bytes) => bytes.includes(toHex(SECRET)))).toEqual([])
})

test.each([
  ['AES', aesCmac],
  ['triple DES', desCmac],
])('CMAC under %s leaves no copy of a message, whole blocks or not', (_what, mac) => {
  for (const message of [hex('5A'.repeat(32)), hex('5A'.repeat(35))])
    expect(watch(() => mac(KEY, message)).left.filter((bytes) => /(5A){8}/.test(bytes))).toEqual([])
})

/** The bytes made meanwhile that are not zero in the end, in hex. */
function watch<Result>(run: () => Result): { result: Result; left: readonly string[] } {
  const made: ArrayBuffer[] = []
  const Plain = ArrayBuffer
  vi.stubGlobal(
    'ArrayBuffer',
    class extends Plain {
      constructor(length: number) {
        super(length)
        made.push(this)
      }
    },
  )
  const result = run()
  vi.unstubAllGlobals()
  const left = made.map((buffer) => new Uint8Array(buffer)).filter((bytes) => bytes.some(Boolean))
  return { result, left: left.map(toHex) }
}

/** Versions A and C: the protection key varied by 45 and 4D. */
function varied(key: Uint8Array): readonly string[] {
  return [0x45, 0x4d].map((mask) => toHex(key.map((byte) => byte ^ mask)))
}

/** Versions B, D and E: the first block of the cipher key and of the MAC key, by X9.143. */
function derived(cmac: (data: Uint8Array) => Uint8Array, data: readonly string[]): string[] {
  return data.map((block) => toHex(cmac(hex(block))))
}

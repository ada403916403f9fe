/** A support bundle opens with the vendor's private key and with nothing else, and never in part. */
import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openLetter, readPrivateKey, readPublicKey, sealLetter } from '#shell/care/sealed-letter.ts'

const vendor = generateKeyPairSync('x25519')
const stranger = generateKeyPairSync('x25519')
const CONTENT = Buffer.from('what support reads')

test('the vendor reads what a terminal sealed, of any length', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5000 }), (content) => {
      const opened = openLetter(sealLetter(content, vendor.publicKey), vendor.privateKey)
      expect(opened).toEqual({ ok: true, content })
    }),
    { numRuns: 50 },
  )
})

test('two letters of the same content have nothing in common, and neither shows the content', () => {
  const [one, other] = [
    sealLetter(CONTENT, vendor.publicKey),
    sealLetter(CONTENT, vendor.publicKey),
  ]
  expect(Buffer.from(one).equals(other)).toBe(false)
  expect(Buffer.from(one).includes('support reads')).toBe(false)
})

test('another private key opens nothing', () => {
  const letter = sealLetter(CONTENT, vendor.publicKey)
  expect(openLetter(letter, stranger.privateKey)).toEqual({ ok: false, why: 'otherKeyOrDamaged' })
})

test('one changed byte anywhere, or a missing end, and it does not open', () => {
  const letter = sealLetter(CONTENT, vendor.publicKey)
  for (let at = 0; at < letter.length; at++) {
    const changed = Uint8Array.from(letter)
    changed[at] = (changed[at] ?? 0) ^ 0x01
    expect(openLetter(changed, vendor.privateKey).ok, `byte ${at}`).toBe(false)
    expect(openLetter(letter.subarray(0, at), vendor.privateKey).ok, `length ${at}`).toBe(false)
  }
})

test('noise is no letter and no crash', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (noise) => {
      expect(openLetter(noise, vendor.privateKey).ok).toBe(false)
    }),
  )
})

test('keys of another kind, and files that are no keys, are refused in words', () => {
  const signing = generateKeyPairSync('ed25519')
  const pem = { type: 'spki', format: 'pem' } as const
  expect(readPublicKey(String(vendor.publicKey.export(pem))).ok).toBe(true)
  expect(readPublicKey(String(signing.publicKey.export(pem)))).toEqual({
    ok: false,
    why: 'it is a key of ed25519, X25519 is wanted',
  })
  expect(readPrivateKey(String(vendor.publicKey.export(pem)))).toEqual({
    ok: false,
    why: 'it holds no private key as PEM',
  })
})

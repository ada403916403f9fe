import { inspect } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SecretKind } from '#core/ports/secret.ts'
import { createSecretArena, SECRET_SLOT_BYTES, SECRET_SLOTS } from '#shell/secrets/arena.ts'

const KINDS: readonly SecretKind[] = ['pan', 'track2', 'pinBlock', 'paymentCode']

test('a card number of any length shows at most its first six and last four digits', () => {
  const digits = fc.stringMatching(/^[0-9]{12,19}$/)
  fc.assert(
    fc.property(digits, (number) => {
      const { masked } = createSecretArena().put('pan', ascii(number))
      expect(masked).toMatch(/^[0-9]{6}\*{2,9}[0-9]{4}$/)
      expect(masked).toHaveLength(number.length)
      expect(masked.slice(0, 6) + masked.slice(-4)).toBe(number.slice(0, 6) + number.slice(-4))
    }),
  )
})

test('a payment code shows its last four digits', () => {
  expect(createSecretArena().put('paymentCode', ascii('134567890123456789')).masked).toBe(
    '**************6789',
  )
})

test('tracks, PIN blocks and whatever is not a card number show nothing', () => {
  const arena = createSecretArena()
  const shown = [
    arena.put('track2', ascii('6222021001110000012D3012220')),
    arena.put('pinBlock', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)),
    arena.put('pan', ascii('62220210011')),
    arena.put('pan', ascii('62220210011100000123')),
    arena.put('pan', ascii('622202100111A000')),
    arena.put('paymentCode', ascii('12345678')),
  ].map((secret) => secret.masked)
  expect(new Set(shown)).toEqual(new Set(['********']))
})

test('however a secret is printed, its mask comes out', () => {
  const secret = createSecretArena().put('pan', ascii('6222021001110000012'))
  const printed = [String(secret), JSON.stringify(secret), inspect(secret), inspect({ secret })]
  for (const text of printed) {
    expect(text).toContain('622202*********0012')
    expect(text).not.toContain('1001110')
  }
})

test('the source is overwritten when the arena takes the bytes, even when it refuses them', () => {
  const source = ascii('6222021001110000012')
  createSecretArena().put('pan', source)
  const tooLong = new Uint8Array(SECRET_SLOT_BYTES + 1).fill(0x31)
  expect(() => createSecretArena().put('track2', tooLong)).toThrow(RangeError)
  expect([...source, ...tooLong].every((byte) => byte === 0)).toBe(true)
})

test('a wiped secret is zero in memory, has no length and cannot be read again', () => {
  const arena = createSecretArena()
  const secret = arena.put('pan', ascii('6222021001110000012'))
  const memory = secret.use((bytes) => bytes)
  secret.wipe()
  secret.wipe()
  expect([...memory].every((byte) => byte === 0)).toBe(true)
  expect([secret.length, arena.used]).toEqual([0, 0])
  expect(() => secret.use((bytes) => bytes)).toThrow('a pan was used after it was wiped')
})

test('wiping one secret twice does not free the place of its successor', () => {
  const arena = createSecretArena()
  const first = arena.put('pan', ascii('6222021001110000012'))
  first.wipe()
  const second = arena.put('pan', ascii('6226221234567896'))
  first.wipe()
  const third = arena.put('pan', ascii('6225880000000043'))
  expect(second.use(text)).toBe('6226221234567896')
  expect(third.use(text)).toBe('6225880000000043')
})

test('wiping all leaves nothing and makes room for a full arena again', () => {
  const arena = createSecretArena()
  for (let round = 0; round < 2; round++) {
    const memory: Uint8Array[] = []
    for (let slot = 0; slot < SECRET_SLOTS; slot++) {
      const kind = KINDS[slot % KINDS.length] ?? 'pan'
      memory.push(arena.put(kind, ascii('134567890123456789')).use((bytes) => bytes))
    }
    expect(() => arena.put('pan', ascii('6222021001110000012'))).toThrow('full')
    arena.wipeAll()
    expect(memory.flatMap((bytes) => [...bytes]).every((byte) => byte === 0)).toBe(true)
    expect(arena.used).toBe(0)
  }
})

test('all secrets stand in one buffer of their own', () => {
  const arena = createSecretArena()
  const homes = KINDS.map((kind) => arena.put(kind, ascii('1234')).use((bytes) => bytes.buffer))
  expect(new Set(homes).size).toBe(1)
  expect(homes[0]?.byteLength).toBe(SECRET_SLOT_BYTES * SECRET_SLOTS)
})

function ascii(digits: string): Uint8Array {
  return new TextEncoder().encode(digits)
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

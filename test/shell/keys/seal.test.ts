import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DeviceKey } from '#shell/keys/device-key.ts'
import { fingerprint, open, SEAL_MAX_BYTES, seal } from '#shell/keys/seal.ts'
import { createCountedRandom } from './memory-disk.ts'

const PAN = new TextEncoder().encode('6222021001110000012')

test('what is sealed opens again for the same purpose on the same terminal', () => {
  const random = createCountedRandom()
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (bytes, context) => {
      expect(open(device(1), context, seal(device(1), { context, bytes }, random))).toEqual(bytes)
    }),
  )
})

test('another purpose, another terminal and any changed or missing byte open nothing', () => {
  const sealed = seal(device(1), { context: 'reversal:000123', bytes: PAN }, createCountedRandom())
  expect(open(device(1), 'reversal:000124', sealed)).toBeNull()
  expect(open(device(2), 'reversal:000123', sealed)).toBeNull()
  for (let at = 0; at < sealed.length; at++) {
    const changed = sealed.slice()
    changed[at] = (changed[at] ?? 0) ^ 0x80
    expect(open(device(1), 'reversal:000123', changed)).toBeNull()
    expect(open(device(1), 'reversal:000123', sealed.subarray(0, at))).toBeNull()
  }
})

test('sealing the same card twice gives different bytes', () => {
  const random = createCountedRandom()
  const content = { context: 'reversal', bytes: PAN }
  expect(seal(device(1), content, random)).not.toEqual(seal(device(1), content, random))
})

test('more than a seal should hold is a bug', () => {
  const bytes = new Uint8Array(SEAL_MAX_BYTES + 1)
  expect(() => seal(device(1), { context: 'x', bytes }, createCountedRandom())).toThrow(RangeError)
  expect(open(device(1), 'x', new Uint8Array(SEAL_MAX_BYTES + 100))).toBeNull()
})

test('a card has one fingerprint here, another elsewhere and another as a payment code', () => {
  const here = fingerprint(device(1), 'pan', PAN)
  expect(here).toMatch(/^[0-9A-F]{64}$/)
  expect(fingerprint(device(1), 'pan', PAN.slice())).toBe(here)
  expect(fingerprint(device(2), 'pan', PAN)).not.toBe(here)
  expect(fingerprint(device(1), 'paymentCode', PAN)).not.toBe(here)
})

function device(fill: number): DeviceKey {
  return new DeviceKey(new Uint8Array(32).fill(fill))
}

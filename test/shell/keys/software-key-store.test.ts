import { expect, test } from 'vitest'
import type { KeyHandle } from '#core/ports/keys.ts'
import { keyCheckValue } from '#crypto/check-value.ts'
import { desEncrypt } from '#crypto/des.ts'
import { toHex } from '#crypto/hex.ts'
import { unionPayEcbMac } from '#crypto/mac/unionpay-mac.ts'
import { DeviceKey } from '#shell/keys/device-key.ts'
import { openSoftwareKeyStore, type SoftwareKeyStore } from '#shell/keys/software-key-store.ts'
import { WORKING_KEY_LAYOUTS as LAYOUTS } from '#shell/keys/working-key-layouts.ts'
import { hex } from '../../crypto/hex-of.ts'
import known from '../../vectors/unionpay-keys.json' with { type: 'json' }
import { createCountedRandom, createMemoryDisk, type MemoryDisk } from './memory-disk.ts'

const MASTER = '258FB0AB70D025CDB99DF2C4D302D646'
const FIELD62 = hex(known.workingKeys[0]?.field62 ?? '')
const MAK8 = known.workingKeys[0]?.mak ?? ''
const LAYOUT = LAYOUTS['003']
const MESSAGE = hex('0200702404C020C098111962220210011100000120')

test('the published sign-on answer makes the terminal ready, with a single-length MAC key', () => {
  const { keys } = signedOn()
  expect(keys.ready).toBe(true)
  expect(toHex(macBy(keys))).toBe(toHex(unionPayEcbMac(hex(MAK8), MESSAGE)))
  expect(wrappedPinKey(keys)).toBe('46F161A743497B32EAC760DF5EA57DF5')
})

test('a MAC key whose second half is real is a double-length key', () => {
  const mak = '55036372B17543ECB173730768B8D6C4'
  const { keys } = opened()
  keys.importMasterKey(MASTER)
  const field62 = answer(['D931648F3DE313A4A22C15DCA4F4299E', mak])
  expect(keys.installWorkingKeys(field62, LAYOUT)).toEqual({ ok: true })
  expect(toHex(macBy(keys))).toBe(toHex(unionPayEcbMac(hex(mak), MESSAGE)))
})

test('a MAC key followed by noise is taken as the length that its check value proves', () => {
  const { keys } = opened()
  keys.importMasterKey(MASTER)
  const noisy = FIELD62.slice()
  noisy.set(hex('DEADBEEFDEADBEEF'), 28)
  expect(keys.installWorkingKeys(noisy, LAYOUT)).toEqual({ ok: true })
  expect(toHex(macBy(keys))).toBe(toHex(unionPayEcbMac(hex(MAK8), MESSAGE)))
})

test('single-length keys are taken whether wrapped by triple or by single DES', () => {
  const pin = '0123456789ABCDEF'
  for (const wrapping of [MASTER, MASTER.slice(0, 16)]) {
    const { keys } = opened()
    keys.importMasterKey(MASTER)
    const field62 = answer([pin, MAK8], wrapping)
    expect(keys.installWorkingKeys(field62, LAYOUTS['001'])).toEqual({ ok: true })
    expect(toHex(macBy(keys))).toBe(toHex(unionPayEcbMac(hex(MAK8), MESSAGE)))
  }
})

test('three keys are taken from the layout with a track key, and a wrong track key refuses all', () => {
  const three = [
    'D931648F3DE313A4A22C15DCA4F4299E',
    '55036372B17543ECB173730768B8D6C4',
    '1111111111111111EEEEEEEEEEEEEEEE',
  ]
  const { keys } = opened()
  keys.importMasterKey(MASTER)
  const field62 = answer(three)
  expect(keys.installWorkingKeys(field62, LAYOUTS['004'])).toEqual({ ok: true })
  field62[59] = (field62[59] ?? 0) ^ 1
  expect(keys.installWorkingKeys(field62, LAYOUTS['004'])).toEqual(refused('check', 'data'))
})

test('any changed bit of the sign-on answer is refused and the old keys stay', () => {
  const { keys } = signedOn()
  const before = toHex(macBy(keys))
  const ignored = { from: 28, to: 36 }
  for (let at = 0; at < FIELD62.length; at++) {
    // The zero half of a single-length MAC key carries nothing (unionpay-8583, DE 62).
    if (at >= ignored.from && at < ignored.to) continue
    const changed = FIELD62.slice()
    changed[at] = (changed[at] ?? 0) ^ 0x10
    expect(keys.installWorkingKeys(changed, LAYOUT)).toEqual(
      refused('check', at < 20 ? 'pin' : 'mac'),
    )
  }
  expect(toHex(macBy(keys))).toBe(before)
})

test('a sign-on answer of any other length is refused as a layout', () => {
  const { keys } = opened()
  keys.importMasterKey(MASTER)
  for (let length = 0; length < FIELD62.length; length++) {
    expect(keys.installWorkingKeys(FIELD62.subarray(0, length), LAYOUT)).toEqual(
      refused('layout', null),
    )
  }
  expect(keys.ready).toBe(false)
})

test('without a master key nothing is taken and no MAC is made or believed', () => {
  const { keys } = opened()
  expect(keys.installWorkingKeys(FIELD62, LAYOUT)).toEqual(refused('noMasterKey', null))
  expect(keys.ready).toBe(false)
  expect(keys.masterKeyCheck).toBe('')
  expect([keys.forRequest(), keys.pinKey(), keys.dataKey()]).toEqual([null, null, null])
})

test('a MAC is believed only when all of its bytes are right', () => {
  const { keys } = signedOn()
  const mac = macBy(keys)
  expect(verifiedBy(keys, mac)).toBe(true)
  expect(verifiedBy(keys, mac.subarray(0, 7))).toBe(false)
  for (let bit = 0; bit < 64; bit++) {
    const changed = mac.slice()
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(verifiedBy(keys, changed)).toBe(false)
  }
})

test('after a restart the terminal still has its keys', () => {
  const { keys, disk } = signedOn()
  const again = opened(disk)
  expect(again.keys.ready).toBe(true)
  expect(toHex(macBy(again.keys))).toBe(toHex(macBy(keys)))
  expect(again.keys.importMasterKey(MASTER)).toEqual({ ok: true })
  expect(again.keys.ready).toBe(true)
})

test('another master key drops the working keys, and a third-rate one is refused', () => {
  const { keys } = signedOn()
  expect(keys.importMasterKey('258F')).toMatchObject({ ok: false })
  expect(keys.importMasterKey(`${MASTER}x`)).toMatchObject({ ok: false })
  expect(keys.ready).toBe(true)
  expect(keys.importMasterKey('00112233445566778899AABBCCDDEEFF')).toEqual({ ok: true })
  expect(keys.ready).toBe(false)
})

test('no clear key stands on the disk, and the file is for its owner alone', () => {
  const { disk } = signedOn()
  const file = disk.files.get('keys.json')
  const text = Buffer.from(file?.bytes ?? []).toString('latin1')
  expect(file?.mode).toBe(0o600)
  for (const secret of [MASTER, MAK8, 'D931648F3DE313A4A22C15DCA4F4299E']) {
    expect(text.toUpperCase()).not.toContain(secret)
    expect(text).not.toContain(Buffer.from(secret, 'hex').toString('latin1'))
  }
})

test('a changed key file, or one from another terminal, opens empty and says so', () => {
  const { disk } = signedOn()
  const bytes = disk.files.get('keys.json')?.bytes ?? new Uint8Array()
  for (let at = 0; at < bytes.length - 1; at += 7) {
    const changed = bytes.slice()
    changed[at] = (changed[at] ?? 0) ^ 1
    disk.files.set('keys.json', { bytes: changed, mode: 0o600 })
    const { keys, warnings } = opened(disk)
    expect(keys.ready).toBe(false)
    expect(warnings.join()).toContain('load the master key')
  }
  disk.files.set('keys.json', { bytes, mode: 0o600 })
  expect(opened(disk, 9).keys.ready).toBe(false)
})

test('when the disk is full the old keys stay in use and the trouble is told', () => {
  const { keys, disk } = signedOn()
  const before = toHex(macBy(keys))
  disk.full = true
  const field62 = answer(['D931648F3DE313A4A22C15DCA4F4299E', '55036372B17543ECB173730768B8D6C4'])
  expect(keys.installWorkingKeys(field62, LAYOUT)).toEqual(refused('disk', null))
  expect(toHex(macBy(keys))).toBe(before)
})

test('the production profile refuses keys in software, any other one is warned loudly', () => {
  const options = { ...parts(createMemoryDisk(), 1), warn: () => {} }
  const production = openSoftwareKeyStore({ ...options, profile: 'production' })
  expect(production).toMatchObject({ ok: false, why: expect.stringContaining('production') })
  expect(opened().warnings.join()).toContain('never for money')
})

test('printing the store or the device key shows no key', () => {
  const { keys } = signedOn()
  const key = new DeviceKey(new Uint8Array(32).fill(0xab))
  expect(JSON.stringify({ key })).toBe('{"key":"[device key]"}')
  expect(String(key)).toBe('[device key]')
  expect(JSON.stringify(keys)).not.toContain(MAK8)
})

function macKey(keys: SoftwareKeyStore): KeyHandle<'mac'> {
  const handle = keys.forRequest()?.mac
  if (handle === undefined) throw new Error('no keys')
  return handle
}

function macBy(keys: SoftwareKeyStore): Uint8Array {
  return keys.mac(macKey(keys), { input: MESSAGE, algorithm: 'unionpay-ecb' })
}

function verifiedBy(keys: SoftwareKeyStore, mac: Uint8Array): boolean {
  return keys.verifyMac(macKey(keys), { input: MESSAGE, algorithm: 'unionpay-ecb', mac })
}

function wrappedPinKey(keys: SoftwareKeyStore): string {
  const handle = keys.pinKey()
  return handle === null ? '' : keys.wrapped(handle)
}

function opened(disk = createMemoryDisk(), device = 1) {
  const warnings: string[] = []
  const outcome = openSoftwareKeyStore({
    ...parts(disk, device),
    warn: (sentence) => warnings.push(sentence),
  })
  if (!outcome.ok) throw new Error(outcome.why)
  return { keys: outcome.keys, disk, warnings }
}

function signedOn(): { keys: SoftwareKeyStore; disk: MemoryDisk } {
  const { keys, disk } = opened()
  keys.importMasterKey(MASTER)
  const outcome = keys.installWorkingKeys(FIELD62, LAYOUT)
  if (!outcome.ok) throw new Error(`the published keys were refused: ${outcome.why}`)
  return { keys, disk }
}

function parts(disk: MemoryDisk, device: number) {
  return {
    file: 'keys.json',
    disk,
    profile: 'demo',
    deviceKey: new DeviceKey(new Uint8Array(32).fill(device)),
    random: createCountedRandom(device),
  }
}

/** DE 62 made of clear keys, as an acquirer makes it. */
function answer(keys: readonly string[], wrapping = MASTER): Uint8Array {
  return hex(
    keys
      .map((key) => toHex(desEncrypt(hex(wrapping), hex(key))) + toHex(keyCheckValue(hex(key), 4)))
      .join(''),
  )
}

function refused(why: string, key: string | null): object {
  return { ok: false, why, key }
}

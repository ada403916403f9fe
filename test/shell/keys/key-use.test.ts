import { expect, test } from 'vitest'
import type { KeyHandle } from '#core/ports/keys.ts'
import { keyCheckValue, sm4CheckValue } from '#crypto/check-value.ts'
import { desEncrypt } from '#crypto/des.ts'
import { toHex } from '#crypto/hex.ts'
import { sm4Encrypt } from '#crypto/sm4.ts'
import { DeviceKey } from '#shell/keys/device-key.ts'
import { openDukptKeyStore } from '#shell/keys/dukpt-key-store.ts'
import { openSoftwareKeyStore, type SoftwareKeyStore } from '#shell/keys/software-key-store.ts'
import { WORKING_KEY_LAYOUTS } from '#shell/keys/working-key-layouts.ts'
import { hex } from '../../crypto/hex-of.ts'
import { createCountedRandom, createMemoryDisk, type MemoryDisk } from './memory-disk.ts'

const MASTER = '258FB0AB70D025CDB99DF2C4D302D646'
const PIN = 'D931648F3DE313A4A22C15DCA4F4299E'
const MAC = '55036372B17543ECB173730768B8D6C4'
const DATA = '1111111111111111EEEEEEEEEEEEEEEE'
const INITIAL = '6AC292FAA1315B4D858AB3A3D7D5933A'
const INPUT = hex('0200702404C020C0')
const SIGNED = { input: INPUT, algorithm: 'unionpay-ecb' } as const

test('each key does its own work', () => {
  const { data, keys, mac, pin } = store()
  expect(keys.mac(mac, SIGNED)).toHaveLength(8)
  expect(toHex(keys.encryptData(data, hex('0011223344556677')))).toBe(
    toHex(desEncrypt(hex(DATA), hex('0011223344556677'))),
  )
  expect(keys.wrapped(pin)).toBe(toHex(desEncrypt(hex(MASTER), hex(PIN))))
})

test('a key shown to another use does not compile, and is a bug that throws', () => {
  const { data, keys, mac, pin } = store()
  // @ts-expect-error: a PIN key makes no MAC
  expect(() => keys.mac(pin, SIGNED)).toThrow('a pin key is not for mac')
  // @ts-expect-error: a track key makes no MAC
  expect(() => keys.mac(data, SIGNED)).toThrow('a data key is not for mac')
  // @ts-expect-error: a PIN key enciphers no track
  expect(() => keys.encryptData(pin, INPUT)).toThrow('a pin key is not for data')
  // @ts-expect-error: a MAC key enciphers no track
  expect(() => keys.encryptData(mac, INPUT)).toThrow('a mac key is not for data')
  // @ts-expect-error: a MAC key goes to no pad
  expect(() => keys.wrapped(mac)).toThrow('a mac key is not for pin')
  // @ts-expect-error: a track key goes to no pad
  expect(() => keys.wrapped(data)).toThrow('a data key is not for pin')
})

test('a handle made by hand, or of keys that were replaced, opens nothing', () => {
  const { keys, mac } = store()
  const forged: KeyHandle<'mac'> = { use: 'mac', cipher: 'tdes' }
  expect(() => keys.mac(forged, SIGNED)).toThrow('no key that is here')
  keys.installWorkingKeys(field62([PIN, MAC, DATA]), WORKING_KEY_LAYOUTS['004'])
  expect(() => keys.mac(mac, SIGNED)).toThrow('no key that is here')
})

test('SM4 keys are proved by their check values and survive a restart', () => {
  const { disk, keys } = store()
  const content = [PIN, MAC].map(
    (key) => toHex(sm4Encrypt(hex(MASTER), hex(key))) + toHex(sm4CheckValue(hex(key))),
  )
  const sm4 = WORKING_KEY_LAYOUTS['005']
  expect(keys.installWorkingKeys(hex(content.join('')), sm4)).toEqual({ ok: true })
  const before = keys.mac(macOf(keys), SIGNED)
  const again = opened(disk)
  expect(again.pinKey()?.cipher).toBe('sm4')
  expect(again.mac(macOf(again), SIGNED)).toEqual(before)
  const spoiled = hex(content.join('').replace(/.$/, (digit) => (digit === '0' ? '1' : '0')))
  expect(keys.installWorkingKeys(spoiled, sm4)).toEqual({ ok: false, why: 'check', key: 'mac' })
})

test('a key file from before SM4 keys were known still opens', () => {
  const { disk } = store()
  expect(opened(disk).pinKey()?.cipher).toBe('tdes')
})

test('the KSN is on disk before it is used: no restart makes one come twice', () => {
  const disk = createMemoryDisk()
  const ksns = Array.from({ length: 5 }, () => dukpt(disk).forRequest()?.ksn)
  expect(ksns).toEqual([1, 2, 3, 4, 5].map((count) => `FFFF9876543210E0000${count}`))
})

test('a KSN that the disk refuses is not used', () => {
  const disk = createMemoryDisk()
  const keys = dukpt(disk)
  disk.full = true
  expect(keys.forRequest()).toBeNull()
  disk.full = false
  expect(keys.forRequest()?.ksn).toBe('FFFF9876543210E00001')
})

test('after the last counter no request can be made, and a restart does not help', () => {
  const disk = createMemoryDisk()
  const keys = dukpt(disk, 'FFFF9876543210FFF7FF')
  expect(keys.forRequest()?.ksn).toBe('FFFF9876543210FFF800')
  expect(keys.spent).toBe(false)
  expect(keys.forRequest()).toBeNull()
  expect([keys.spent, keys.ready]).toEqual([true, false])
  expect([dukpt(disk).spent, dukpt(disk).forRequest()]).toEqual([true, null])
})

test('a request key is not the key of its answer, and neither is a PIN key', () => {
  const keys = dukpt(createMemoryDisk())
  const given = keys.forRequest()
  if (given === null) throw new Error('no keys')
  const message = { input: INPUT, algorithm: 'x9.19' } as const
  const made = keys.mac(given.mac, message)
  expect(keys.verifyMac(given.mac, { ...message, mac: made })).toBe(true)
  expect(keys.verifyMac(given.answerMac, { ...message, mac: made })).toBe(false)
  // @ts-expect-error: a MAC key goes to no pad
  expect(() => keys.wrapped(given.mac)).toThrow('a mac key is not for pin')
})

test('DUKPT keys in software are refused in production, and their initial key is sealed on disk', () => {
  const disk = createMemoryDisk()
  dukpt(disk)
  const text = Buffer.from(disk.files.get('dukpt.json')?.bytes ?? []).toString('latin1')
  expect(text).toContain('suretill-dukpt-1')
  expect(text.toUpperCase()).not.toContain(INITIAL)
  const refused = openDukptKeyStore({ ...parts(disk), profile: 'production', cipher: 'tdes' })
  expect(refused).toMatchObject({ ok: false, why: expect.stringContaining('production') })
})

function store() {
  const disk = createMemoryDisk()
  const keys = opened(disk)
  keys.importMasterKey(MASTER)
  const installed = keys.installWorkingKeys(field62([PIN, MAC, DATA]), WORKING_KEY_LAYOUTS['004'])
  const [pin, data] = [keys.pinKey(), keys.dataKey()]
  if (!installed.ok || pin === null || data === null) throw new Error('no keys')
  return { disk, keys, mac: macOf(keys), pin, data }
}

function macOf(keys: SoftwareKeyStore): KeyHandle<'mac'> {
  const given = keys.forRequest()
  if (given === null) throw new Error('no keys')
  return given.mac
}

function opened(disk: MemoryDisk): SoftwareKeyStore {
  const outcome = openSoftwareKeyStore({ ...parts(disk), file: 'keys.json' })
  if (!outcome.ok) throw new Error(outcome.why)
  return outcome.keys
}

function dukpt(disk: MemoryDisk, ksn = 'FFFF9876543210E00000') {
  const outcome = openDukptKeyStore({ ...parts(disk), cipher: 'tdes' })
  if (!outcome.ok) throw new Error(outcome.why)
  outcome.keys.importInitialKey(INITIAL, ksn)
  return outcome.keys
}

function parts(disk: MemoryDisk) {
  return {
    file: 'dukpt.json',
    disk,
    profile: 'demo',
    deviceKey: new DeviceKey(new Uint8Array(32).fill(1)),
    random: createCountedRandom(),
    warn: () => undefined,
  }
}

/** DE 62 made of clear keys, as an acquirer makes it. */
function field62(keys: readonly string[]): Uint8Array {
  return hex(
    keys
      .map((key) => toHex(desEncrypt(hex(MASTER), hex(key))) + toHex(keyCheckValue(hex(key), 4)))
      .join(''),
  )
}

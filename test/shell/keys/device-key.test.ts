import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { toHex } from '#crypto/hex.ts'
import { openDeviceKey } from '#shell/keys/device-key.ts'
import { createDisk } from '#shell/keys/disk.ts'
import { createCountedRandom } from './memory-disk.ts'

test('the device key is made once, for its owner alone, and is the same ever after', () => {
  const file = join(folder(), 'device.key')
  const first = openDeviceKey({ file, disk: createDisk(), random: createCountedRandom(1) })
  const second = openDeviceKey({ file, disk: createDisk(), random: createCountedRandom(2) })
  expect(first.ok && first.created).toBe(true)
  expect(second.ok && !second.created).toBe(true)
  expect(first.ok && second.ok && first.key.use(toHex) === second.key.use(toHex)).toBe(true)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('a damaged device key is refused and left as it is', () => {
  const file = join(folder(), 'device.key')
  writeFileSync(file, 'half a key')
  const outcome = openDeviceKey({ file, disk: createDisk(), random: createCountedRandom() })
  expect(outcome).toMatchObject({ ok: false, why: expect.stringContaining('damaged') })
  expect(statSync(file).size).toBe(10)
})

test('a file left over from a power cut does not keep its old mode', () => {
  const where = folder()
  const file = join(where, 'keys.json')
  writeFileSync(`${file}.new`, 'left over, and longer than what follows', { mode: 0o644 })
  createDisk().write(file, Uint8Array.of(1, 2, 3), 0o600)
  expect(createDisk().read(file)).toEqual(Uint8Array.of(1, 2, 3))
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(where)).toEqual(['keys.json'])
})

test('a folder in place of the file is trouble, not a missing file', () => {
  expect(() => createDisk().read(folder())).toThrow('EISDIR')
})

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'suretill-keys-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}

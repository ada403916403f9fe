import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openConfigSeal } from '#shell/config/config-seal.ts'
import { openDeviceKey } from '#shell/keys/device-key.ts'
import { createDisk } from '#shell/keys/disk.ts'
import { changedByHand } from '../../../src/cli/params/seal.ts'
import { changeText, offTerminal } from '../off-terminal.ts'

const PRODUCTION = { profile: 'production' } as const

function sealed() {
  const { config, data } = offTerminal()
  const disk = createDisk()
  const random = (length: number) => new Uint8Array(length).fill(5)
  const opened = openDeviceKey({ file: join(data, 'device.key'), disk, random })
  if (!opened.ok) throw new Error(opened.why)
  const parts = { data, disk, deviceKey: opened.key }
  const text = (): string => readFileSync(join(config, 'terminal.yaml'), 'utf8')
  return { config, parts, seal: openConfigSeal(parts), text }
}

test('a production terminal starts on the configuration that it was given, and on no other', () => {
  const { config, parts, seal, text } = sealed()
  expect(changedByHand(PRODUCTION, config, parts)).toContain('was never sealed')
  seal.settle(text(), 3)
  expect(changedByHand(PRODUCTION, config, parts)).toBeNull()
  changeText(join(config, 'terminal.yaml'), (now) => now.replace('8590', '8591'))
  expect(changedByHand(PRODUCTION, config, parts)).toContain('changed by hand')
})

test('a demonstration may be edited by hand', () => {
  const { config, parts, seal, text } = sealed()
  seal.settle(text(), 0)
  changeText(join(config, 'terminal.yaml'), (now) => now.replace('8590', '8591'))
  expect(changedByHand({ profile: 'demo' }, config, parts)).toBeNull()
})

test('power lost while one configuration takes the place of the other: either of them is known', () => {
  const { config, parts, seal, text } = sealed()
  const before = text()
  const after = before.replace('8590', '8591')
  seal.settle(before, 0)
  seal.expect(before, after, 1)
  expect(changedByHand(PRODUCTION, config, parts)).toBeNull()
  changeText(join(config, 'terminal.yaml'), () => after)
  expect(changedByHand(PRODUCTION, config, parts)).toBeNull()
})

test('a version that was set back, or a record that is damaged, is no seal', () => {
  const { config, parts, seal, text } = sealed()
  seal.settle(text(), 7)
  const record = join(parts.data, 'configuration.json')
  changeText(record, (now) => now.replace('"version":7', '"version":6'))
  expect(changedByHand(PRODUCTION, config, parts)).toContain('changed by hand')
  changeText(record, () => '{')
  expect(changedByHand(PRODUCTION, config, parts)).toContain('changed by hand')
})

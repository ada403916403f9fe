import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { moduleOrder } from '../../scripts/rig-vm/kernel-modules.ts'

let tree = ''
beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), 'vm-modules-'))
  const folder = join(tree, 'usr/lib/modules/6.1.0-1-amd64')
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'modules.dep'),
    'fs/ext4.ko: fs/jbd2.ko lib/crc16.ko\nfs/jbd2.ko: lib/crc16.ko\nlib/crc16.ko:\nusb/cdc-acm.ko:\n',
  )
  writeFileSync(join(folder, 'modules.builtin'), 'kernel/net/packet/af_packet.ko\n')
})
afterEach(() => rmSync(tree, { recursive: true, force: true }))

describe('modules of the guest', () => {
  test('what a module needs goes in before it, and once', () => {
    expect(moduleOrder(tree, ['ext4'])).toEqual(['lib/crc16.ko', 'fs/jbd2.ko', 'fs/ext4.ko'])
  })

  test('a name with a dash in its file is found by its name with an underscore', () => {
    expect(moduleOrder(tree, ['cdc_acm'])).toEqual(['usb/cdc-acm.ko'])
  })

  test('what the kernel has built in needs no file', () => {
    expect(moduleOrder(tree, ['af_packet'])).toEqual([])
  })

  test('a piece that this Debian kernel lacks is named', () => {
    expect(() => moduleOrder(tree, ['raw_gadget'])).toThrow('no module raw_gadget')
  })
})

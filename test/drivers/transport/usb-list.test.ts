import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { listedUsbPrinter } from '../../rig/sim/usb/umockdev.ts'
import { onMadeDevices } from '../umockdev-run.ts'
import { temporaryPath } from './cable.ts'

test('the USB library finds a printer by its numbers; one that may not be opened is gone, and nothing breaks', async () => {
  const devices = listedUsbPrinter(dirname(temporaryPath('files')))

  const said = await onMadeDevices(devices, [new URL('at-usb-list.ts', import.meta.url)])

  expect(JSON.parse(said)).toEqual({
    devices: [{ vendorId: 0x04b8, productId: 0x0202, serialNumber: 'P1' }],
    state: 'gone',
  })
})

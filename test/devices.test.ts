import { expect, onTestFinished, test } from 'vitest'
import type { DeviceHealth } from '#core/ports/device.ts'
import { devicesSection } from '#shell/config/sections/devices.ts'
import { createSecretArena } from '#shell/secrets/arena.ts'
import { systemClock } from '#shell/system-clock.ts'
import { openDevices } from '../src/devices.ts'
import { startPrinterSim } from './rig/sim/printer/printer-sim.ts'
import { openTcpSocket } from './rig/sim/tcp-socket.ts'

const NOWHERE = { path: '/nowhere/device', baudRate: 9600 }
const USB = { vendor: 'ffff', product: 'ffff' }
const DEVICES = {
  printer: { model: 'escpos-serial', ...NOWHERE, columns: 32 },
  pinPad: { model: 'visa2', ...NOWHERE },
  cardReader: { model: 'neo2', ...NOWHERE },
  qrScanner: { model: 'serial', ...NOWHERE, suffix: '\r', trigger: 'none' },
}

function opened(change: object): ReturnType<typeof openDevices> {
  const file = devicesSection.parse({ ...DEVICES, ...change })
  return openDevices(file, { clock: systemClock, arena: createSecretArena() })
}

test.each([
  { printer: { model: 'escpos-usblp', path: '/nowhere/lp*', columns: 32 } },
  { printer: { model: 'escpos-usb', ...USB, columns: 48 } },
  { printer: { model: 'escpos-tcp', host: '127.0.0.1', port: 1, columns: 48 } },
  { cardReader: { model: 'neo2-hid', ...USB } },
  { qrScanner: { model: 'ssi', ...NOWHERE } },
  { qrScanner: { model: 'hid-pos', ...USB, trigger: 'none' } },
])('a device that is configured and not there is gone, and breaks nothing: %j', async (change) => {
  const devices = Object.values(opened(change))
  for (const device of devices) device.start()
  await new Promise((resolve) => setTimeout(resolve, 50))

  expect(devices.map(({ health }) => health.troubles)).toEqual(devices.map(() => ['gone']))

  await Promise.all(devices.map((device) => device.close()))
})

test('a printer in the network prints for the terminal that names it in its configuration', async () => {
  const cable = await openTcpSocket()
  const sim = startPrinterSim({ path: cable.path, cable, columns: 48 })
  const { printer } = opened({
    printer: { model: 'escpos-tcp', host: '127.0.0.1', port: cable.port, columns: 48 },
  })
  onTestFinished(async () => {
    await printer.close()
    sim.stop()
  })
  const known = new Promise<DeviceHealth>((resolve) => {
    printer.onHealth((health) => {
      if (health.identity !== undefined) resolve(health)
    })
  })
  printer.start()
  await known

  const body = new TextEncoder().encode('PAID 12.34\n')
  expect(await printer.print({ id: 'T001', body })).toEqual({ kind: 'printed', proof: 'processId' })
  expect(sim.papers()[0]?.text).toBe('PAID 12.34')
})

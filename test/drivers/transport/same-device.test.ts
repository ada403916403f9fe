import { renameSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { DeviceHealth } from '#core/ports/device.ts'
import { createSerialScanner } from '#drivers/qr-scanner/serial/driver.ts'
import type { ByteLink } from '#drivers/transport/byte-link.ts'
import { serialLink } from '#drivers/transport/serial-link.ts'
import { openPty, type Pty } from '../../rig/sim/pty.ts'
import { collect, reached, temporaryPath } from './cable.ts'
import { realClock } from './real-clock.ts'

const SERIAL_NUMBER = 'A50285BI'
/** As udev names it: by what the device says of itself, and not by the order of plugging in. */
const BY_ID = `usb-FTDI_FT232R_USB_UART_${SERIAL_NUMBER}-if00-port0`

type Machine = {
  readonly folder: string
  /** The device under a kernel name, with its name by id pointing there. */
  readonly comesAs: (kernelName: string) => Pty
}

/** A folder with kernel names and, as in /dev/serial/by-id, links to them. */
function machine(): Machine {
  const folder = dirname(temporaryPath('ttyUSB0'))
  return {
    folder,
    comesAs(kernelName) {
      const pty = openPty({ path: join(folder, kernelName) })
      onTestFinished(() => pty.stop())
      const fresh = join(folder, 'fresh')
      symlinkSync(kernelName, fresh)
      renameSync(fresh, join(folder, BY_ID))
      return pty
    },
  }
}

function linkTo(path: string): ByteLink {
  const link = serialLink({ path, baudRate: 9600, clock: realClock() })
  onTestFinished(() => link.close())
  return link
}

for (const [how, name] of [
  ['its name by id', BY_ID],
  ['its serial number', `usb-*${SERIAL_NUMBER}*`],
] as const)
  test(`a device that comes back as ttyUSB1 is found by ${how} within a second, and is told gone once and back once`, async () => {
    const { folder, comesAs } = machine()
    const first = comesAs('ttyUSB0')
    const link = linkTo(join(folder, name))
    const clock = realClock()
    const scanner = createSerialScanner({ link, clock, suffix: '\r', trigger: 'none' })
    const told: DeviceHealth['troubles'][] = []
    scanner.onHealth(({ troubles }) => told.push(troubles))
    scanner.start()
    await reached(link, 'open')

    first.unplug()
    await reached(link, 'gone')
    const second = comesAs('ttyUSB1')
    const since = performance.now()
    await reached(link, 'open')
    expect(performance.now() - since).toBeLessThan(1000)

    const atDevice = collect(second)
    expect(await link.write(Uint8Array.of(42))).toBe(true)
    expect([...(await atDevice.until(1))]).toEqual([42])
    expect(told).toEqual([[], ['gone'], []])
  })

test('a device that moved while its old line never hung up is found at its new name within a second', async () => {
  const { folder, comesAs } = machine()
  comesAs('ttyUSB0')
  const link = linkTo(join(folder, BY_ID))
  link.start()
  await reached(link, 'open')
  const gone = reached(link, 'gone')

  const second = comesAs('ttyUSB1')
  const since = performance.now()
  await gone
  await reached(link, 'open')

  expect(performance.now() - since).toBeLessThan(1000)
  const atDevice = collect(second)
  await link.write(Uint8Array.of(7))
  expect([...(await atDevice.until(1))]).toEqual([7])
})

test('another device in the same socket is not taken for the one with the serial number', async () => {
  const { folder, comesAs } = machine()
  const first = comesAs('ttyUSB0')
  const link = linkTo(join(folder, 'usb-*ZZ999999*'))
  link.start()
  await new Promise((resolve) => setTimeout(resolve, 400))

  expect(link.state).toBe('gone')
  expect(first.plugged).toBe(true)
})

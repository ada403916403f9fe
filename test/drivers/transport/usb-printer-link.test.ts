import { expect, onTestFinished, test } from 'vitest'
import type { UsbAccess } from '#drivers/transport/usb-access.ts'
import { type UsbPrinterLink, usbPrinterLink } from '#drivers/transport/usb-printer-link.ts'
import {
  startVirtualUsbPrinter,
  type UsbPrinterShape,
  type VirtualUsbPrinter,
} from '../../rig/sim/usb/virtual-usb-printer.ts'
import { collect, reached } from './cable.ts'
import { realClock } from './real-clock.ts'

const SHAPE = { vendorId: 0x04b8, productId: 0x0202, serialNumber: 'P1' }
const ALL_BYTES = Uint8Array.from({ length: 256 }, (_, value) => value)

type Bench = { readonly far: VirtualUsbPrinter; readonly near: UsbPrinterLink }

function bench(
  options: {
    shape?: Partial<UsbPrinterShape>
    access?: UsbAccess
    serial?: string
    readTimeoutMs?: number
  } = {},
): Bench {
  const far = startVirtualUsbPrinter({ ...SHAPE, ...options.shape })
  const near = usbPrinterLink({
    access: options.access ?? far,
    match: { vendorId: SHAPE.vendorId, productId: SHAPE.productId, serialNumber: options.serial },
    clock: realClock(),
    reopenEveryMs: 20,
    stallMs: 100,
    readTimeoutMs: options.readTimeoutMs ?? 30,
  })
  onTestFinished(async () => {
    await near.close()
    far.stop()
  })
  return { far, near }
}

test('the interface is taken from the kernel, and bytes pass unchanged both ways', async () => {
  const { far, near } = bench()
  const atPrinter = collect(far)
  const atTerminal = collect(near)
  near.start()
  await reached(near, 'open')

  expect(await near.write(ALL_BYTES)).toBe(true)
  far.write(ALL_BYTES)

  expect([...(await atPrinter.until(256))]).toEqual([...ALL_BYTES])
  expect([...(await atTerminal.until(256))]).toEqual([...ALL_BYTES])
  expect(far.complaints).toEqual([])
})

test('a long slip goes in small chunks, whole and in order', async () => {
  const { far, near } = bench()
  const atPrinter = collect(far)
  near.start()
  await reached(near, 'open')
  const slip = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251)

  expect(await Promise.all([near.write(slip), near.write(slip)])).toEqual([true, true])

  const arrived = await atPrinter.until(200_000)
  expect(arrived.equals(Buffer.concat([slip, slip]))).toBe(true)
  expect(far.complaints).toEqual([])
})

test('a chunk that the printer does not take in time ends as a lost link, and the printer is opened afresh', async () => {
  // A read is under way when the write is given up: nothing is opened again before it has ended.
  const { far, near } = bench({ readTimeoutMs: 300 })
  const states: string[] = []
  near.onState((state) => states.push(state))
  near.start()
  await reached(near, 'open')
  far.setDeaf(true)

  expect(await near.write(new Uint8Array(10_000))).toBe(false)
  far.setDeaf(false)
  await reached(near, 'open')

  expect(states).toEqual(['open', 'gone', 'open'])
  expect(await near.write(Uint8Array.of(1))).toBe(true)
  expect(far.complaints).toEqual([])
})

test('a printer pulled out is noticed at once and found again within a second, twenty times', async () => {
  const { far, near } = bench()
  near.start()
  await reached(near, 'open')
  for (let round = 0; round < 20; round++) {
    const gone = reached(near, 'gone')
    far.unplug()
    await gone
    expect(await near.write(Uint8Array.of(1))).toBe(false)
    far.plug()
    const since = performance.now()
    await reached(near, 'open')
    expect(performance.now() - since).toBeLessThan(1000)
  }
  expect(far.complaints).toEqual([])
})

test('the port status is asked beside the data: a printer that takes none says that it has no paper', async () => {
  const { far, near } = bench()
  expect(await near.portStatus()).toBe(null)
  near.start()
  await reached(near, 'open')
  expect(await near.portStatus()).toEqual({ paperEmpty: false, selected: true, error: false })

  far.setDeaf(true)
  far.setPortStatus(0x20)

  expect(await near.portStatus()).toEqual({ paperEmpty: true, selected: false, error: true })
})

test('a printer that says nothing for long stays open', async () => {
  const { far, near } = bench()
  const states: string[] = []
  near.onState((state) => states.push(state))
  near.start()
  await new Promise((resolve) => setTimeout(resolve, 200))

  expect(states).toEqual(['open'])
  expect(far.complaints).toEqual([])
})

test('a halted endpoint is cleared and read on', async () => {
  const { far, near } = bench()
  far.haltNext()
  const atTerminal = collect(near)
  near.start()
  await reached(near, 'open')

  far.write(Uint8Array.of(0x12))

  expect([...(await atTerminal.until(1))]).toEqual([0x12])
  expect(far.complaints).toEqual([])
})

test('a printer that only listens is written to and never read', async () => {
  const { far, near } = bench({ shape: { protocol: 1 } })
  const atPrinter = collect(far)
  near.start()
  await reached(near, 'open')

  expect(await near.write(Uint8Array.of(7))).toBe(true)
  expect([...(await atPrinter.until(1))]).toEqual([7])
  expect(far.complaints).toEqual([])
})

for (const [what, shape] of [
  ['a device with the right numbers that is no printer', { interfaceClass: 0xff }],
  ['a printer that wraps its data in more (IPP over USB)', { protocol: 4 }],
  ['a printer with another serial number', { serialNumber: 'P2' }],
] as const)
  test(`${what} is not opened`, async () => {
    const { far, near } = bench({ shape, serial: 'P1' })
    near.start()
    await new Promise((resolve) => setTimeout(resolve, 80))

    expect(near.state).toBe('gone')
    expect(far.opened).toBe(false)
    expect(far.complaints).toEqual([])
  })

test('of two equal printers neither is guessed at', async () => {
  const first = startVirtualUsbPrinter(SHAPE)
  const second = startVirtualUsbPrinter({ ...SHAPE, serialNumber: 'P2' })
  const both: UsbAccess = {
    devices: async () => [...(await first.devices()), ...(await second.devices())],
  }
  const { near } = bench({ access: both })
  near.start()
  await new Promise((resolve) => setTimeout(resolve, 80))
  expect([near.state, first.opened, second.opened]).toEqual(['gone', false, false])

  second.unplug()

  await reached(near, 'open')
  expect(first.opened).toBe(true)
})

test('closing lets the interface go in order', async () => {
  const { far, near } = bench()
  near.start()
  await reached(near, 'open')

  await near.close()
  await near.close()

  expect(far.opened).toBe(false)
  expect(far.complaints).toEqual([])
})

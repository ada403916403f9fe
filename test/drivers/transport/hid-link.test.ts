import { expect, onTestFinished, test } from 'vitest'
import type { HidAccess } from '#drivers/transport/hid-access.ts'
import { hidLink } from '#drivers/transport/hid-link.ts'
import type { ReportLink, ReportLinkState } from '#drivers/transport/report-link.ts'
import {
  createVirtualHidBus,
  type VirtualHid,
  type VirtualHidBus,
} from '../../rig/sim/hid/virtual-hid.ts'
import { realClock } from './real-clock.ts'

const READER = {
  vendorId: 0x0acd,
  productId: 0x4450,
  serialNumber: 'R1',
  uses: [{ usagePage: 0xff00, usage: 1 }],
  outputBytes: 64,
}

function bench(change: (bus: VirtualHidBus) => HidAccess = (bus) => bus): {
  hid: VirtualHid
  link: ReportLink
} {
  const bus = createVirtualHidBus()
  const hid = bus.add(READER)
  const match = { vendorId: READER.vendorId, productId: READER.productId }
  const link = hidLink({ access: change(bus), match, clock: realClock(), reopenEveryMs: 20 })
  onTestFinished(() => link.close())
  return { hid, link }
}

function reached(link: ReportLink, state: ReportLinkState): Promise<void> {
  if (link.state === state) return Promise.resolve()
  return new Promise((resolve) => {
    link.onState((now) => {
      if (now === state) resolve()
    })
  })
}

test('reports pass whole in both directions', async () => {
  const { hid, link } = bench()
  const atTerminal: string[] = []
  const atDevice: string[] = []
  link.onReport((report) => atTerminal.push(Buffer.from(report).toString('hex')))
  hid.onReport((report) => atDevice.push(report.toString('hex')))
  link.start()
  await reached(link, 'open')

  expect(await link.write(new Uint8Array(64).fill(0x5a))).toBe(true)
  hid.send(Uint8Array.of(1, 2, 3))
  hid.send(Uint8Array.of(4))

  expect(atDevice).toEqual(['5a'.repeat(64)])
  expect(atTerminal).toEqual(['010203', '04'])
})

test('a device pulled out is noticed by its error, and found again on another path within a second', async () => {
  const { hid, link } = bench()
  link.start()
  await reached(link, 'open')
  for (let round = 0; round < 20; round++) {
    const gone = reached(link, 'gone')
    hid.unplug()
    await gone
    expect(await link.write(new Uint8Array(64))).toBe(false)
    hid.plug()
    const since = performance.now()
    await reached(link, 'open')
    expect(performance.now() - since).toBeLessThan(1000)
  }
  expect(hid.opened).toBe(1)
  expect(hid.complaints).toEqual([])
})

test('a report of the wrong length costs the connection, not the program', async () => {
  const { hid, link } = bench()
  link.start()
  await reached(link, 'open')
  const gone = reached(link, 'gone')

  expect(await link.write(Uint8Array.of(1, 2))).toBe(false)

  await gone
  await reached(link, 'open')
  expect(hid.complaints).toEqual(['a report of 2 bytes'])
})

test('a report longer than any is not handed to the device', async () => {
  const { hid, link } = bench()
  link.start()
  await reached(link, 'open')

  expect(await link.write(new Uint8Array(1025))).toBe(false)
  expect(link.state).toBe('open')
  expect(hid.complaints).toEqual([])
})

test('a fresh node that may not be opened yet is tried again', async () => {
  let refusals = 3
  const { link } = bench((bus) => ({
    devices: (vendorId, productId) => bus.devices(vendorId, productId),
    open(path) {
      refusals -= 1
      return refusals >= 0 ? Promise.reject(new Error('EACCES')) : bus.open(path)
    },
  }))
  link.start()

  await reached(link, 'open')

  expect(refusals).toBe(-1)
})

test('a machine without the HID library has no HID devices, and goes on', async () => {
  const { link } = bench(() => ({
    devices: () => Promise.reject(new Error('libudev.so.1: cannot open shared object file')),
    open: () => Promise.reject(new Error('never')),
  }))
  link.start()
  await new Promise((resolve) => setTimeout(resolve, 60))

  expect(link.state).toBe('gone')
})

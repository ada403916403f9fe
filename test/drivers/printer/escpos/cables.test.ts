import { expect, onTestFinished, test } from 'vitest'
import type { PrinterPort } from '#core/ports/printer.ts'
import { createEscposPrinter } from '#drivers/printer/escpos/driver.ts'
import type { ByteLink } from '#drivers/transport/byte-link.ts'
import { fileLink } from '#drivers/transport/file-link.ts'
import { tcpLink } from '#drivers/transport/tcp-link.ts'
import { usbPrinterLink } from '#drivers/transport/usb-printer-link.ts'
import { type PrinterSim, startPrinterSim } from '../../../rig/sim/printer/printer-sim.ts'
import type { Pty } from '../../../rig/sim/pty.ts'
import { openTcpSocket } from '../../../rig/sim/tcp-socket.ts'
import {
  startVirtualUsbPrinter,
  type VirtualUsbPrinter,
} from '../../../rig/sim/usb/virtual-usb-printer.ts'
import { openUsbPrinterNode } from '../../../rig/sim/usb-printer-node.ts'
import { temporaryPath } from '../../transport/cable.ts'
import { realClock } from '../../transport/real-clock.ts'
import { healthy, reachedState, slip } from './bench.ts'

type Bench = { readonly printer: PrinterPort; readonly sim: PrinterSim }

const clock = realClock()

async function inNetwork(): Promise<Bench> {
  const cable = await openTcpSocket()
  const link = tcpLink({ host: '127.0.0.1', port: cable.port, clock, reopenEveryMs: 20 })
  return bench(cable, link)
}

/** A pseudo-terminal in the place of /dev/usb/lp0. */
function atUsbNode(): Promise<Bench> {
  const cable = openUsbPrinterNode(temporaryPath('lp0'))
  return bench(cable, fileLink({ path: cable.path, clock, reopenEveryMs: 20 }))
}

async function onUsb(): Promise<Bench & { readonly cable: VirtualUsbPrinter }> {
  const cable = startVirtualUsbPrinter({ vendorId: 1, productId: 2 })
  const match = { vendorId: 1, productId: 2 }
  const link = usbPrinterLink({
    access: cable,
    match,
    clock,
    reopenEveryMs: 20,
    stallMs: 200,
    readTimeoutMs: 50,
  })
  return { ...(await bench(cable, link, () => link.paper())), cable }
}

async function bench(
  cable: Pty,
  link: ByteLink,
  paperAtPort?: () => Promise<'there' | 'empty' | null>,
): Promise<Bench> {
  const sim = startPrinterSim({ path: cable.path, cable, columns: 32, linesPerSecond: 200 })
  const profile = { columns: 32, dots: 384, images: 'generic', cutter: true } as const
  const printer = createEscposPrinter({
    link,
    clock,
    profile,
    ...(paperAtPort === undefined ? {} : { paperAtPort }),
  })
  onTestFinished(async () => {
    await printer.close()
    sim.stop()
  })
  printer.start()
  await healthy(printer, ({ identity }) => identity !== undefined)
  return { printer, sim }
}

for (const [where, start] of [
  ['in the network', inNetwork],
  ['at a USB printer node', atUsbNode],
  ['straight on USB', onUsb],
] as const) {
  test(`a printer ${where} prints and says so itself`, async () => {
    const { printer, sim } = await start()

    expect(await printer.print(slip('N001'))).toEqual({ kind: 'printed', proof: 'processId' })
    expect(sim.papers()[0]?.text).toContain('N001 line 5')
    expect(sim.state().complaints).toEqual([])
  })

  test(`a printer ${where} whose paper ends in the middle of a slip says so`, async () => {
    const { printer, sim } = await start()
    sim.runOutAfterLines(3)

    expect(await printer.print(slip('N002', 20))).toEqual({
      kind: 'interrupted',
      trouble: 'paperOut',
    })
  })

  test(`a printer ${where} that loses its cable in the middle of a slip is unsure, and prints whole slips again`, async () => {
    const { printer, sim } = await start()
    const printing = printer.print(slip('N003', 200))
    await reachedState(sim, ({ linesPrinted }) => linesPrinted >= 5)
    sim.unplug()
    expect(await printing).toEqual({ kind: 'unsure' })
    expect(printer.health.troubles).toEqual(['gone'])

    sim.plug()
    await healthy(
      printer,
      ({ troubles, identity }) => troubles.length === 0 && identity !== undefined,
    )
    sim.tearOff()

    expect((await printer.print(slip('N004', 1))).kind).toBe('printed')
    expect(sim.papers().at(-1)?.text).toBe('N004 line 1')
  })
}

test('a USB printer that answers nothing while its paper is out is known by its port, and prints again with new paper', async () => {
  const { printer, sim, cable } = await onUsb()
  cable.setMute(true)
  cable.setPortStatus(0x20)

  await healthy(printer, ({ troubles }) => troubles.join() === 'paperOut')
  expect(await printer.print(slip('N005'))).toEqual({ kind: 'notStarted', trouble: 'paperOut' })

  cable.setMute(false)
  cable.setPortStatus(0x18)
  await healthy(printer, ({ troubles }) => troubles.length === 0)
  expect((await printer.print(slip('N006'))).kind).toBe('printed')
  expect(sim.papers()).toHaveLength(1)
  expect(cable.complaints).toEqual([])
})

test('a USB printer that answers nothing and has paper is silent, not out of paper', async () => {
  const { printer, cable } = await onUsb()
  cable.setMute(true)

  await healthy(printer, ({ troubles }) => troubles.length > 0)

  expect(printer.health.troubles).toEqual(['noAnswer'])
})

/** A printer driver and a simulated printer on one cable, for one test. */
import { onTestFinished } from 'vitest'
import type { DeviceHealth } from '#core/ports/device.ts'
import type { PrinterPort, PrintJob } from '#core/ports/printer.ts'
import { createEscposPrinter } from '#drivers/printer/escpos/driver.ts'
import { serialLink } from '#drivers/transport/serial-link.ts'
import { type PrinterSim, startPrinterSim } from '../../../rig/sim/printer/printer-sim.ts'
import { byteByByte, slowly, temporaryPath } from '../../transport/cable.ts'
import { realClock } from '../../transport/real-clock.ts'

export type Bench = { readonly printer: PrinterPort; readonly sim: PrinterSim }

export function bench(
  options: {
    linesPerSecond?: number
    processId?: boolean
    dripping?: boolean
    slowLine?: boolean
  } = {},
): Bench {
  const path = temporaryPath('printer')
  const { linesPerSecond, processId = true, dripping = false, slowLine = false } = options
  const sim = startPrinterSim({
    path,
    columns: 32,
    ...(linesPerSecond === undefined ? {} : { linesPerSecond }),
  })
  sim.setProcessIdSupport(processId)
  const clock = realClock()
  const link = serialLink({ path, baudRate: 115200, clock, reopenEveryMs: 20 })
  const taken = slowLine ? slowly(link, clock) : link
  const printer = createEscposPrinter({
    link: dripping ? byteByByte(taken) : taken,
    clock,
    profile: { columns: 32, dots: 384, images: 'generic', cutter: true },
  })
  onTestFinished(async () => {
    await printer.close()
    sim.stop()
  })
  return { printer, sim }
}

/** Starts the driver and waits until the printer is well and known. */
export async function ready(options?: Parameters<typeof bench>[0]): Promise<Bench> {
  const both = bench(options)
  both.printer.start()
  await healthy(both.printer, (health) => health.identity !== undefined)
  return both
}

/** Resolves with the first health that satisfies `when`. */
export function healthy(
  printer: PrinterPort,
  when: (health: DeviceHealth) => boolean,
): Promise<DeviceHealth> {
  if (when(printer.health)) return Promise.resolve(printer.health)
  return new Promise((resolve) => {
    printer.onHealth((health) => {
      if (when(health)) resolve(health)
    })
  })
}

/** A slip of `lines` numbered lines. */
export function slip(id: string, lines = 5): PrintJob {
  const text = Array.from({ length: lines }, (_, index) => `${id} line ${index + 1}\n`).join('')
  return { id, body: new TextEncoder().encode(text) }
}

/** Resolves when the simulator's state satisfies `when`. */
export function reachedState(
  sim: PrinterSim,
  when: (state: ReturnType<PrinterSim['state']>) => boolean,
): Promise<void> {
  if (when(sim.state())) return Promise.resolve()
  return new Promise((resolve) => {
    sim.onChange(() => {
      if (when(sim.state())) resolve()
    })
  })
}

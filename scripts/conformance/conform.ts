/** Puts a device path, its driver and its steps together. */
import type { Clock } from '#core/ports/clock.ts'
import { createNeo2Reader } from '#drivers/card-reader/neo2/driver.ts'
import { createVisa2PinPad } from '#drivers/pin-pad/visa2/driver.ts'
import { createEscposPrinter } from '#drivers/printer/escpos/driver.ts'
import { createSerialScanner } from '#drivers/qr-scanner/serial/driver.ts'
import { fileLink } from '#drivers/transport/file-link.ts'
import { serialLink } from '#drivers/transport/serial-link.ts'
import { createSecretArena } from '#shell/secrets/arena.ts'
import { cardReaderSteps } from './card-reader-steps.ts'
import { pinPadSteps } from './pin-pad-steps.ts'
import { printerSteps } from './printer-steps.ts'
import { scannerSteps } from './scanner-steps.ts'
import { runSteps, type Tester, type Verdict } from './step.ts'

export const DEVICES = ['printer', 'pin-pad', 'card-reader', 'qr-scanner'] as const

export type ConformOptions = {
  readonly device: (typeof DEVICES)[number]
  readonly path: string
  readonly baudRate: number
  readonly columns: 32 | 48
  readonly suffix: string
  readonly trigger: 'honeywell' | 'newland' | 'none'
  readonly masterKeyIndex: number
  readonly masterKey: Uint8Array | null
}

/** Never rejects for what a device does. The port is closed again when it resolves. */
export async function conform(
  options: ConformOptions,
  parts: {
    readonly clock: Clock
    readonly tester: Tester
    readonly tell: (verdict: Verdict) => void
  },
): Promise<readonly Verdict[]> {
  const { clock, tester } = parts
  const arena = createSecretArena()
  const { device, steps } = put(options, { clock, tester, arena })
  try {
    return await runSteps(steps, clock, parts.tell)
  } finally {
    await device.close()
  }
}

function put(
  options: ConformOptions,
  {
    arena,
    clock,
    tester,
  }: { clock: Clock; tester: Tester; arena: ReturnType<typeof createSecretArena> },
) {
  const { baudRate, columns, path } = options
  const isUsbPrinter = /\/lp\d+$/.test(path)
  const link = isUsbPrinter ? fileLink({ path, clock }) : serialLink({ path, baudRate, clock })
  switch (options.device) {
    case 'printer': {
      const profile = { columns, dots: columns * 12, images: 'generic', cutter: true } as const
      const device = createEscposPrinter({ link, clock, profile })
      return { device, steps: printerSteps({ device, clock, tester }) }
    }
    case 'pin-pad': {
      const device = createVisa2PinPad({ link, clock, arena })
      return { device, steps: pinPadSteps({ ...options, device, clock, tester, arena }) }
    }
    case 'card-reader': {
      const device = createNeo2Reader({ link, clock, arena })
      return { device, steps: cardReaderSteps({ device, clock, tester }) }
    }
    case 'qr-scanner': {
      const device = createSerialScanner({ ...options, link, clock })
      return { device, steps: scannerSteps({ device, clock, tester }) }
    }
  }
}

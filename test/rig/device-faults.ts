/** What can be made wrong with the simulated devices, as plain data: a scenario and the bench order it in the same words. */
import { z } from 'zod'
import type { Outcome } from './bench/controls.ts'
import type { DeviceId } from './bench/state.ts'
import type { Rig } from './rig.ts'
import { SCAN_FAULTS } from './sim/qr-scanner/scanner-sim.ts'
import { LINE_FAULTS } from './sim/spoiled-line.ts'

const MAX_TIMES = 1000
const MAX_DELAY_MS = 600_000
const MAX_LINES = 10_000
const NOISE_BYTES = 300

const times = z.int().min(1).max(MAX_TIMES).exactOptional()

/** Faults without further words; `noise` are bytes on the line that nobody asked for, and come at once. */
const PRINTER_FAULTS = ['cutterJam', 'headHot', 'noProcessId', 'powerOff'] as const
const PIN_PAD_FAULTS = ['silent', 'garbage'] as const
const PIN_PAD_FAULTS_COUNTED = ['nak', 'wrongLrc', 'lateClosing', 'keyExhausted', 'tamper'] as const
const CARD_READER_FAULTS = ['silent', 'garbage'] as const
const CARD_READER_FAULTS_COUNTED = [
  'wrongCrc',
  'unreadableChip',
  'collision',
  'aacAtOnce',
  'aacAfterApproval',
] as const

/** What can be ordered of each device. */
export const DEVICE_FAULTS: Readonly<Record<DeviceId, readonly string[]>> = {
  printer: [...PRINTER_FAULTS, 'paperEnds'],
  'pin-pad': [...PIN_PAD_FAULTS, ...PIN_PAD_FAULTS_COUNTED],
  'card-reader': [...CARD_READER_FAULTS, 'slow', ...CARD_READER_FAULTS_COUNTED],
  'qr-scanner': SCAN_FAULTS,
}
/** What can be ordered of the line of any device. */
export const ANY_LINE_FAULTS: readonly string[] = [...LINE_FAULTS, 'noise']

const lineFault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['deadLine', 'garbledLine']) }),
  z.strictObject({ kind: z.literal('lateLine'), ms: z.int().min(1).max(MAX_DELAY_MS) }),
  z.strictObject({ kind: z.literal('halfAnswer'), times }),
  z.strictObject({ kind: z.literal('noise') }),
])

const printerFault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(PRINTER_FAULTS) }),
  /** The paper ends after so many more lines. */
  z.strictObject({ kind: z.literal('paperEnds'), lines: z.int().min(0).max(MAX_LINES) }),
])

const pinPadFault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(PIN_PAD_FAULTS) }),
  z.strictObject({ kind: z.enum(PIN_PAD_FAULTS_COUNTED), times }),
])

const cardReaderFault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(CARD_READER_FAULTS) }),
  z.strictObject({ kind: z.literal('slow'), ms: z.int().min(0).max(MAX_DELAY_MS) }),
  z.strictObject({ kind: z.enum(CARD_READER_FAULTS_COUNTED), times }),
])

/** Spoils the next read only. */
const scannerFault = z.strictObject({ kind: z.enum(SCAN_FAULTS) })

type Devices = Pick<Rig, 'printer' | 'pinPad' | 'cardReader' | 'scanner' | 'lines'>

const named = z.looseObject({ kind: z.string() })

/** Checks `fault` and commits it at once; `why` names what is wanted instead. */
export function applyDeviceFault(rig: Devices, device: DeviceId, fault: unknown): Outcome {
  const { data } = named.safeParse(fault)
  if (data !== undefined && ANY_LINE_FAULTS.includes(data.kind))
    return ordered(lineFault, fault, (known) => {
      // Nobody asked for it: it comes past whatever the device would say.
      if (known.kind === 'noise') rig.lines[device].write(noise())
      else rig.lines[device].applyFault(known)
    })
  switch (device) {
    case 'printer':
      return ordered(printerFault, fault, (known) => spoilPrinter(rig.printer, known))
    case 'pin-pad':
      return ordered(pinPadFault, fault, (known) => rig.pinPad.applyFault(known))
    case 'card-reader':
      return ordered(cardReaderFault, fault, (known) => rig.cardReader.applyFault(known))
    case 'qr-scanner':
      return orderScan(rig, fault)
  }
}

function orderScan({ scanner }: Devices, fault: unknown): Outcome {
  const checked = scannerFault.safeParse(fault)
  if (checked.success && !scanner.faults.includes(checked.data.kind))
    return { ok: false, why: `kind: this scanner knows ${scanner.faults.join(', ')}` }
  return ordered(scannerFault, fault, ({ kind }) => scanner.setFault(kind))
}

/** The device is as it should be again, but for cables, paper and cover, which have switches of their own. */
export function clearDeviceFaults(rig: Devices, device: DeviceId): void {
  rig.lines[device].clearFaults()
  switch (device) {
    case 'printer':
      rig.printer.setCutterJam(false)
      rig.printer.setHeadHot(false)
      rig.printer.setProcessIdSupport(true)
      rig.printer.setPower('on')
      return
    case 'pin-pad':
      rig.pinPad.clearFaults()
      return
    case 'card-reader':
      rig.cardReader.clearFaults()
      return
    case 'qr-scanner':
      rig.scanner.setFault(null)
  }
}

function spoilPrinter(printer: Rig['printer'], fault: z.infer<typeof printerFault>): void {
  switch (fault.kind) {
    case 'cutterJam':
      printer.setCutterJam(true)
      return
    case 'headHot':
      printer.setHeadHot(true)
      return
    case 'noProcessId':
      printer.setProcessIdSupport(false)
      return
    case 'powerOff':
      printer.setPower('off')
      return
    case 'paperEnds':
      printer.runOutAfterLines(fault.lines)
  }
}

function ordered<Fault>(
  schema: z.ZodType<Fault>,
  input: unknown,
  commit: (fault: Fault) => void,
): Outcome {
  const checked = schema.safeParse(input)
  if (!checked.success) {
    const [issue] = checked.error.issues
    return { ok: false, why: `${issue?.path.join('.') || 'fault'}: ${issue?.message}` }
  }
  commit(checked.data)
  return { ok: true }
}

/** The same each time, so that a run can be repeated. */
function noise(): Uint8Array {
  return Uint8Array.from({ length: NOISE_BYTES }, (_, index) => (index * 37 + 11) % 256)
}

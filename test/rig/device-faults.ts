/** What can be made wrong with the simulated devices, as plain data: a scenario and the bench order it in the same words. */
import { z } from 'zod'
import type { Outcome } from './bench/controls.ts'
import type { DeviceId } from './bench/state.ts'
import type { Rig } from './rig.ts'

const MAX_TIMES = 1000
const MAX_DELAY_MS = 600_000
const MAX_LINES = 10_000
const NOISE_BYTES = 300

const times = z.int().min(1).max(MAX_TIMES).exactOptional()

const printerFault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['cutterJam', 'headHot', 'noProcessId', 'powerOff', 'noise']) }),
  /** The paper ends after so many more lines. */
  z.strictObject({ kind: z.literal('paperEnds'), lines: z.int().min(0).max(MAX_LINES) }),
])

const pinPadFault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['silent', 'garbage']) }),
  z.strictObject({ kind: z.enum(['nak', 'wrongLrc', 'keyExhausted', 'tamper']), times }),
])

const cardReaderFault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['silent', 'garbage']) }),
  z.strictObject({ kind: z.literal('slow'), ms: z.int().min(0).max(MAX_DELAY_MS) }),
  z.strictObject({
    kind: z.enum(['wrongCrc', 'unreadableChip', 'collision', 'aacAtOnce', 'aacAfterApproval']),
    times,
  }),
])

/** All but `noise`, which comes at once, spoil the next read only. */
const scannerFault = z.strictObject({
  kind: z.enum(['doubleRead', 'garbage', 'truncate', 'noSuffix', 'noise']),
})

type Devices = Pick<Rig, 'printer' | 'pinPad' | 'cardReader' | 'scanner'>

/** Checks `fault` and commits it at once; `why` names what is wanted instead. */
export function applyDeviceFault(rig: Devices, device: DeviceId, fault: unknown): Outcome {
  switch (device) {
    case 'printer':
      return ordered(printerFault, fault, (known) => spoilPrinter(rig.printer, known))
    case 'pin-pad':
      return ordered(pinPadFault, fault, (known) => rig.pinPad.applyFault(known))
    case 'card-reader':
      return ordered(cardReaderFault, fault, (known) => rig.cardReader.applyFault(known))
    case 'qr-scanner':
      return ordered(scannerFault, fault, ({ kind }) => {
        if (kind === 'noise') rig.scanner.sendRaw(noise())
        else rig.scanner.setFault(kind)
      })
  }
}

/** The device is as it should be again, but for cables, paper and cover, which have switches of their own. */
export function clearDeviceFaults(rig: Devices, device: DeviceId): void {
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
      return
    case 'noise':
      printer.sendRaw(noise())
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

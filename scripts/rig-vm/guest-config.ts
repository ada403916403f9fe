/** The configuration of a terminal in a guest: the rig's, with the names that the guest's kernel and udev give to the devices. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import type { Rig } from '../../test/rig/rig.ts'
import { PEOPLE } from '../../test/rig/scenario/stage.ts'
import type { Guest } from './guest.ts'

/** Where it lies in the guest. */
export const CONFIG = '/run/config'
/** Where QEMU's network shows the host to the guest. */
const HOST_ADDRESS = '10.0.2.2'

/** Through the kernel's usblp, or around it with the package usb. */
export type PrinterModel = 'escpos-usblp' | 'escpos-usb'

/** Puts the guest's names of things into the rig's configuration. */
export function writeConfig(rig: Rig, printer: PrinterModel): void {
  const file = join(rig.configFolder, 'terminal.yaml')
  const document = parseDocument(readFileSync(file, 'utf8'))
  const values: Readonly<Record<string, unknown>> = {
    operators: PEOPLE.map(({ number, role }) => ({ number, role })),
    'acquirer.host': HOST_ADDRESS,
    'acquirer.replyTimeoutMs': 20_000,
    'acquirer.linkRetryMs': 500,
    'acquirer.reversal.retryAfterMs': 1000,
    'slips.tearTimeoutMs': 200,
    'devices.printer':
      printer === 'escpos-usblp'
        ? { model: printer, path: '/dev/pos/printer', columns: 32 }
        : { model: printer, vendor: '04b8', product: '0202', columns: 32 },
    'devices.pinPad': { model: 'visa2', path: '/dev/pos/pin-pad', baudRate: 9600 },
    'devices.cardReader': { model: 'neo2', path: '/dev/pos/card-reader', baudRate: 115_200 },
    'devices.qrScanner': {
      model: 'hid-pos',
      vendor: '0c2e',
      product: '0b6a',
      trigger: 'honeywell',
    },
  }
  for (const [path, value] of Object.entries(values))
    document.setIn(path.split('.'), document.createNode(value))
  writeFileSync(file, document.toString({ lineWidth: 0 }))
}

/** Copies the rig's configuration into the guest. */
export async function writeIn(guest: Guest, rig: Rig): Promise<void> {
  for (const name of readdirSync(rig.configFolder)) {
    const text = readFileSync(join(rig.configFolder, name), 'utf8')
    await guest.must(`mkdir -p ${CONFIG}; cat > ${CONFIG}/${name} <<'EOF'\n${text}\nEOF`)
  }
}

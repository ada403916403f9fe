/** A shop whose terminal stands in a guest: the same stage that scenarios play on, with devices that the guest's kernel knows. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import type { DeviceId } from '../../test/rig/bench/state.ts'
import { type Rig, startRig } from '../../test/rig/rig.ts'
import { controlsOf } from '../../test/rig/rig-controls.ts'
import { createCounterScreen } from '../../test/rig/scenario/counter-screen.ts'
import { PEOPLE, type Stage, until } from '../../test/rig/scenario/stage.ts'
import { openHidPosCable } from '../../test/rig/sim/qr-scanner/hid-pos-cable.ts'
import type { Base } from './base.ts'
import { bootGuest, type Guest } from './guest.ts'
import { createGuestTerminal, type GuestTerminal } from './guest-terminal.ts'
import { type LineCable, openLineCable } from './line-cable.ts'
import { CONVERTER_ARGUMENTS, connectAll, GADGET_LINES, plug, pull } from './usb-bus.ts'

const DATA = '/var/lib/suretill'
const CONFIG = '/run/config'
/** An emulated processor is some twenty times slower than a real one, and others may want ours too. */
const READY_TIMEOUT_MS = 180_000
/** Where QEMU's network shows the host to the guest. */
const HOST_ADDRESS = '10.0.2.2'
/** Where the guest lets the host in to the screens. */
const ENTRANCE_PORT = 18_583

export type GuestStageOptions = {
  readonly base: Base
  readonly product: string
  /** The data partition; it outlives power cuts. */
  readonly dataDisk: string
  /** `devices.printer` of `terminal.yaml`. */
  readonly printer: PrinterModel
}

/** Through the kernel's usblp, or around it with the package usb. */
export type PrinterModel = 'escpos-usblp' | 'escpos-usb'

export type GuestStage = Stage & {
  readonly terminal: GuestTerminal
  readonly pull: (device: DeviceId) => Promise<void>
  readonly plug: (device: DeviceId) => Promise<void>
}

/** The power is off. */
export async function setGuestStage(options: GuestStageOptions): Promise<GuestStage> {
  const folder = mkdtempSync(join(tmpdir(), 'rig-vm-'))
  const screenPort = await freePort()
  const reports = openLineCable('hid')
  const cables: Readonly<Record<DeviceId, LineCable>> = {
    printer: openLineCable('printer'),
    'pin-pad': openLineCable('pin-pad'),
    'card-reader': openLineCable('card-reader'),
    'qr-scanner': reports,
  }
  const rig = await startRig({
    folder,
    ports: { acquirer: 0, screens: screenPort },
    cables: { ...cables, 'qr-scanner': openHidPosCable(reports, SUFFIX) },
  })
  writeConfig(rig, options.printer)
  const terminal = createGuestTerminal({
    boot: () => boot(options, rig, cables),
    start: START,
    readyTimeoutMs: READY_TIMEOUT_MS,
  })
  const watchers = new Set<() => void>()
  const changed = (): void => {
    for (const look of watchers) look()
  }
  const screen = createCounterScreen(changed)
  rig.onChange(changed)
  terminal.onChange(changed)
  const powerOff = async (): Promise<void> => {
    await terminal.stop()
    screen.close()
  }
  return {
    rig,
    hands: controlsOf(rig, terminal),
    terminal,
    dataFolder: join(folder, 'data'),
    screen,
    until: (missing, limitMs) => until(watchers, missing, limitMs),
    async powerOn() {
      const started = await terminal.powerOn()
      if (started.kind === 'failed') return started.why
      screen.open(started.screens)
      return null
    },
    async powerCut() {
      await terminal.powerCut()
      screen.close()
    },
    powerOff,
    async strike() {
      await terminal.powerCut()
      screen.close()
      await rig.stop()
      rmSync(folder, { recursive: true, force: true })
    },
    async pull(device) {
      const pulled = pull(terminal.guest(), device)
      rig.devices[device].unplug()
      await pulled
    },
    async plug(device) {
      rig.devices[device].plug()
      await plug(terminal.guest(), device)
    },
  }
}

/** As `startRig` reads it of the demo configuration. */
const SUFFIX = '\r'

const START = `mkdir -p ${DATA}/data && chown -R suretill:suretill ${DATA}
su suretill -s /bin/sh -c 'exec suretill run --json --config ${CONFIG} --data ${DATA}/data' < /dev/null > /dev/virtio-ports/terminal 2>&1 &`

async function boot(
  { base, product, dataDisk }: GuestStageOptions,
  rig: Rig,
  cables: Readonly<Record<DeviceId, LineCable>>,
): Promise<Guest> {
  const guest = await bootGuest({
    base,
    disks: [
      { file: product, place: '/usr/local', readOnly: true },
      { file: dataDisk, place: DATA, readOnly: false },
    ],
    lines: [...GADGET_LINES, 'terminal'],
    ports: [{ host: rig.screenPort, guest: ENTRANCE_PORT }],
    arguments: CONVERTER_ARGUMENTS,
  })
  try {
    for (const device of [...GADGET_LINES, 'card-reader'] as const)
      cables[device].attach(guest.line(device))
    await furnish(guest, rig)
    return guest
  } catch (error) {
    await guest.powerCut()
    throw error
  }
}

async function furnish(guest: Guest, rig: Rig): Promise<void> {
  for (const name of readdirSync(rig.configFolder)) {
    const text = readFileSync(join(rig.configFolder, name), 'utf8')
    await guest.must(`mkdir -p ${CONFIG}; cat > ${CONFIG}/${name} <<'EOF'\n${text}\nEOF`)
  }
  // The screens listen on loopback alone; what the host forwards comes in by the network, one connection after the other.
  await guest.must(
    `(while :; do nc -l -p ${ENTRANCE_PORT} -e nc 127.0.0.1 ${rig.screenPort}; done) > /dev/null 2>&1 &`,
  )
  await connectAll(guest)
}

/** Puts the guest's names of things into the rig's configuration. */
function writeConfig(rig: Rig, printer: PrinterModel): void {
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

/** The number must be the same on both sides: the pages check who asks. Taken again by the guest a moment later. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        resolve(typeof address === 'object' && address !== null ? address.port : 0),
      )
    })
  })
}

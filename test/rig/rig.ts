/** The laboratory's world for one terminal: four simulated devices on their links, an acquirer, and two phones. */
import { randomBytes, randomInt } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Acquirer, type AcquirerOptions, startAcquirer } from './acquirer/acquirer.ts'
import { readCards } from './acquirer/cards-file.ts'
import { USUAL_FORM } from './acquirer/wire/wire-form.ts'
import type { DeviceId } from './bench/state.ts'
import { type CardSet, loadCards } from './cards.ts'
import { type DemoConfig, readDemoConfig, writeDemoConfig } from './demo-config.ts'
import { createPhones, type Phones } from './phones.ts'
import { type CardReaderSim, startCardReaderSim } from './sim/card-reader/card-reader-sim.ts'
import { type PinPadSim, type PinPadSimOptions, startPinPadSim } from './sim/pin-pad/pin-pad-sim.ts'
import { type PrinterSim, startPrinterSim } from './sim/printer/printer-sim.ts'
import { openPty, type Pty } from './sim/pty.ts'
import { type ScannerSim, startScannerSim } from './sim/qr-scanner/scanner-sim.ts'
import { startSsiAtCounter } from './sim/qr-scanner/ssi-at-counter.ts'
import type { Simulator } from './sim/simulator.ts'
import { type SpoiledLine, spoilLine } from './sim/spoiled-line.ts'

const CARDS_FILE = fileURLToPath(new URL('cards.yaml', import.meta.url))
const DEMO_CONFIG = fileURLToPath(new URL('../../config/demo', import.meta.url))

/** AIM identifier of a QR code, as the scanner puts it before each. */
const QR_AIM_IDENTIFIER = ']Q1'

export type HostOffers = Pick<AcquirerOptions, 'downloads' | 'elsewhere'>

export type RigOptions = {
  /** Everything is made in here: `dev/` with the device links and `config/` for the terminal. */
  readonly folder: string
  /** 0 takes a free port (for the screens: when the terminal starts). */
  readonly ports: { readonly acquirer: number; readonly screens: number }
  /** The configuration to start from; the shipped demo when absent. */
  readonly demoConfig?: string
  /** What this acquirer has, beyond what all have. */
  readonly host?: HostOffers
  /** Speed of the printer, so that a person sees the paper grow; at once when absent. */
  readonly linesPerSecond?: number
  /** Other cables than pseudo-terminals, such as into a machine with a kernel of its own. */
  readonly cables?: Readonly<Record<DeviceId, Pty>>
}

export type Rig = {
  readonly configFolder: string
  readonly screenPort: number
  readonly cards: CardSet
  readonly phones: Phones
  readonly printer: PrinterSim
  readonly pinPad: PinPadSim
  readonly cardReader: CardReaderSim
  readonly scanner: ScannerSim
  /** What the scanner sends between two codes that it sees at once. */
  readonly betweenReads: string
  /** The same four by the name of their link. */
  readonly devices: Readonly<Record<DeviceId, Simulator<unknown>>>
  /** The line of each, sound until a fault is ordered. */
  readonly lines: Readonly<Record<DeviceId, SpoiledLine>>
  readonly acquirer: Acquirer
  /** Called after every change of a device or of the host. */
  onChange(listener: () => void): void
  /** Lets the page at `origin` frame the screens of a terminal that is started after this. */
  allowFraming(origin: string): void
  stop(): Promise<void>
}

/** Starts everything but the terminal. Rejects with `EADDRINUSE` when the acquirer's port is taken. */
export async function startRig(options: RigOptions): Promise<Rig> {
  const { cables, folder, ports, demoConfig = DEMO_CONFIG, linesPerSecond } = options
  const known = readDemoConfig(demoConfig)
  const cards = loadCards(CARDS_FILE)
  const acquirer = await startAcquirer({
    port: ports.acquirer,
    cards: readCards(CARDS_FILE),
    masterKey: known.acquirer.masterKey,
    clock: { wallMs: () => Date.now(), after: runAfter },
    random: (length) => randomBytes(length),
    terminals: [{ tid: known.terminal.number, mid: known.merchant.number }],
    amountLimitMinor: known.limits.maxAmountMinor,
    repeatedAdvice: 'sameAnswer',
    ...pinsAtHost(known),
    ...options.host,
  })
  const devFolder = join(folder, 'dev')
  const lineOf = (device: DeviceId): SpoiledLine =>
    spoilLine(cables?.[device] ?? openPty({ path: join(devFolder, device) }))
  const lines = {
    printer: lineOf('printer'),
    'pin-pad': lineOf('pin-pad'),
    'card-reader': lineOf('card-reader'),
    'qr-scanner': lineOf('qr-scanner'),
  }
  const standsOn = (device: DeviceId): { path: string; cable: Pty } => ({
    path: lines[device].path,
    cable: lines[device],
  })
  const printer = startPrinterSim({
    ...standsOn('printer'),
    columns: known.devices.printer.columns,
    ...(linesPerSecond === undefined ? {} : { linesPerSecond }),
  })
  const pinPad = startPinPadSim({
    ...standsOn('pin-pad'),
    masterKeys: { [known.acquirer.masterKeyIndex]: known.acquirer.masterKey },
    ...pinsAtPad(known),
  })
  const cardReader = startCardReaderSim({
    ...standsOn('card-reader'),
    cards,
    contactlessNoPinMinor: known.limits.contactlessNoPinMinor,
  })
  const { model, suffix } = known.devices.qrScanner
  const scanner =
    model === 'ssi'
      ? startSsiAtCounter(lines['qr-scanner'])
      : startScannerSim({
          ...standsOn('qr-scanner'),
          suffix,
          aimIdentifier: QR_AIM_IDENTIFIER,
        })
  const devices: Record<DeviceId, Simulator<unknown>> = {
    printer,
    'pin-pad': pinPad,
    'card-reader': cardReader,
    'qr-scanner': scanner,
  }
  const configFolder = join(folder, 'config')
  const places = { devFolder, acquirerPort: acquirer.port, screenPort: ports.screens }
  writeDemoConfig(demoConfig, configFolder, places)
  return {
    configFolder,
    screenPort: ports.screens,
    cards,
    phones: createPhones(cards, () => randomInt(10)),
    printer,
    pinPad,
    cardReader,
    scanner,
    betweenReads: `${suffix}${QR_AIM_IDENTIFIER}`,
    devices,
    lines,
    acquirer,
    onChange(listener) {
      for (const device of Object.values(devices)) device.onChange(listener)
      acquirer.onChange(listener)
    },
    allowFraming: (benchOrigin) =>
      writeDemoConfig(demoConfig, configFolder, { ...places, benchOrigin }),
    async stop() {
      for (const device of Object.values(devices)) device.stop()
      await acquirer.stop()
    },
  }
}

function runAfter(ms: number, task: () => void): () => void {
  const timer = setTimeout(task, ms)
  return () => clearTimeout(timer)
}

/** The published example of ANSI X9.24-1, annex A: initial key and first serial number, its counter at zero. */
const PAD_DUKPT = {
  initialKey: '6AC292FAA1315B4D858AB3A3D7D5933A',
  ksn: 'FFFF9876543210E00000',
}

/** The pad has been loaded for what the terminal is set to. */
function pinsAtPad({ acquirer }: DemoConfig): Pick<PinPadSimOptions, 'cipher' | 'unique'> {
  return {
    cipher: acquirer.networkManagementCode === '005' ? 'sm4' : 'tdes',
    ...(acquirer.pinDukpt === undefined ? {} : { unique: PAD_DUKPT }),
  }
}

/** So has the host. */
function pinsAtHost({
  acquirer: { dialect, pinDukpt },
}: DemoConfig): Pick<AcquirerOptions, 'form' | 'pinDukpt'> {
  return {
    ...(dialect === 'unionpay-pos-sm4' ? { form: { ...USUAL_FORM, pinBlockBytes: 16 } } : {}),
    ...(pinDukpt === undefined
      ? {}
      : {
          pinDukpt: {
            initialKey: PAD_DUKPT.initialKey,
            ksnField: Number(pinDukpt.ksnField),
          },
        }),
  }
}

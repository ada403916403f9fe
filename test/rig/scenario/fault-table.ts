/** Every driver beside every fault that the laboratory can order: which scenarios play it, or why there is nothing to play. */
import { DEVICE_IDS, type DeviceId } from '../bench/state.ts'
import { ANY_LINE_FAULTS, DEVICE_FAULTS } from '../device-faults.ts'
import type { Scenario } from './scenario-file.ts'
import type { Step } from './step.ts'

/** A driver as its folder below `drivers`, such as `pin-pad/visa2`. */
export type Driver = { readonly device: DeviceId; readonly name: string }

type Cell =
  /** Titles of the scenarios. */
  | { readonly kind: 'played'; readonly titles: readonly string[] }
  | { readonly kind: 'elsewhere'; readonly file: string; readonly title: string }
  | { readonly kind: 'noSense'; readonly why: string }
  | { readonly kind: 'missing' }

export type FaultTable = ReadonlyMap<string, ReadonlyMap<string, Cell>>

/** Switches of the bench that are faults as well. */
const SWITCHES = ['pulledCable', 'paperOut', 'paperNearEnd', 'coverOpen'] as const
const PRINTER_SWITCHES = ['paperOut', 'paperNearEnd', 'coverOpen']

/** The part that the fault is one of; only some devices have it. */
const PARTS: Readonly<Record<string, string>> = {
  cutterJam: 'cutter',
  headHot: 'print head',
  noProcessId: 'print job',
  paperEnds: 'roll',
  paperOut: 'roll',
  paperNearEnd: 'roll',
  coverOpen: 'cover',
  nak: 'NAK',
  wrongLrc: 'LRC',
  lateClosing: 'EOT',
  wrongCrc: 'CRC',
  keyExhausted: 'keys',
  tamper: 'tamper switch',
  unreadableChip: 'chip contacts',
  collision: 'antenna',
  aacAtOnce: 'kernel',
  aacAfterApproval: 'kernel',
  doubleRead: 'codes to read',
  truncate: 'codes to read',
  noSuffix: 'codes to read',
}

const HID = 'test/drivers/qr-scanner/hid-pos'
const NONSENSE = {
  file: `${HID}/report.test.ts`,
  title: 'a device that sends nonsense never makes the driver throw',
}
const HALF = { file: `${HID}/driver.test.ts`, title: 'half a code is told within a quarter' }

/** A HID device needs a kernel: what a pseudo-terminal cannot play is played at the driver, on reports. */
const ELSEWHERE: Readonly<Record<string, Readonly<Record<string, typeof HALF>>>> = {
  'qr-scanner/hid-pos': {
    garbage: NONSENSE,
    garbledLine: NONSENSE,
    noise: NONSENSE,
    truncate: HALF,
    halfAnswer: HALF,
    doubleRead: { file: `${HID}/driver.test.ts`, title: 'each showing once' },
    lateLine: { file: `${HID}/report.test.ts`, title: 'a code that began when nobody wanted it' },
    pulledCable: { file: `${HID}/driver.test.ts`, title: 'half a code at the unplug' },
  },
}

const NO_SENSE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'qr-scanner/hid-pos': {
    noSuffix: 'a report carries its length, there is no suffix',
    deadLine: 'USB tells of a device that is dead by its absence: the pulled cable',
  },
  'qr-scanner/ssi': { noSuffix: 'a packet carries its length, there is no suffix' },
}

/** Where a device has no fault of this name, because another one is the same to its driver. */
const SAME_AS: Readonly<Record<string, string>> = {
  silent: 'as deadLine',
  garbage: 'as garbledLine',
  slow: 'as lateLine',
  powerOff: 'fed by its cable: as pulledCable',
}

/** All faults, those of devices first. */
const ALL_FAULTS: readonly string[] = [
  ...new Set([...Object.values(DEVICE_FAULTS).flat(), ...ANY_LINE_FAULTS, ...SWITCHES]),
]

/** Only scenarios that say what the cashier sees and what the journal holds count. */
export function faultTable(drivers: readonly Driver[], scenarios: readonly Scenario[]): FaultTable {
  const played = new Map<string, string[]>()
  for (const scenario of scenarios.filter(isWhole))
    for (const { step } of scenario.steps)
      for (const at of faultsOf(step, scannerOf(scenario)))
        played.set(at, [...(played.get(at) ?? []), scenario.title])
  return new Map(
    drivers.map((driver) => [
      pathOf(driver),
      new Map(ALL_FAULTS.map((fault) => [fault, cellOf(driver, fault, played)])),
    ]),
  )
}

function cellOf(driver: Driver, fault: string, played: ReadonlyMap<string, string[]>): Cell {
  const path = pathOf(driver)
  const titles = played.get(`${path} ${fault}`)
  if (titles !== undefined) return { kind: 'played', titles: [...new Set(titles)] }
  const elsewhere = ELSEWHERE[path]?.[fault]
  if (elsewhere !== undefined) return { kind: 'elsewhere', ...elsewhere }
  const why = NO_SENSE[path]?.[fault]
  if (why !== undefined) return { kind: 'noSense', why }
  if (canHappen(driver.device, fault)) return { kind: 'missing' }
  return { kind: 'noSense', why: SAME_AS[fault] ?? `no ${PARTS[fault] ?? 'such part'}` }
}

function canHappen(device: DeviceId, fault: string): boolean {
  if (ANY_LINE_FAULTS.includes(fault) || fault === 'pulledCable') return true
  if (PRINTER_SWITCHES.includes(fault)) return device === 'printer'
  return DEVICE_FAULTS[device].includes(fault)
}

function pathOf({ device, name }: Driver): string {
  return `${device}/${name}`
}

/** Says what the cashier sees, and what the journal holds. */
function isWhole({ steps }: Scenario): boolean {
  const pictures = steps.flatMap(({ step }) =>
    step.verb === 'wait' || step.verb === 'expect' ? [step.with] : [],
  )
  const saw = pictures.some(
    (one) => 'page' in one || 'message' in one || 'screen' in one || 'strip' in one,
  )
  return saw && pictures.some(({ journal }) => journal !== undefined)
}

function scannerOf({ config }: Scenario): string {
  const scanner = config['devices.qrScanner']
  const isNamed = typeof scanner === 'object' && scanner !== null && 'model' in scanner
  return isNamed ? String(scanner.model) : 'serial'
}

/** As `driver fault`. */
function faultsOf(step: Step, scanner: string): readonly string[] {
  if (step.verb === 'fault' && step.with.device !== 'acquirer')
    return [`${DRIVER_OF[step.with.device](scanner)} ${step.with.kind}`]
  if (step.verb === 'pull') return [`${DRIVER_OF[step.with](scanner)} pulledCable`]
  if (step.verb === 'paper' && step.with !== 'ok')
    return [`printer/escpos ${step.with === 'out' ? 'paperOut' : 'paperNearEnd'}`]
  if (step.verb === 'cover' && step.with === 'open') return ['printer/escpos coverOpen']
  return []
}

const DRIVER_OF = {
  printer: () => 'printer/escpos',
  pinPad: () => 'pin-pad/visa2',
  cardReader: () => 'card-reader/neo2',
  qrScanner: (model: string) => `qr-scanner/${model}`,
} as const

/** A device's folder below `drivers`. */
export function isDevice(name: string): name is DeviceId {
  return DEVICE_IDS.some((id) => id === name)
}

/** As Markdown: `●` played by scenarios, `▲` played at the driver, else why not. */
export function tellTable(table: FaultTable): string {
  const drivers = [...table.keys()]
  const cell = (driver: string, fault: string): string => {
    const found = table.get(driver)?.get(fault)
    if (found === undefined || found.kind === 'missing') return '**missing**'
    if (found.kind === 'played') return '●'
    return found.kind === 'elsewhere' ? '▲' : found.why
  }
  return [
    `| fault | ${drivers.join(' | ')} |`,
    `|---|${drivers.map(() => '---|').join('')}`,
    ...ALL_FAULTS.map(
      (fault) => `| \`${fault}\` | ${drivers.map((one) => cell(one, fault)).join(' | ')} |`,
    ),
  ].join('\n')
}

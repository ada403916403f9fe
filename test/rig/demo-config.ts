/**
 * The configuration of a terminal that stands at this rig: the shipped demo folder with the rig's device paths and ports in it.
 * Comments stay, so that it reads like the original.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { z } from 'zod'

/** Device keys of `terminal.yaml` and the names of their links in `dev/`. */
const DEVICE_LINKS = {
  printer: 'printer',
  pinPad: 'pin-pad',
  cardReader: 'card-reader',
  qrScanner: 'qr-scanner',
} as const

/** What the rig needs to know of the terminal that it is to suit. */
const knownSchema = z.object({
  merchant: z.object({ number: z.string() }),
  terminal: z.object({ number: z.string() }),
  acquirer: z.object({
    masterKeyIndex: z.int(),
    masterKey: z.string(),
    dialect: z.string(),
    networkManagementCode: z.string(),
    pinDukpt: z.object({ ksnField: z.string() }).exactOptional(),
  }),
  limits: z.object({ maxAmountMinor: z.int(), contactlessNoPinMinor: z.int() }),
  devices: z.object({
    printer: z.object({ columns: z.union([z.literal(32), z.literal(48)]) }),
    /** Read by the code scanner that suits it; one that speaks in packets has no suffix. */
    qrScanner: z.object({ model: z.string(), suffix: z.string().default('\r') }),
  }),
})

export type DemoConfig = z.infer<typeof knownSchema>

export type DemoPlaces = {
  /** Where the links of the simulated devices are. */
  readonly devFolder: string
  readonly acquirerPort: number
  readonly screenPort: number
  /** Origin of the page that may frame the screens; absent: none. */
  readonly benchOrigin?: string
}

/** Reads what the rig needs of the demo configuration in `folder`. Throws with the place when it is unusable. */
export function readDemoConfig(folder: string): DemoConfig {
  return knownSchema.parse(parseDocument(readTerminalFile(folder)).toJS())
}

/** Copies the configuration `from` a folder `to` another, which is made or overwritten, and puts the places in. */
export function writeDemoConfig(from: string, to: string, places: DemoPlaces): void {
  cpSync(from, to, { recursive: true })
  const document = parseDocument(readTerminalFile(from))
  document.setIn(['acquirer', 'port'], places.acquirerPort)
  document.setIn(['screens', 'port'], places.screenPort)
  if (places.benchOrigin !== undefined) {
    document.setIn(['screens', 'benchOrigin'], places.benchOrigin)
  }
  for (const [device, link] of Object.entries(DEVICE_LINKS)) {
    document.setIn(['devices', device, 'path'], join(places.devFolder, link))
  }
  writeFileSync(join(to, 'terminal.yaml'), document.toString({ lineWidth: 0 }))
}

function readTerminalFile(folder: string): string {
  return readFileSync(join(folder, 'terminal.yaml'), 'utf8')
}

/** `suretill devices`: what is plugged in, what it is, which driver fits and what to write where. Opens nothing unless asked to probe. */
import { join } from 'node:path'
import { type Command, CommanderError, Option } from 'commander'
import { findHolders } from '#shell/devices/holders.ts'
import { findKnown, type KnownDevice, loadKnownDevices } from '#shell/devices/known-devices.ts'
import { lookAround } from '#shell/devices/look-around.ts'
import { isPosRole, steadyName, terminalLine, udevRule } from '#shell/devices/naming.ts'
import type { Plugged } from '#shell/devices/plugged.ts'
import { systemTree } from '#shell/devices/system-tree.ts'
import { loadTechnicianWords, type TechnicianLocale } from '#shell/devices/technician-words.ts'
import { type Answered, type DeviceReport, reportText } from './devices-text.ts'

export type DevicesIo = {
  readonly out: (line: string) => void
  readonly err: (line: string) => void
  /** Shipped data: the device table and the words. */
  readonly sharedConfig: string
  readonly locale: TechnicianLocale
  readonly pid: number
  /** Opens the port, asks, closes it again. Null: no answer that is known. Never rejects. */
  readonly probe: (path: string) => Promise<Answered | null>
}

type Flags = {
  readonly root: string
  readonly lang: TechnicianLocale
  readonly json?: true
  readonly probe?: true
}

/** Exit codes: 0 also when nothing is plugged in, 2 when the device table cannot be used. */
export function registerDevices(program: Command, io: DevicesIo): void {
  program
    .command('devices')
    .description('what is plugged in, which driver fits, and how to name it')
    .option('--probe', 'also open serial ports that nobody holds and ask what is there')
    .addOption(new Option('--lang <language>', 'words').choices(['zh-CN', 'en']).default(io.locale))
    .option('--root <folder>', 'look at a recorded tree with dev, sys and proc instead', '/')
    .option('--json', 'one JSON line')
    .action((flags: Flags) => run(io, flags))
}

async function run(io: DevicesIo, flags: Flags): Promise<void> {
  const table = loadKnownDevices(join(io.sharedConfig, 'devices', 'known.yaml'))
  if (!table.ok) {
    io.err(table.sentence)
    throw new CommanderError(2, 'suretill.devices', '')
  }
  const tree = systemTree(flags.root)
  const found = lookAround(tree)
  const nodes = found.flatMap(({ node }) => (node === null ? [] : [node]))
  const holders = findHolders(tree, nodes, [io.pid])
  const reports: DeviceReport[] = []
  for (const plugged of found) {
    const known = findKnown(table.devices, plugged)
    const heldBy = plugged.node === null ? [] : (holders.get(plugged.node) ?? [])
    const asked = flags.probe === true && plugged.wears === 'serial' && plugged.node
    const answer = asked && heldBy.length === 0 ? await io.probe(join(flags.root, asked)) : null
    reports.push({
      ...plugged,
      name: known?.name ?? null,
      is: known?.is ?? null,
      model: known?.model ?? null,
      steadyName: steadyName(plugged),
      udevRule: known !== null && isPosRole(known.is) ? udevRule(plugged, known.is) : null,
      terminalLine: known === null ? null : terminalLine(plugged, known),
      advice: known?.advice ?? (hidesOthers(plugged, known) ? 'behindAdapter' : null),
      heldBy,
      probed: asked ? (heldBy.length > 0 ? 'inUse' : (answer ?? 'noAnswer')) : null,
    })
  }
  if (flags.json === true) io.out(JSON.stringify({ devices: reports }))
  else
    for (const line of reportText(reports, loadTechnicianWords(io.sharedConfig, flags.lang)))
      io.out(line)
}

/** A converter, or a port that is soldered in: anything may be at the other end of the cable. */
function hidesOthers(plugged: Plugged, known: KnownDevice | null): boolean {
  return known?.is === 'adapter' || (plugged.wears === 'serial' && plugged.usb === null)
}

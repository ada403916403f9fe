/**
 * A guest that was booted once and saved a moment before the terminal's disks were mounted: kernel, modules and devices are up. Kept
 * beside the base until anything that went into it changes; every start and every start after a power cut goes on from it.
 */
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Base } from './base.ts'
import { bootGuest } from './guest.ts'
import { installedRules, PRODUCT_BYTES } from './product.ts'
import type { GuestOptions } from './qemu-arguments.ts'
import { runProgram } from './system-program.ts'
import { CONVERTER_ARGUMENTS, connectGadgets, GADGET_LINES } from './usb-bus.ts'

/** As small as the data partition of a terminal may be. */
export const DATA_MEGABYTES = 64

/** All that decides what the saved memory fits to. */
const INPUTS = ['booted.ts', 'guest.ts', 'qemu-arguments.ts', 'usb-bus.ts', 'devices']

type Disks = { readonly base: Base; readonly product: string; readonly dataDisk: string }

/** The machine of a terminal; neither disk is mounted by its first program. */
export function machineOf({ base, product, dataDisk }: Disks): GuestOptions {
  return {
    base,
    disks: [
      { file: product, place: null, readOnly: true },
      { file: dataDisk, place: null, readOnly: false },
    ],
    lines: [...GADGET_LINES, 'terminal'],
    arguments: CONVERTER_ARGUMENTS,
  }
}

/** The file to resume from; boots only when there is none yet that fits. `say` hears that it takes a while. */
export async function keepBooted(base: Base, say: (what: string) => void): Promise<string> {
  const home = dirname(base.root)
  const rules = installedRules()
  const file = join(home, `booted-${keyOf(rules)}`)
  if (existsSync(file)) return file
  say('The guest is booted and saved. Once only.')
  for (const old of readdirSync(home).filter((name) => name.startsWith('booted-')))
    rmSync(join(home, old), { force: true })
  const folder = mkdtempSync(join(tmpdir(), 'rig-vm-boot-'))
  try {
    const [product, dataDisk] = [join(folder, 'product'), join(folder, 'data')]
    for (const [disk, bytes] of [
      [product, PRODUCT_BYTES],
      [dataDisk, DATA_MEGABYTES * BYTES_PER_MEGABYTE],
    ] as const) {
      writeFileSync(disk, '')
      truncateSync(disk, bytes)
    }
    const guest = await bootGuest(machineOf({ base, product, dataDisk }))
    try {
      await connectGadgets(guest, rules)
      await guest.save(join(folder, 'saved'))
    } finally {
      await guest.powerCut()
    }
    runProgram('mv', [join(folder, 'saved'), `${file}.new`])
    renameSync(`${file}.new`, file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return file
}

const BYTES_PER_MEGABYTE = 1_048_576

function keyOf(rules: string): string {
  const qemu = runProgram('qemu-system-x86_64', ['--version'])
  const hash = createHash('sha256').update(qemu).update(rules)
  for (const input of INPUTS) {
    const place = join(import.meta.dirname, input)
    const files = input.endsWith('.ts')
      ? [place]
      : readdirSync(place).map((one) => join(place, one))
    for (const one of files.toSorted()) hash.update(readFileSync(one))
  }
  return hash.digest('hex').slice(0, KEY_DIGITS)
}

const KEY_DIGITS = 12

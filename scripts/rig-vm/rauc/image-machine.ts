/** A machine with two roots, a loader that chooses between them, and the power in our hand. What it remembers lies on its data disk. */
import { copyFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { makeDataDisk } from '../disk-image.ts'
import { bootGuest, type Guest } from '../guest.ts'
import { runProgram } from '../system-program.ts'
import { type Images, SLOT_BYTES } from './image-disks.ts'

const DATA_MEGABYTES = 64
const LOOK_EVERY_MS = 50
const LOOKS = 6000

/** What the loader of a new machine knows: the first root is good, the second was never started. */
const FACTORY: Readonly<Record<string, string>> = {
  primary: 'system0',
  'state.system0': 'good',
  'tries.system0': '0',
  'state.system1': 'bad',
  'tries.system1': '0',
}

export type ImageMachine = {
  /** New disks, as the machine leaves the factory; whatever ran has lost its power. */
  toFactory(): Promise<void>
  /** Starts what the loader chooses; whatever ran before has lost its power. */
  powerOn(): Promise<Guest>
  /** Safe to call twice. */
  powerCut(): Promise<void>
  /** Resolves when something has been written into the root that does not run; false when nothing was for five minutes. */
  written(): Promise<boolean>
  /** Milliseconds of processor time of all starts so far. */
  processorMs(): number
}

export type MachineParts = {
  readonly images: Images
  /** Disk with the terminal's program. */
  readonly product: string
  readonly folder: string
}

/** Off, and without disks: `toFactory` comes first. */
export function createImageMachine({ folder, images, product }: MachineParts): ImageMachine {
  const [rootA, rootB] = [join(folder, 'root-a.img'), join(folder, 'root-b.img')]
  const data = join(folder, 'rauc-data.img')
  const { kernel, initramfs } = images
  const guests: Guest[] = []
  const powerCut = async (): Promise<void> => await guests.at(-1)?.powerCut()
  return {
    powerCut,
    async toFactory() {
      await powerCut()
      copyFileSync(images.slot, rootA)
      writeFileSync(rootB, '')
      truncateSync(rootB, SLOT_BYTES)
      makeDataDisk(data, DATA_MEGABYTES)
      for (const [name, text] of Object.entries(FACTORY)) {
        const file = join(folder, name)
        writeFileSync(file, `${text}\n`)
        runProgram('debugfs', ['-w', '-R', `write ${file} ${name}`, data])
      }
    },
    processorMs: () => guests.reduce((sum, one) => sum + one.processorMs(), 0),
    async written() {
      for (let looks = 0; looks < LOOKS; looks += 1) {
        if (statSync(rootB).blocks > 0) return true
        await setTimeout(LOOK_EVERY_MS)
      }
      return false
    },
    async powerOn() {
      await powerCut()
      const guest = await bootGuest({
        base: { kernel, initramfs, root: product, packages: [] },
        disks: [
          { file: rootA, place: null, readOnly: false },
          { file: rootB, place: null, readOnly: false },
          { file: images.bundles, place: null, readOnly: true },
          { file: data, place: null, readOnly: false },
        ],
      })
      guests.push(guest)
      return guest
    },
  }
}

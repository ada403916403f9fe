/** Groups of cases that need nothing of each other: each has guests of its own, and several run side by side. */
import { join } from 'node:path'
import type { Base } from './base.ts'
import { DATA_MEGABYTES } from './booted.ts'
import type { Choice } from './choice.ts'
import { playDevices } from './device-suite.ts'
import { makeDataDisk } from './disk-image.ts'
import { type GuestStage, setGuestStage } from './guest-stage.ts'
import { playPowerCuts } from './power-suite.ts'
import type { Images } from './rauc/image-disks.ts'
import { createImageMachine } from './rauc/image-machine.ts'
import { playImageUpdates } from './rauc/rauc-suite.ts'
import { openShopOf, type Shop } from './shop.ts'
import { type Suite, startSuite } from './suite.ts'
import type { Verdict } from './verdict.ts'

export type LaneOptions = {
  readonly base: Base
  readonly booted: string
  /** Null where no case wants them. */
  readonly images: Images | null
  readonly product: string
  /** Everything of this run is made in here. */
  readonly folder: string
  readonly choice: Choice
  readonly onVerdict: (verdict: Verdict) => void
}

type Lane = (options: LaneOptions) => Promise<void>

/** The longest first. */
export const LANES: readonly Lane[] = [
  (options) => inShop(options, 'power', playPowerCuts),
  (options) => inShop(options, 'devices', playDevices),
  withImages,
]

async function withImages(options: LaneOptions): Promise<void> {
  const { images, choice } = options
  if (images === null) return
  const machine = createImageMachine({ ...options, images })
  const suite = startSuite({
    suite: 'rauc',
    onVerdict: options.onVerdict,
    wanted: (name) => choice.wants('rauc', name),
    processorMs: () => machine.processorMs(),
  })
  try {
    await playImageUpdates(machine, suite)
  } finally {
    await machine.powerCut()
  }
}

type Play = (shop: Shop, suite: Suite, dataDisk: string) => Promise<void>

/** A new terminal on an empty disk, opened for the day before its first case. */
async function inShop(options: LaneOptions, suite: Verdict['suite'], play: Play): Promise<void> {
  const { choice, folder, onVerdict } = options
  const dataDisk = join(folder, `data-${suite}.img`)
  makeDataDisk(dataDisk, DATA_MEGABYTES)
  const stage: GuestStage = await setGuestStage({ ...options, dataDisk, printer: 'escpos-usblp' })
  const processorMs = (): number => stage.terminal.processorMs()
  const shop = openShopOf(stage)
  try {
    await play(
      shop,
      startSuite({
        suite,
        onVerdict,
        processorMs,
        wanted: (name) => choice.wants(suite, name),
        prepare: () => opened(shop, { suite, onVerdict, processorMs }),
      }),
      dataDisk,
    )
  } finally {
    await stage.strike()
  }
}

async function opened(
  shop: Shop,
  told: Pick<Parameters<typeof startSuite>[0], 'suite' | 'onVerdict' | 'processorMs'>,
): Promise<boolean> {
  let isOpen = false
  await startSuite({ ...told, wanted: () => true }).case(
    'open',
    'the terminal starts on the guest, signs on, and finds all four devices well',
    async () => {
      const started = performance.now()
      await shop.open()
      isOpen = true
      return { 'open after': Math.round(performance.now() - started) }
    },
  )
  return isOpen
}

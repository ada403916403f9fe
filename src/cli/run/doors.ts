/** The doors of the terminal: screens, till, figures, feed. The first that cannot be opened closes those before it. */
import { join } from 'node:path'
import { screensToken } from '#shell/api/screens-token.ts'
import { type CodePicture, supportText } from '#shell/api/support-view.ts'
import type { FeedStart } from '#shell/feed/feed.ts'
import { RELEASE } from '#shell/journal/release.ts'
import { codePicture } from '#shell/receipt/code-picture.ts'
import { type SlipLink, slipLinkOf } from '#shell/receipt/slip-link.ts'
import { reportSource } from '#shell/reports/report-view.ts'
import { systemClock } from '#shell/system-clock.ts'
import type { Terminal } from '#shell/terminal.ts'
import { startSerialTill } from '#shell/till/serial-line.ts'
import type { TillServerStart } from '#shell/till/server.ts'
import { openMetrics } from './metrics.ts'
import type { RunParts } from './parts.ts'
import type { Ready } from './ready.ts'
import type { Stores } from './stores.ts'

export type Doors = {
  readonly screens: string
  readonly customer: string
  /** Port of each door that is wanted besides. */
  readonly ports: {
    readonly till?: number
    readonly feed?: number | null
    readonly metrics?: number
  }
  close(): Promise<void>
}

type Opening =
  | { readonly ok: true; readonly doors: Doors }
  | { readonly ok: false; readonly sentence: string }

export async function openDoors(
  parts: RunParts,
  ready: Ready,
  { stores, terminal }: { readonly stores: Stores; readonly terminal: Terminal },
): Promise<Opening> {
  const { data, file, tally } = ready
  const closing: (() => Promise<void>)[] = []
  const close = async (): Promise<void> => {
    for (const one of closing.toReversed()) await one()
  }
  const refused = async (sentence: string): Promise<Opening> => {
    await close()
    return { ok: false, sentence }
  }
  const screens = await openScreens(parts, ready, { stores, terminal })
  if (!screens.ok) return await refused(screens.sentence)
  closing.push(() => screens.close())
  const till = file.till === undefined ? null : await openTill(file.till, terminal, ready)
  if (till !== null && !till.ok) return await refused(till.sentence)
  if (till !== null) closing.push(() => till.close())
  const metrics = await openMetrics({ wanted: file.care.metrics, terminal, tally, data })
  if (metrics !== null && !metrics.ok) return await refused(metrics.sentence)
  if (metrics !== null) closing.push(() => metrics.close())
  const cable = openTillCable(parts, ready, terminal)
  if (cable !== null) closing.push(() => cable.close())
  const feed = await openFeed(ready, stores)
  if (feed !== null) closing.push(() => feed.close())
  return {
    ok: true,
    doors: {
      screens: screens.url,
      customer: screens.customerUrl,
      ports: {
        ...(till === null ? {} : { till: till.port }),
        ...(feed === null ? {} : { feed: feed.port }),
        ...(metrics === null ? {} : { metrics: metrics.port }),
      },
      close,
    },
  }
}

function openScreens(
  { buildFolder, sharedConfig, startScreens }: RunParts,
  { file, note }: Ready,
  { stores, terminal }: { readonly stores: Stores; readonly terminal: Terminal },
): ReturnType<RunParts['startScreens']> {
  const { link } = file.slips
  const { benchOrigin, host, port, theme, quietHours = null, volume, voice } = file.screens
  return startScreens({
    host,
    port,
    api: terminal.screens.api,
    buildFolder,
    log: note,
    token: screensToken(stores.deviceKey, stores.random),
    look: { theme, quietHours, volume, voice },
    report: reportSource({
      journal: stores.journalFile,
      sharedConfig,
      wallMs: () => systemClock.wallMs(),
    }),
    parameters: async (locale) => {
      // Asked for on some days, and not at the start.
      const { parametersView } = await import('#shell/params/parameters-view.ts')
      return parametersView({ file, sharedConfig, locale })
    },
    support: (view) => codePicture(supportText(view, RELEASE)),
    ...(link === undefined ? {} : { slipLink: () => slipCode(terminal, link) }),
    ...(benchOrigin === undefined ? {} : { benchOrigin }),
  })
}

/** In a drill the real terminal rests, wherever it stands: nothing of it is shown. */
function slipCode({ screens, state }: Terminal, link: SlipLink): CodePicture | null {
  if (screens.api.view().drill) return null
  const address = slipLinkOf(state(), link)
  return address === null ? null : codePicture(address)
}

async function openTill(
  { port, secret }: NonNullable<Ready['file']['till']>,
  { till: desk }: Terminal,
  { note }: Ready,
): Promise<TillServerStart> {
  const { startTillServer } = await import('#shell/till/server.ts')
  return await startTillServer({ port, secret, desk, clock: systemClock, note })
}

/** Beside the port, not in its place; a cable that is not there yet is waited for. */
function openTillCable(
  { tillCable }: RunParts,
  { file: { till }, note }: Ready,
  { till: desk }: Terminal,
): { close(): Promise<void> } | null {
  if (till?.serial === undefined) return null
  const cable = tillCable({ ...till.serial, clock: systemClock })
  return startSerialTill({ cable, secret: till.secret, desk, clock: systemClock, note })
}

/** A feed that cannot be opened is said, and the terminal sells on. */
async function openFeed(
  { data, err, file: { feed, terminal }, note }: Ready,
  { disk, journalFile }: Stores,
): Promise<Extract<FeedStart, { ok: true }> | null> {
  if (feed === undefined) return null
  const { startFeed } = await import('#shell/feed/feed.ts')
  const started = await startFeed(feed, {
    journal: journalFile,
    positionFile: join(data, 'feed.json'),
    terminal: terminal.number,
    disk,
    clock: systemClock,
    note,
  })
  if (started.ok) return started
  note('feed', { sentence: started.sentence })
  err(started.sentence)
  return null
}

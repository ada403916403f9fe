/** One terminal for one day: the real core in the real loop on virtual time, with the simulation's devices, disk and acquirer around it. */

import { gatheredLines } from '#core/batch/unsettled.ts'
import { NO_PRICES, type PriceMemory, withPrice } from '#core/guard/price-memory.ts'
import { NO_HISTORY, type SalesHistory, withSale } from '#core/guard/sales-history.ts'
import { minor } from '#core/money.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { Attempt } from '#core/transaction/attempt.ts'
import type { CodeTable } from '#qr/code-table.ts'
import type { Entry } from '#shell/journal/journal.ts'
import { createAcquirerDesk } from '../simulation/acquirer-desk.ts'
import { type CardReader, createCardReader } from '../simulation/card-reader.ts'
import { createDisk, type Disk } from '../simulation/disk.ts'
import { createHost, type Host } from '../simulation/host.ts'
import { breach } from '../simulation/interruptions.ts'
import { createLine } from '../simulation/line.ts'
import { createPower } from '../simulation/power.ts'
import { createPrinter, type Printer } from '../simulation/printer.ts'
import { createProcess, type Outward, type Process } from '../simulation/process.ts'
import { createRandom, type Random } from '../simulation/random.ts'
import { createSecrets } from '../simulation/secrets.ts'
import { createPinPad } from '../simulation/small-devices.ts'
import { createTimeline, type Timeline } from '../simulation/timeline.ts'
import type { Tell } from '../simulation/world-parts.ts'
import { payerOf } from './books.ts'
import { type CodeScanner, createCodeScanner } from './code-scanner.ts'
import { createPlannedFaults, type PlannedFaults } from './planned-faults.ts'
import { OPENS_AT, type Shop } from './shops.ts'

export type World = {
  readonly timeline: Timeline
  readonly faults: PlannedFaults
  readonly process: Process
  readonly disk: Disk
  /** What the terminal knew when the day began. */
  readonly first: TerminalState
  /** Every event that is on the disk, oldest first. */
  readonly journal: () => readonly Entry[]
  readonly host: Host
  readonly printer: Printer
  readonly reader: CardReader
  readonly scanner: CodeScanner
}

/** What a terminal has learned of its shop. */
export type Past = { readonly history: SalesHistory; readonly prices: PriceMemory }

export type WorldOptions = {
  readonly setup: Setup
  readonly seed: number
  readonly table: CodeTable
  readonly past: Past
  /** A request for money leaves. */
  readonly onRequest: (attempt: Attempt) => void
}

/** Done by the commit itself. */
const BY_THE_COMMIT: ReadonlySet<string> = new Set(['sealPan', 'dropSealedPan', 'keepRecord'])
/** The power is away for so long. */
const DARK_MS = 5_000

export function createWorld({ setup, seed, table, past, onRequest }: WorldOptions): World {
  const timeline = createTimeline()
  const random = createRandom(seed)
  const faults = createPlannedFaults()
  const power = createPower(faults, random)
  const first = { ...initialState(), ...past }
  const kept = createDisk(faults, power, { keepRows: false, first, onRecord: () => undefined })
  const journal: Entry[] = []
  const disk: Disk = {
    ...kept,
    // The power may go when the commit is on disk already, and then it counts.
    commit: (commit) => {
      const commits = kept.commits()
      try {
        kept.commit(commit)
      } finally {
        if (kept.commits() > commits) journal.push(...commit.entries)
      }
    },
  }
  const host = createHost(setup, faults, () => undefined)
  const line = createLine({ timeline, random, faults, host }, setup.host.replyTimeoutMs, false)
  const desk = createAcquirerDesk({ random, faults }, line, setup)
  const payers = new Map<string, string>()
  const parts = { timeline, random, faults, voice: () => process.voice() }
  const reader = createCardReader(parts, () => undefined, false)
  const pinPad = createPinPad(parts, setup.limits.pinTimeoutMs)
  const printer = createPrinter(parts)
  const scanner = createCodeScanner(table)

  /** False for what is no matter of a device. */
  const toDevices = (effect: Outward, tell: Tell): boolean => {
    if (effect.do === 'readCard') reader.read(effect, tell)
    else if (effect.do === 'cancelCardRead') reader.cancel()
    else if (effect.do === 'completeCard') reader.complete(effect, tell)
    else if (effect.do === 'armScanner') scanner.arm(tell)
    else if (effect.do === 'disarmScanner') scanner.disarm()
    else if (effect.do === 'requestPin') pinPad.request(effect, tell)
    else if (effect.do === 'cancelPin') pinPad.cancel()
    else if (effect.do === 'print') printer.print(effect.slip, tell)
    else return false
    return true
  }
  const toAcquirer = (effect: Outward, tell: Tell): boolean => {
    if (effect.do === 'sendRequest') {
      const { attempt } = effect
      onRequest(attempt)
      if (attempt.tender.kind === 'code')
        payers.set(idOf(attempt), payerOf(attempt.tender.code.fingerprint))
      desk.send(attempt, naming(payers.get(idOf(attempt)), tell))
    } else if (effect.do === 'sendAdvice') desk.repeat(effect.advice, tell)
    else if (effect.do === 'sendBatch') desk.settle(effect.message, tell)
    else if (effect.do === 'sendReversal') desk.reverse(effect.reversal, tell)
    else if (effect.do === 'sendQuery')
      desk.query(effect.question, naming(payers.get(idOf(effect.question.original)), tell))
    else if (effect.do === 'signOn') desk.signOn(effect, () => process.state() !== null, tell)
    else if (effect.do === 'probeLink') desk.probe(tell)
    else return false
    return true
  }
  const perform = (effect: Outward, tell: Tell): void => {
    if (toDevices(effect, tell) || toAcquirer(effect, tell) || BY_THE_COMMIT.has(effect.do)) return
    if (effect.do === 'gatherBatch') {
      const lines = gatheredLines(effect, (of) => disk.batchRecords(of))
      tell({ type: 'batchGathered', page: effect.page, batch: effect.batch, lines })
      return
    }
    if (effect.do !== 'findRecord') breach(`this world cannot do this: ${effect.do}`)
    const record = disk.newestRecord(effect.stan)
    tell({ type: 'recordFound', page: effect.page, record })
  }
  const process: Process = createProcess({
    timeline,
    disk,
    power,
    secrets: createSecrets(),
    setup,
    keysReady: desk.keysReady,
    perform,
    publish: () => undefined,
    onOn: () => {
      reader.reportHealth()
      printer.reportHealth()
      for (const device of ['pinPad', 'qrScanner'] as const)
        process.voice()({ type: 'deviceHealthChanged', health: { device, troubles: [] } })
    },
    onOff: () => {
      reader.powerOff()
      scanner.disarm()
      pinPad.powerOff()
      printer.terminalDied()
      timeline.after(DARK_MS, () => process.powerOn())
    },
  })
  return {
    timeline,
    faults,
    process,
    disk,
    first,
    journal: () => journal,
    host,
    printer,
    reader,
    scanner,
  }
}

/** This acquirer names whoever paid by code, as wallets name theirs to it: in the answer, and when it is asked what became of one. */
function naming(payer: string | undefined, tell: Tell): Tell {
  if (payer === undefined) return tell
  return (event) =>
    event.type === 'hostReplied' || event.type === 'queryReplied'
      ? tell({ ...event, reply: { ...event.reply, payer } })
      : tell(event)
}

function idOf({ batch, stan }: { readonly batch: string; readonly stan: string }): string {
  return `${batch}-${stan}`
}

const OPENING = Date.UTC(2026, 10, 21)
const HOUR_MS = 3_600_000

/** What a terminal of this shop has learned before the day begins. */
export function pastOf(shop: Shop, seed: number): Past {
  const random: Random = createRandom(seed)
  const sum = shop.hours.reduce((all, share) => all + share, 0)
  let history = NO_HISTORY
  let prices = NO_PRICES
  for (let sale = 0; sale < shop.pastSales; sale++) {
    let left = random.next() * sum
    const hour = Math.max(
      0,
      shop.hours.findIndex((share) => (left -= share) < 0),
    )
    const price = shop.price(random, OPENS_AT + hour)
    history = withSale(history, minor(price), OPENING + hour * HOUR_MS)
    prices = withPrice(prices, minor(price))
  }
  return { history, prices }
}

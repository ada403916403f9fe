/** The whole shop of one seed put together: acquirer, devices, power, disk, clock, cashier, customers, and the terminal in the middle. */
import { gatheredLines } from '#core/batch/unsettled.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { createAcquirerDesk } from './acquirer-desk.ts'
import { type CardReader, createCardReader } from './card-reader.ts'
import { type Cashier, createCashier } from './cashier.ts'
import { type Checks, createChecks } from './checks.ts'
import { createCustomers } from './customers.ts'
import { createDaySums } from './day-sums.ts'
import { createDisk, type Disk } from './disk.ts'
import { createDrillHall } from './drill-hall.ts'
import { createFaults, type Faults } from './faults.ts'
import { createHost, type Host } from './host.ts'
import { houseOf } from './house.ts'
import { createHouseRules } from './house-rules.ts'
import { breach } from './interruptions.ts'
import { createLine } from './line.ts'
import { lookedFor } from './look-up.ts'
import { createOwed, type Owed } from './owed.ts'
import { createPower, type Power } from './power.ts'
import { createPrinter, type Printer } from './printer.ts'
import { createProcess, type Outward, type Process } from './process.ts'
import { createRandom, type Random } from './random.ts'
import { createSecrets, type Secrets } from './secrets.ts'
import { shopSetup } from './shop.ts'
import { createPinPad, createScanner, type Scanner } from './small-devices.ts'
import { createTillDesk, type TillDesk } from './till-desk.ts'
import { createTimeline, type Timeline } from './timeline.ts'
import type { Tell } from './world-parts.ts'

export type WorldOptions = {
  readonly seed: number
  /** Write every row under the hash chain and replay it at the end. */
  readonly keepRows: boolean
  readonly faults: boolean
  /** Exact boundaries at which the power goes; see `createPower`. */
  readonly cuts: readonly number[]
}

export type World = {
  /** What an earlier life left on disk; null for a new terminal. */
  readonly first: TerminalState | null
  readonly timeline: Timeline
  readonly random: Random
  readonly faults: Faults
  readonly power: Power
  readonly disk: Disk
  readonly secrets: Secrets
  readonly process: Process
  readonly checks: Checks
  readonly cashier: Cashier
  readonly host: Host
  /** Null: in this house nothing is left to be collected. */
  readonly owed: Owed | null
  /** Null: the shop has no till. */
  readonly till: TillDesk | null
  readonly reader: CardReader
  readonly scanner: Scanner
  readonly printer: Printer
  /** Requests for money that left the terminal. */
  readonly requests: () => number
}

/** Share of the seeds in which the STAN is about to begin again at 1. */
const OLD_TERMINALS = 0.2
/** The power comes back within this time. */
const DARK_MS = 60_000

export function createWorld({ seed, keepRows, faults: withFaults, cuts }: WorldOptions): World {
  const timeline = createTimeline()
  const random = createRandom(seed)
  const faults = createFaults(withFaults ? random : null)
  const house = houseOf(seed)
  const rules = createHouseRules(house)
  const setup = shopSetup(random, house)
  const power = createPower(faults, random, cuts)
  const secrets = createSecrets()
  const first = random.chance(OLD_TERMINALS) ? almostAMillion() : null
  const disk = createDisk(faults, power, {
    keepRows,
    first,
    onRecord: (record) => {
      checks.recordKept(record)
      owed?.recordKept(record)
    },
  })
  const sums = createDaySums(disk)
  const owed = house.takesParts ? createOwed(() => disk) : null
  const checks = createChecks(disk, () => host)
  const host = createHost(setup, faults, (id) => checks.hostReversed(id), house.givesParts)
  const line = createLine(
    { timeline, random, faults, host },
    setup.host.replyTimeoutMs,
    random.chance(0.5),
  )
  const desk = createAcquirerDesk({ random, faults }, line, setup)
  const parts = { timeline, random, faults, voice: () => process.voice() }
  const reader = createCardReader(parts, checks.cardRefused, house.hasScripts)
  const pinPad = createPinPad(parts, setup.limits.pinTimeoutMs)
  const scanner = createScanner(parts)
  const printer = createPrinter(parts)
  const drillHall = createDrillHall(timeline, () => process)
  let requests = 0

  const perform = (effect: Outward, tell: Tell): void => {
    switch (effect.do) {
      case 'readCard':
        return reader.read(effect, tell)
      case 'cancelCardRead':
        return reader.cancel()
      case 'completeCard':
        return reader.complete(effect, tell)
      case 'armScanner':
        return scanner.arm(tell)
      case 'disarmScanner':
        return scanner.disarm()
      case 'requestPin':
        return pinPad.request(effect, tell)
      case 'cancelPin':
        return pinPad.cancel()
      case 'sendRequest':
        checks.requestLeaves(effect.attempt)
        rules.requestLeaves(effect.attempt)
        owed?.requestLeaves(effect.attempt)
        till?.requestLeaves(effect.attempt)
        requests += 1
        return desk.send(effect.attempt, tell)
      case 'sendAdvice':
        checks.adviceLeaves(effect.advice)
        // A cut may have come between the commit and the first message: then this one is the first.
        owed?.requestLeaves(effect.advice.attempt)
        till?.requestLeaves(effect.advice.attempt)
        return desk.repeat(effect.advice, tell)
      case 'findRecord': {
        const record = disk.newestRecord(effect.stan)
        return tell({ type: 'recordFound', page: effect.page, record })
      }
      case 'gatherBatch': {
        const { page, batch } = effect
        const lines = gatheredLines(effect, (of) => disk.batchRecords(of))
        return tell({ type: 'batchGathered', page, batch, lines })
      }
      case 'sendBatch':
        checks.numberLeaves(effect.message.stan)
        rules.batchLeaves(effect.message, disk.records)
        return desk.settle(effect.message, tell)
      case 'download':
        return desk.download(effect.download, tell)
      case 'sendReversal':
        checks.reversalLeaves(effect.reversal)
        return desk.reverse(effect.reversal, tell)
      case 'sendQuery':
        checks.numberLeaves(effect.question.stan)
        return desk.query(effect.question, tell)
      case 'sendNotice':
        return desk.notify(effect.notice, tell)
      case 'sendSignature':
        return desk.sendSignature(effect.upload, tell)
      case 'signOn': {
        checks.numberLeaves(effect.stan)
        const life = process.starts()
        return desk.signOn(
          effect,
          () => process.state() !== null && process.starts() === life,
          tell,
        )
      }
      case 'signOff':
        checks.numberLeaves(effect.stan)
        return desk.signOff(effect, tell)
      case 'probeLink':
        return desk.probe(tell)
      case 'print':
        return printer.print(effect.slip, tell)
      // Done by the commit itself.
      case 'sealPan':
      case 'dropSealedPan':
      case 'keepRecord':
      case 'keepIncident':
        return
      case 'searchRecords': {
        const { page, wish } = effect
        return tell({ type: 'recordsFound', page, records: lookedFor(disk, wish) })
      }
      case 'beginDrill':
        return drillHall.begins(disk.state())
      case 'exportSlips':
      case 'endDrill':
        return breach(`the simulated world cannot do this: ${JSON.stringify(effect)}`)
    }
  }

  const process = createProcess({
    timeline,
    disk,
    power,
    secrets,
    setup,
    keysReady: desk.keysReady,
    perform,
    publish: (state) => {
      checks.shown(state)
      rules.shown(state)
      sums.shown(state)
      owed?.shown(state)
      cashier.look(state)
      customers.look(state)
    },
    onOn: () => {
      drillHall.cameBack()
      reader.reportHealth()
      scanner.reportHealth()
      printer.reportHealth()
      process.voice()({ type: 'deviceHealthChanged', health: { device: 'pinPad', troubles: [] } })
    },
    onOff: () => {
      reader.powerOff()
      scanner.disarm()
      pinPad.powerOff()
      printer.terminalDied()
      timeline.after(random.between(50, DARK_MS), () => process.powerOn())
    },
  })
  const till = house.hasTill ? createTillDesk({ ...parts, disk, host, state: process.state }) : null
  const cashier = createCashier({
    ...parts,
    process,
    checks,
    rules,
    printer,
    disk,
    house,
    owed,
    till,
  })
  const customers = createCustomers({ ...parts, house, rules, process, reader, scanner })

  return {
    first,
    timeline,
    random,
    faults,
    power,
    disk,
    secrets,
    process,
    checks,
    cashier,
    host,
    owed,
    till,
    reader,
    scanner,
    printer,
    requests: () => requests,
  }
}

function almostAMillion(): TerminalState {
  const fresh = initialState()
  return { ...fresh, counters: { ...fresh.counters, stan: 999_900 } }
}

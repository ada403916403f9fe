/** The printer port on ESC/POS: one conversation, watched all the time, with jobs one after the other. */
import type { Clock } from '#core/ports/clock.ts'
import type { DeviceHealth, DeviceTrouble } from '#core/ports/device.ts'
import type { PrinterPort, PrinterProfile, PrintJob, PrintOutcome } from '#core/ports/printer.ts'
import type { ByteLink } from '../../transport/byte-link.ts'
import { DLE_ENQ_RECOVER_CLEARED, GS_A_STATUS_BACK_ON } from './commands.ts'
import { ALL_WELL, type Condition, fromStatusBack, stoppedBy, troublesOf } from './condition.ts'
import { createConversation, type Proof } from './conversation.ts'
import { printJob } from './job.ts'
import { createTurns } from './turns.ts'

export type EscposPrinterOptions = {
  readonly link: ByteLink
  readonly clock: Clock
  readonly profile: PrinterProfile
  /** Asks beside the data whether there is paper; for USB printers that answer nothing else while they are stopped. Null: unknown. */
  readonly paperAtPort?: () => Promise<'there' | 'empty' | null>
}

/** Between two looks at an idle printer; automatic status tells most changes at once. */
const WATCH_EVERY_MS = 1000
/** Jobs that wait; a terminal prints two copies, so more is a fault of the caller. */
const WAITING_JOBS_LIMIT = 8
/** Noise bytes without a good answer in between, before the line counts as garbled (wrong baud rate). */
const GARBAGE_LIMIT = 16
/** A cutter asks to be told to go on; trying more often only heats its motor. */
const CUTTER_RETRY_MS = 5000

/**
 * Returns a printer that opens nothing before `start`. `print` answers `notStarted` when the printer is gone, in trouble, silent for
 * `ANSWER_MS`, or when `WAITING_JOBS_LIMIT` jobs wait. After every job that did not end well the printer's buffer is cleared, at once
 * and again before the next job, so that no old half is printed first.
 */
export function createEscposPrinter(options: EscposPrinterOptions): PrinterPort {
  const { link, clock, profile, paperAtPort } = options
  const conversation = createConversation(link, clock)
  const turns = createTurns(WAITING_JOBS_LIMIT)
  const listeners: ((health: DeviceHealth) => void)[] = []
  let condition: Condition = ALL_WELL
  let contact: 'gone' | 'silent' | 'there' = 'gone'
  let garbage = 0
  let setUp: { readonly proof: Proof; readonly model: string | null } | null = null
  let leftovers = false
  let connection = 0
  let cutterTriedAt = Number.NEGATIVE_INFINITY
  let health = currentHealth()
  let closed = true
  let cancelWatch = (): void => {}

  link.onState((state) => {
    connection += 1
    setUp = null
    leftovers = true
    garbage = 0
    condition = ALL_WELL
    conversation.abandon()
    if (state === 'gone') {
      contact = 'gone'
      tellHealth()
    } else void turns.take(watch)
  })
  conversation.onSaid((said) => {
    garbage = said.kind === 'garbage' ? garbage + said.count : 0
    if (said.kind === 'statusBack') condition = fromStatusBack(said.status)
    if (said.kind === 'statusBack' || said.kind === 'garbage') tellHealth()
  })

  /** One look at the printer; sets it up when it is well and not set up yet. */
  async function watch(): Promise<void> {
    if (link.state === 'gone') return
    await look()
    if (condition.cutterJammed && !condition.coverOpen) await retryCutter()
    if (setUp === null && contact === 'there' && stoppedBy(condition) === null) await prepare()
    tellHealth()
  }

  async function look(): Promise<Condition | null> {
    const during = connection
    const found = (await conversation.condition()) ?? (await conditionAtPort())
    if (during !== connection) return null
    contact = found === null ? 'silent' : 'there'
    if (found !== null) condition = found
    tellHealth()
    return found
  }

  /** A printer that answers no question may still say that it has no paper; anything else it leaves open. */
  async function conditionAtPort(): Promise<Condition | null> {
    const paper = await paperAtPort?.()
    return paper === 'empty' ? { ...ALL_WELL, paperOut: true } : null
  }

  async function prepare(): Promise<void> {
    const during = connection
    await conversation.clear()
    const found = await conversation.probe()
    if (found === null || during !== connection) return
    leftovers = false
    setUp = found
    if (found.proof === 'processId') await conversation.send(GS_A_STATUS_BACK_ON)
  }

  async function retryCutter(): Promise<void> {
    if (clock.monotonicMs() - cutterTriedAt < CUTTER_RETRY_MS) return
    cutterTriedAt = clock.monotonicMs()
    await conversation.send(DLE_ENQ_RECOVER_CLEARED)
  }

  async function run(job: PrintJob): Promise<PrintOutcome> {
    if (closed || link.state === 'gone') return { kind: 'notStarted', trouble: 'gone' }
    await watch()
    const trouble = contact === 'there' ? stoppedBy(condition) : 'noAnswer'
    if (trouble !== null) return { kind: 'notStarted', trouble }
    if (setUp === null) return { kind: 'notStarted', trouble: 'noAnswer' }
    if (leftovers) await conversation.clear()
    leftovers = false
    const { proof } = setUp
    const during = connection
    const linkHeld = (): boolean => during === connection
    if (!linkHeld()) return { kind: 'notStarted', trouble: 'gone' }
    const current = (): Condition => condition
    const around = { conversation, clock, profile, proof, current, look, linkHeld }
    const outcome = await printJob(job, around)
    if (outcome.kind !== 'printed') {
      leftovers = true
      if (linkHeld()) await conversation.clear()
    }
    return outcome
  }

  function currentHealth(): DeviceHealth {
    const troubles: DeviceTrouble[] = contact === 'gone' ? ['gone'] : troublesOf(condition)
    if (contact === 'silent') troubles.push('noAnswer')
    if (garbage >= GARBAGE_LIMIT) troubles.push('garbled')
    return {
      device: 'printer',
      troubles: [...new Set(troubles)].sort(),
      paperNearEnd: condition.paperNearEnd,
      ...(setUp?.model ? { identity: setUp.model } : {}),
    }
  }

  function tellHealth(): void {
    const now = currentHealth()
    if (JSON.stringify(now) === JSON.stringify(health)) return
    health = now
    for (const listener of listeners) listener(health)
  }

  function keepWatching(): void {
    cancelWatch = clock.after(WATCH_EVERY_MS, () => {
      if (closed) return
      void turns.take(watch).then(keepWatching)
    })
  }

  return {
    profile,
    get health() {
      return health
    },
    onHealth: (listener) => void listeners.push(listener),
    start() {
      if (!closed) return
      closed = false
      link.start()
      keepWatching()
    },
    async print(job) {
      const outcome = await turns.take(() => run(job))
      return outcome ?? { kind: 'notStarted', trouble: 'noAnswer' }
    },
    async close() {
      closed = true
      cancelWatch()
      conversation.abandon()
      await link.close()
    },
  }
}

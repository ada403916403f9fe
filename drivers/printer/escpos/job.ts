/**
 * Prints one slip and finds out whether it is on paper. The ladder: clean status before the first byte, the bytes in chunks, the cut,
 * then the printer's own word (process ID) or, where it cannot give it, an emptied queue followed by a clean status.
 */
import type { Clock } from '#core/ports/clock.ts'
import type { DeviceTrouble } from '#core/ports/device.ts'
import type { PrinterProfile, PrintJob, PrintOutcome } from '#core/ports/printer.ts'
import { pause } from '../../transport/answers.ts'
import {
  ESC_D_FEED_TO_TEAR_BAR,
  ESC_INITIALISE,
  GS_A_STATUS_BACK_ON,
  GS_R_PAPER_STATUS,
  GS_V_FEED_AND_CUT,
  gsHProcessId,
} from './commands.ts'
import { type Condition, stoppedBy } from './condition.ts'
import type { Conversation, Proof } from './conversation.ts'

/** Small enough that a trouble reported in between stops the rest; large enough for the line speed. */
const CHUNK_BYTES = 1024
/** The slowest printers do 30 mm/s; a slip of 300 mm with its cut is done well within this. */
const PRINTED_WITHIN_MS = 20_000
/** A process ID already on its way when the trouble was told still counts. */
const GRACE_MS = 500
/** Between two looks at a printer that does not report by itself. */
const LOOK_EVERY_MS = 500
/** The mechanism's part after the queue is empty: the last lines and the cut take 0.5 to 2 seconds. */
const SETTLE_MS = 2000
/** A head cools within half a minute; then the job is given up. */
const HEAD_COOLS_WITHIN_MS = 60_000

export type JobSurroundings = {
  readonly conversation: Conversation
  readonly clock: Clock
  readonly profile: PrinterProfile
  readonly proof: Proof
  /** What is known right now, from automatic status or the last look. */
  current(): Condition
  /** Asks the printer and remembers the answer; null when there was none. */
  look(): Promise<Condition | null>
  /** False as soon as the link went, even if it came back since. */
  linkHeld(): boolean
}

/** Assumes a printer that was found clean just now. Never rejects. */
export async function printJob(job: PrintJob, around: JobSurroundings): Promise<PrintOutcome> {
  try {
    const sent = await sendAll(bytesOf(job, around), around)
    if (sent !== null) return sent
    return await (around.proof === 'processId' ? awaitProcessId(job, around) : awaitBarrier(around))
  } finally {
    around.conversation.forget()
  }
}

function bytesOf(job: PrintJob, { profile, proof }: JobSurroundings): Uint8Array {
  const ending = profile.cutter ? GS_V_FEED_AND_CUT : ESC_D_FEED_TO_TEAR_BAR
  // Some printers forget automatic status with ESC @. A GS r answer looks like its bytes 2 to 4, so it stays off where GS r is asked.
  const parts =
    proof === 'processId'
      ? [ESC_INITIALISE, GS_A_STATUS_BACK_ON, job.body, ending]
      : [ESC_INITIALISE, job.body, ending]
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    all.set(part, offset)
    offset += part.length
  }
  return all
}

/** Null when every byte was taken. */
async function sendAll(bytes: Uint8Array, around: JobSurroundings): Promise<PrintOutcome | null> {
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    const trouble = stoppedBy(around.current())
    if (trouble !== null && start > 0) return { kind: 'interrupted', trouble }
    const taken = await around.conversation.send(bytes.subarray(start, start + CHUNK_BYTES))
    if (!taken) return failed(around, 'noAnswer', false)
  }
  return null
}

async function awaitProcessId(job: PrintJob, around: JobSurroundings): Promise<PrintOutcome> {
  const { conversation, clock } = around
  const limit = PRINTED_WITHIN_MS + HEAD_COOLS_WITHIN_MS
  let printed = false
  const id = conversation.processId(job.id, limit).then((came) => {
    printed = came
  })
  if (!(await conversation.send(gsHProcessId(job.id)))) return failed(around, 'noAnswer', false)

  const patience = startPatience(around)
  for (;;) {
    await Promise.race([id, pause(clock, LOOK_EVERY_MS)])
    if (printed) return { kind: 'printed', proof: 'processId' }
    if (!around.linkHeld()) return { kind: 'unsure' }
    const trouble = stoppedBy((await around.look()) ?? around.current())
    if (trouble !== null) {
      await Promise.race([id, pause(clock, GRACE_MS)])
      return printed ? { kind: 'printed', proof: 'processId' } : failed(around, trouble, true)
    }
    if (patience.over()) return failed(around, 'noAnswer', true)
  }
}

async function awaitBarrier(around: JobSurroundings): Promise<PrintOutcome> {
  const { conversation, clock } = around
  let emptied = false
  const barrier = conversation
    .paperSensor(PRINTED_WITHIN_MS + HEAD_COOLS_WITHIN_MS)
    .then((came) => {
      emptied = came
    })
  if (!(await conversation.send(GS_R_PAPER_STATUS))) return failed(around, 'noAnswer', false)

  const patience = startPatience(around)
  let cleanSince: number | null = null
  for (;;) {
    await (emptied
      ? pause(clock, LOOK_EVERY_MS)
      : Promise.race([barrier, pause(clock, LOOK_EVERY_MS)]))
    if (!around.linkHeld()) return { kind: 'unsure' }
    const condition = await around.look()
    const trouble = condition === null ? null : stoppedBy(condition)
    if (trouble !== null) return failed(around, trouble, true)
    if (patience.over()) return failed(around, 'noAnswer', true)
    if (!emptied || condition === null || condition.headHot) cleanSince = null
    else cleanSince ??= clock.monotonicMs()
    if (cleanSince !== null && clock.monotonicMs() - cleanSince >= SETTLE_MS)
      return { kind: 'printed', proof: 'barrier' }
  }
}

/** `PRINTED_WITHIN_MS`, and longer while the head cools. */
function startPatience(around: JobSurroundings): { over(): boolean } {
  const started = around.clock.monotonicMs()
  return {
    over() {
      const allowed = PRINTED_WITHIN_MS + (around.current().headHot ? HEAD_COOLS_WITHIN_MS : 0)
      return around.clock.monotonicMs() - started >= allowed
    },
  }
}

function failed(around: JobSurroundings, trouble: DeviceTrouble, allSent: boolean): PrintOutcome {
  if (!around.linkHeld()) return { kind: 'unsure' }
  const known = stoppedBy(around.current())
  return { kind: 'interrupted', trouble: allSent ? trouble : (known ?? trouble) }
}

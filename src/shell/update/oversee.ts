/**
 * The terminal's own part in an update. A release that waits in the other slot is gone over to at a moment when nothing is owed and nobody
 * is served; a release on trial is marked good once it is ready with the devices that answered before, or ends when it is not in time.
 */
import { join } from 'node:path'
import { z } from 'zod'
import type { Clock } from '#core/ports/clock.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { Disk } from '../keys/disk.ts'
import type { Note } from '../log.ts'
import type { FileCalls } from './file-calls.ts'
import { digestOnTrial, isSuperseded, type OwnSlot } from './own-slot.ts'

export type OverseeParts = {
  /** Null: this installation has no slots, and nothing is overseen. */
  readonly own: OwnSlot | null
  readonly calls: FileCalls
  readonly disk: Disk
  /** Data folder of the terminal. */
  readonly data: string
  readonly state: () => TerminalState
  readonly objections: () => readonly string[]
  /** Recovery is done, the screens say so, and the journal can be read. */
  readonly isReady: () => boolean
  readonly readyWithinMs: number
  readonly clock: Clock
  readonly note: Note
  /** Told when a release begins to wait, and when it waits no more. */
  readonly onWaits: (waits: boolean) => void
}

/** Why the terminal should end now: for the release that waits, or because the trial was not passed. */
type Due = 'goOver' | 'trialFailed'

export type Overseer = {
  /** Never resolves when there is nothing to do. */
  readonly due: Promise<Due>
  stop(): void
}

/** Digest of the build that was found good; the boot check reads it. */
const GOOD_FILE = 'release.good'
/** Devices that answered when the release before ended. */
const BEFORE_FILE = 'release.before'

const LOOK_EVERY_MS = 10_000
const TRIAL_LOOK_EVERY_MS = 500
const MODE = 0o600
const beforeSchema = z.array(z.string().max(40)).max(16)
/** With these a device does not answer; paper and covers are no fault of a release. */
const SILENT: readonly string[] = ['gone', 'noAnswer', 'wrongDevice']

/** Begins at once. A disk that fails is noted and never ends the terminal. */
export function oversee(parts: OverseeParts): Overseer {
  const { calls, clock, data, disk, note, own } = parts
  const { promise: due, resolve } = Promise.withResolvers<Due>()
  if (own === null) return { due, stop: () => undefined }
  const startedAt = clock.monotonicMs()
  let stopTimer = (): void => undefined
  let hasTold = false
  let isOnTrial = false

  const again = (ms: number, task: () => void): void => {
    stopTimer = clock.after(ms, task)
  }
  const watch = (): void => {
    const waits = attempt(() => isSuperseded(own, calls), note) ?? false
    if (waits && !hasTold) note('another release waits', { why: parts.objections().join(' ') })
    if (waits !== hasTold) parts.onWaits(waits)
    hasTold = waits
    if (!waits || parts.objections().length > 0) return again(LOOK_EVERY_MS, watch)
    note('going over to another release', {})
    return resolve('goOver')
  }
  const judge = (digest: string, wanted: readonly string[]): void => {
    if (parts.isReady() && wanted.every((name) => answering(parts.state()).includes(name))) {
      attempt(() => disk.write(join(data, GOOD_FILE), Buffer.from(`${digest}\n`), MODE), note)
      isOnTrial = false
      note('this release is good', { digest })
      return watch()
    }
    if (clock.monotonicMs() - startedAt < parts.readyWithinMs)
      return again(TRIAL_LOOK_EVERY_MS, () => judge(digest, wanted))
    note('this release did not become ready in time', { digest })
    return resolve('trialFailed')
  }
  const digest = attempt(() => digestOnTrial(own, calls), note) ?? null
  if (digest === null) watch()
  else {
    isOnTrial = true
    judge(digest, answeredBefore(parts))
  }
  return {
    due,
    stop: () => {
      stopTimer()
      // What a release on trial could not reach is what it has to answer for at its next start.
      if (isOnTrial) return
      const names = answering(parts.state())
      const bytes = Buffer.from(`${JSON.stringify(names)}\n`)
      attempt(() => disk.write(join(data, BEFORE_FILE), bytes, MODE), note)
    },
  }
}

function answering(state: TerminalState): readonly string[] {
  return Object.values(state.devices)
    .filter(({ troubles }) => !troubles.some((one) => SILENT.includes(one)))
    .map(({ device }) => device)
}

/** All devices when nobody knows. */
function answeredBefore({ data, disk, note, state }: OverseeParts): readonly string[] {
  const all = Object.keys(state().devices)
  return (
    attempt(() => {
      const bytes = disk.read(join(data, BEFORE_FILE))
      return bytes === null
        ? all
        : beforeSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
    }, note) ?? all
  )
}

function attempt<Result>(call: () => Result, note: Note): Result | null {
  try {
    return call()
  } catch (cause) {
    note('update', { trouble: cause instanceof Error ? cause.message : 'unknown' })
    return null
  }
}

/**
 * Stands beside the running terminal and speaks for it: to systemd, which restarts what hangs, and to the technician's commands. The watchdog
 * is fed only when the loop has turned, the view can be made of the state, and the journal can be read.
 */
import type { Clock } from '#core/ports/clock.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { View } from '../api/view.ts'
import { type LiveStatus, liveStatusOf, openStatusDoor } from '../doctor/live-status.ts'
import type { Note } from '../log.ts'
import type { ServiceManager } from './service-manager.ts'

export type AttendParts = {
  readonly state: () => TerminalState
  readonly view: () => View
  /** Reads the journal from its file; throws or returns false when it cannot be read. */
  readonly canReadJournal: () => boolean
  /** What stands against an update now. */
  readonly objections?: () => readonly string[]
  /** Data folder, for the door of the technician's commands. */
  readonly folder: string
  readonly pid: number
  readonly clock: Clock
  readonly note: Note
  readonly manager: ServiceManager
}

export type Attendant = { stop(): void }

/** Without a watchdog, and until the screens say ready: often enough for a start to be noticed. */
const LOOK_EVERY_MS = 2000

/** Resolves when the door is open, or is known not to open; the terminal runs without it. Never rejects. */
export async function attend(parts: AttendParts): Promise<Attendant> {
  const { clock, manager, note } = parts
  const status = (): LiveStatus => {
    const told = liveStatusOf(parts.state(), parts.pid)
    return parts.objections === undefined ? told : { ...told, objections: [...parts.objections()] }
  }
  let isReady = false
  let stopTimer = (): void => undefined

  const beat = (): void => {
    const pulse = feel(parts)
    if (!isReady && pulse.isServing) {
      isReady = true
      manager.ready(pulse.status)
    } else if (!isReady) manager.starting(pulse.status)
    if (pulse.isAlive) manager.alive(pulse.status)
    else note('watchdog not fed', { why: pulse.status })
    const everyMs = isReady ? (manager.beatEveryMs ?? LOOK_EVERY_MS) : LOOK_EVERY_MS
    if (!isReady || manager.beatEveryMs !== null) stopTimer = clock.after(everyMs, beat)
  }
  const door = await openStatusDoor(parts.folder, status)
  if (door === null) note('no door for the doctor', { folder: parts.folder })
  beat()
  return {
    stop: () => {
      stopTimer()
      door?.close()
      manager.stopping()
    },
  }
}

type Pulse = { readonly isAlive: boolean; readonly isServing: boolean; readonly status: string }

/** A terminal out of service repairs its journal by itself: alive, though not serving; a restart would only take the words off the screens. */
function feel({ canReadJournal, state, view }: AttendParts): Pulse {
  if (view().page === 'outOfService')
    return {
      isAlive: true,
      isServing: false,
      status: 'out of service: the journal cannot be written',
    }
  const isAlive = attempt(canReadJournal)
  const { devices, link } = state()
  const troubled = Object.values(devices).filter(({ troubles }) => troubles.length > 0)
  const names = troubled.map(({ device }) => device).join(' ')
  const told = `link ${link}${names === '' ? '' : `, trouble: ${names}`}`
  return { isAlive, isServing: isAlive, status: isAlive ? told : 'the journal cannot be read' }
}

function attempt(check: () => boolean): boolean {
  try {
    return check()
  } catch {
    // However it fails, it cannot be read.
    return false
  }
}

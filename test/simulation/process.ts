/** One life after another of the terminal's process: the real core in the real loop, with the simulated world behind `perform`. */
import { decide } from '#core/terminal/decide.ts'
import type { Effect } from '#core/terminal/effect.ts'
import type { EventBody, TimerName } from '#core/terminal/event.ts'
import { newBreaches } from '#core/terminal/invariants.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { createRunner, type Runner } from '#shell/runner/runner.ts'
import type { Disk } from './disk.ts'
import { breach, DiskError, PowerCut } from './interruptions.ts'
import type { Power } from './power.ts'
import type { Secrets } from './secrets.ts'
import type { Timeline } from './timeline.ts'
import type { Tell } from './world-parts.ts'

/** What reaches the world outside the process. */
export type Outward = Exclude<Effect, { do: 'startTimer' | 'stopTimer' | 'forgetTender' }>

export type Process = {
  /** Null while the terminal is off. */
  readonly state: () => TerminalState | null
  /** Speaks to the life that is going on now. */
  readonly voice: () => Tell
  /** The life that goes on now hears this at once. */
  readonly hear: Tell
  readonly powerOn: () => void
  readonly powerOff: () => void
  readonly starts: () => number
  readonly events: () => number
  /** The last things that happened, oldest first. */
  readonly story: () => readonly string[]
}

const STORY_LIMIT = 60
const SEALED = Uint8Array.of(1)

export function createProcess(parts: {
  readonly timeline: Timeline
  readonly disk: Disk
  readonly power: Power
  readonly secrets: Secrets
  readonly setup: Setup
  readonly keysReady: () => boolean
  /** Everything but timers and forgetting, which a life does for itself. */
  readonly perform: (effect: Outward, tell: Tell) => void
  readonly publish: (state: TerminalState) => void
  readonly onOn: () => void
  readonly onOff: () => void
}): Process {
  const { timeline, disk, power, secrets } = parts
  let life = 0
  let runner: Runner | null = null
  let shown: TerminalState = initialState()
  let starts = 0
  let events = 0
  const timers = new Map<TimerName, () => void>()
  // In a ring: of millions of events the last few are told, and only of a seed that breaks.
  const story: { at: number; event: EventBody; step: string }[] = []

  const powerOff = (): void => {
    if (runner === null) return
    life += 1
    runner = null
    for (const stop of timers.values()) stop()
    timers.clear()
    secrets.lost()
    parts.onOff()
  }

  const remember = (event: EventBody, step: string): void => {
    const place = story[events % STORY_LIMIT]
    const at = timeline.monotonicMs()
    if (place === undefined) story.push({ at, event, step })
    else {
      place.at = at
      place.event = event
      place.step = step
    }
    events += 1
  }

  /** Hands an event to a life; a dead one does not hear it. Secrets arrive with the events that name them. */
  const deliver = (to: number, event: EventBody): void => {
    if (runner === null || to !== life) return
    const handle = handleIn(event)
    if (handle !== null) secrets.keep(handle)
    remember(event, runner.state().step.kind)
    try {
      runner.dispatch(event)
    } catch (cause) {
      if (!(cause instanceof PowerCut) && !(cause instanceof DiskError)) throw cause
      powerOff()
    }
  }

  const perform = (effect: Effect, tell: Tell): void => {
    power.boundary('effect')
    const { do: what } = effect
    if (what === 'startTimer') {
      const { ms, timer } = effect
      timers.get(timer)?.()
      const fire = (): void => tell({ type: 'timerFired', timer })
      timers.set(timer, timeline.after(ms, fire))
    } else if (what === 'stopTimer') {
      timers.get(effect.timer)?.()
      timers.delete(effect.timer)
    } else if (what === 'forgetTender') secrets.forget(effect.handle)
    else parts.perform(effect, tell)
  }

  const publish = (state: TerminalState): void => {
    const broken = newBreaches(shown, state)
    if (broken.length > 0) breach(broken.join('; '))
    shown = state
    power.boundary('effect')
    parts.publish(state)
  }

  const powerOn = (): void => {
    if (runner !== null) return
    life += 1
    starts += 1
    const self = life
    const tell: Tell = (event) => deliver(self, event)
    shown = disk.lastState() ?? initialState()
    runner = createRunner({
      journal: disk,
      clock: timeline,
      initial: shown,
      seal: (effect) => {
        if (!secrets.holds(effect.handle)) breach('a card is to be sealed that is not here')
        return SEALED
      },
      perform: (effect) => perform(effect, tell),
      publish,
      onJournalFailed: (cause) => {
        throw cause
      },
    })
    power.started()
    tell({ type: 'started', setup: parts.setup, keysReady: parts.keysReady() })
    if (self === life) parts.onOn()
  }

  return {
    state: () => runner?.state() ?? null,
    voice: () => {
      const self = life
      return (event) => deliver(self, event)
    },
    hear: (event) => deliver(life, event),
    powerOn,
    powerOff,
    starts: () => starts,
    events: () => events,
    story: () => {
      const oldest = events % STORY_LIMIT
      return [...story.slice(oldest), ...story.slice(0, oldest)].map(({ at, event, step }) => {
        const seconds = (at / 1000).toFixed(1)
        return `${seconds} s, ${step}: ${JSON.stringify(event).slice(0, 200)}`
      })
    },
  }
}

/** What names a card or a code that the process holds from now on. */
function handleIn(event: EventBody): string | null {
  const { type } = event
  if (type === 'cardPresented') return event.card.handle
  return type === 'codeAccepted' || type === 'codeDoubted' ? event.code.handle : null
}

/** The journal's rows decide again as they did, byte for byte, on whichever machine they are read. */
export function checkReplay(disk: Disk, first: TerminalState): void {
  let state = first
  for (const row of disk.rows) {
    const decision = decide(state, JSON.parse(row.body))
    if (JSON.stringify(decision.effects) !== row.effects || decision.refused !== row.refused)
      breach(`row ${row.seq} decides otherwise when it is replayed`)
    state = decision.state
  }
  if (JSON.stringify(state) !== JSON.stringify(disk.state()))
    breach('the journal replayed leads to another state than the one on disk')
}

/** Decides again what was decided, event by event, and says where the two part. */
import { decide } from '#core/terminal/decide.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { upgradeState } from '#core/terminal/upgrade.ts'
import { RELEASE } from '../release.ts'
import type { CheckpointLine, EventLine } from './line.ts'
import { maskState } from './mask.ts'

export type Followed =
  /** Decided by another release, or by an unknown one: it stands as it was recorded. */
  | { readonly verdict: 'read' }
  /** Not an event that can be decided at all: the file was made by something else. */
  | { readonly verdict: 'undecidable'; readonly why: string }
  | {
      readonly verdict: 'same' | 'differs'
      readonly before: TerminalState
      readonly after: TerminalState
      /** What this program decides, as JSON: effects and refusal. */
      readonly decided: string
    }

export type Follower = {
  /** The state as far as it is known; null while another release decides. */
  readonly state: () => TerminalState | null
  readonly event: (line: EventLine) => Followed
  /** False when the state that was kept is not the one that the events lead to. */
  readonly checkpoint: (line: CheckpointLine) => boolean
}

/** Give it masked lines: states are compared masked. */
export function createFollower(): Follower {
  let state: TerminalState | null = null
  return {
    state: () => state,
    event: (line) => {
      if (state === null) return { verdict: 'read' }
      try {
        const followed = follow(state, line)
        state = followed.after
        return followed
      } catch (cause) {
        return { verdict: 'undecidable', why: cause instanceof Error ? cause.message : 'unknown' }
      }
    },
    checkpoint: (line) => {
      const known = state
      state = line.release === RELEASE ? upgradeState(line.state) : null
      if (known === null || line.why === 'restored') return true
      return JSON.stringify(maskState(known)) === JSON.stringify(line.state)
    },
  }
}

function follow(state: TerminalState, line: EventLine): Extract<Followed, { after: unknown }> {
  const before = line.event.type === 'started' ? asRead(state) : state
  const { state: after, effects, refused } = decide(before, line.event)
  const decided = decisionText({ effects, refused })
  return { verdict: decided === decisionText(line) ? 'same' : 'differs', before, after, decided }
}

/** A decision as the bytes that are compared. */
export function decisionText({ effects, refused }: Pick<EventLine, 'effects' | 'refused'>): string {
  return JSON.stringify({ effects, refused })
}

/** A life begins with what it reads from the disk. */
function asRead(state: TerminalState): TerminalState {
  return upgradeState(JSON.parse(JSON.stringify(state)))
}

/**
 * What the link owes itself when no customer is waiting: a fresh sign-on, and the downloads that are missing or that the host has asked for.
 */
import { type Decision, refuse, stay } from '../terminal/decision.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { TerminalState } from '../terminal/state.ts'
import {
  type Chore,
  DOWNLOADS,
  type DownloadName,
  type Upkeep,
  USUAL_HOST_REQUESTS,
} from './chore.ts'

type Of<T extends TerminalEvent['type']> = Extract<TerminalEvent, { type: T }>

const NOTHING_KNOWN: Upkeep = {
  due: [],
  running: null,
  signedOnAt: 0,
  downloaded: [],
  failures: 0,
}
/** Doubling further would only overflow; the pause has long reached its greatest. */
const COUNTED_FAILURES = 20

export function upkeepOf(state: TerminalState): Upkeep {
  return state.upkeep ?? NOTHING_KNOWN
}

export function withUpkeep(state: TerminalState, change: Partial<Upkeep>): TerminalState {
  return { ...state, upkeep: { ...upkeepOf(state), ...change } }
}

/** What is under way ends without us: a download is due again, and whatever else it was is asked for from its own queue. */
export function cutOff(state: TerminalState): TerminalState {
  const { due, running } = upkeepOf(state)
  if (running === null) return state
  const again = DOWNLOADS.filter((name) => name === running)
  return withUpkeep(state, { running: null, due: [...again, ...due] })
}

/** The host wants something. It is remembered and done after the transaction that may be running. */
export function onHostAsked(state: TerminalState, event: Of<'hostAsked'>): Decision {
  const { downloads = [], requests = USUAL_HOST_REQUESTS } = state.setup.host
  const chore = requests[event.request]
  if (chore === undefined) return refuse(state, 'notSupported')
  if (chore !== 'parameters' || !downloads.includes('contactless'))
    return stay(withDue(state, chore))
  // Usually no wish of a host names the limits of taps: new parameters may mean them. One that is said while they come is the same one yet.
  const isSame = upkeepOf(state).running === 'contactless'
  return stay(isSame ? state : withDue(withDue(state, 'parameters'), 'contactless'))
}

/** Whatever is configured and was never downloaded, or came to nothing, is fetched once the link is up. */
export function afterSignOn(state: TerminalState): TerminalState {
  const { downloaded, due, failed = [] } = upkeepOf(state)
  const wanted = state.setup.host.downloads ?? []
  const signedOn = withUpkeep(state, {
    due: due.filter((chore) => chore !== 'signOn'),
    signedOnAt: state.at,
    failures: 0,
  })
  const missing = wanted.filter((name) => !downloaded.includes(name))
  return [...missing, ...failed].reduce(withDue, signedOn)
}

/** A download that failed is not tried again at once: that is for the next sign-on, or for the host to ask for. */
export function onDownloadEnded(state: TerminalState, event: Of<'downloadEnded'>): Decision {
  const { downloaded, failed = [], running } = upkeepOf(state)
  if (running !== event.download) return refuse(state, 'notAskedFor')
  const without = (names: readonly DownloadName[]): readonly DownloadName[] =>
    names.filter((name) => name !== event.download)
  const failedOthers = without(failed)
  if (event.outcome !== 'kept')
    return stay(withUpkeep(state, { running: null, failed: [...failedOthers, event.download] }))
  const kept = withUpkeep(state, {
    running: null,
    downloaded: [...without(downloaded), event.download],
    failed: failedOthers,
  })
  return stay(withContactless(withReplyTimeout(kept, event.replyTimeoutMs), event))
}

/** The link could not be had once more: each failure doubles the pause before the next try, up to the greatest. */
export function pauseAfterFailure(state: TerminalState): {
  readonly state: TerminalState
  readonly ms: number
} {
  const { linkRetryMostMs, linkRetryMs } = state.setup.host
  const { failures } = upkeepOf(state)
  const ms = Math.min(linkRetryMs * 2 ** failures, linkRetryMostMs ?? linkRetryMs)
  return {
    state: withUpkeep(state, { failures: Math.min(failures + 1, COUNTED_FAILURES) }),
    ms,
  }
}

const QUIET_PAGES = ['setPin', 'signIn', 'amount', 'result', 'menu', 'records', 'openItems']

/** Pages on which no customer has begun to pay. */
export function isQuiet({ step }: TerminalState): boolean {
  return QUIET_PAGES.includes(step.kind)
}

/** A request is being made or is out: keys that change now would spoil its PIN and its MAC. */
export function isPaying({ step }: TerminalState): boolean {
  return step.kind === 'pin' || step.kind === 'authorizing'
}

/** Once, and new keys before all else. */
export function withDue(state: TerminalState, chore: Chore): TerminalState {
  const { due, running } = upkeepOf(state)
  if (due.includes(chore) || running === chore) return state
  return withUpkeep(state, { due: chore === 'signOn' ? [chore, ...due] : [...due, chore] })
}

function withContactless(
  state: TerminalState,
  { contactless }: Of<'downloadEnded'>,
): TerminalState {
  return contactless === undefined ? state : { ...state, setup: { ...state.setup, contactless } }
}

function withReplyTimeout(state: TerminalState, ms: number | null): TerminalState {
  if (ms === null) return state
  const { setup } = state
  return { ...state, setup: { ...setup, host: { ...setup.host, replyTimeoutMs: ms } } }
}

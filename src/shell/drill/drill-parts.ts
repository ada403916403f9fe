/** What a drill runs on: the real devices and screens, and in the place of everything that reaches the acquirer something that cannot. */
import type { Situation } from '#core/drill/exercise.ts'
import { setupForDrill, stateForDrill } from '#core/drill/state-for-drill.ts'
import type { KeysPort } from '#core/ports/keys.ts'
import type { EventBody } from '#core/terminal/event.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { LifeParts } from '../life.ts'
import { createBuiltInHost } from './built-in-host.ts'

type Parts = Omit<
  LifeParts,
  'draw' | 'publish' | 'onJournalFailed' | 'onDrill' | 'builtInHost' | 'firstState'
>

/** `live`: the real terminal as it rests. Its keys are not lent: a drill needs none, and with DUKPT each use would cost one. */
export function drillParts<P extends Parts & { readonly situations?: readonly Situation[] }>(
  parts: P,
  live: TerminalState,
): P & Pick<LifeParts, 'builtInHost' | 'firstState' | 'keys' | 'setup'> {
  // Whoever changed the language of a screen goes on in it.
  const setup = setupForDrill({ ...parts.setup, locale: live.locale }, parts.situations)
  return {
    ...parts,
    setup,
    keys: NO_KEYS,
    builtInHost: createBuiltInHost({ setup, clock: parts.clock }),
    firstState: stateForDrill(live),
  }
}

/** For the journal of the real terminal. */
export function drillEnded(drill: TerminalState, why: 'ended' | 'failed'): EventBody {
  const tries = drill.setup.drill
    ? drill.operators.map(({ lockedUntil, number, wrongTries }) => ({
        operator: number,
        wrongTries,
        lockedUntil,
      }))
    : []
  const scores = drill.setup.drill ? (drill.exercise?.scores ?? []) : []
  return { type: 'drillEnded', why, tries, ...(scores.length === 0 ? {} : { scores }) }
}

const noKey = (): never => {
  throw new Error('a drill has no keys')
}

/** Ready, because the built-in host wants no MAC; every use of a key is a bug. */
const NO_KEYS: KeysPort = {
  ready: true,
  installWorkingKeys: () => ({ ok: false, why: 'noMasterKey', key: null }),
  forRequest: () => null,
  pinKey: () => null,
  dataKey: () => null,
  mac: noKey,
  verifyMac: () => false,
  encryptData: noKey,
  wrapped: noKey,
}

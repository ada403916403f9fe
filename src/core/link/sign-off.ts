/**
 * The end of the day at the acquirer (0820, 60.3 = 002): refused while the batch holds anything or anything is owed, as
 * hosts refuse it too; it sends the person away, and the next one who signs in signs the terminal on again.
 */
import { type Message, message } from '../message.ts'
import { askForPeople } from '../operator/decide.ts'
import { sixDigits, takeStan } from '../terminal/counters.ts'
import { type Decision, refuse, say, stay } from '../terminal/decision.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { TerminalState } from '../terminal/state.ts'
import { linkHindrance } from './hindrance.ts'
import { cutOff, isQuiet } from './upkeep.ts'

type Ended = Extract<TerminalEvent, { type: 'signOffEnded' }>

/** Menu: nobody sells here any more until somebody signs in. */
export function askToSignOff(state: TerminalState): Decision {
  const why = hindrance(state)
  if (why !== null) return say(state, why, { tone: 'refused' })
  return signOff(state, message('signOff.asked'))
}

/** After the batch was closed, where the acquirer wants that; while somebody is being served nothing happens. */
export function signOffAfterBatch(state: TerminalState): Decision {
  const isWanted = state.setup.host.signOffAfterSettlement === true
  if (!isWanted || !isQuiet(state) || hindrance(state) !== null) return stay(state)
  return signOff(state, state.message)
}

/** The terminal is signed off whatever the host said: only whether the host knows is told. */
export function onSignOffEnded(state: TerminalState, event: Ended): Decision {
  if (state.link !== 'signedOff') return refuse(state, 'notAskedFor')
  if (event.outcome !== 'accepted')
    return say(state, message('signOff.unconfirmed', { code: event.code }))
  return state.message?.key === 'signOff.asked' ? say(state, message('signOff.done')) : stay(state)
}

function signOff(state: TerminalState, telling: Message | null): Decision {
  const { stan, state: numbered } = takeStan(state)
  const operator = state.session?.operator ?? '01'
  const off: TerminalState = { ...cutOff(numbered), link: 'signedOff', keysReady: false }
  const left = askForPeople(off, telling)
  const batch = sixDigits(state.counters.batch)
  return {
    ...left,
    effects: [
      ...left.effects,
      { do: 'stopTimer', timer: 'link' },
      { do: 'signOff', stan, batch, operator },
    ],
  }
}

function hindrance(state: TerminalState): Message | null {
  const { advice, reversal, settlement } = state
  if (settlement !== null || reversal !== null || advice !== null) return message('signOff.owed')
  if (state.link !== 'up') return linkHindrance(state)
  return state.inBatch > 0 ? message('signOff.batchOpen') : null
}

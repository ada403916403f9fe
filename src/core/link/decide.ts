/** The line to the acquirer: signed on, probed while idle things are broken, and made anew when the host asks for it. */
import { sendAdvice } from '../advice/queue.ts'
import { sendBatch } from '../batch/queue.ts'
import { nextBatch } from '../batch/unsettled.ts'
import { askNow } from '../code-query/queue.ts'
import { message } from '../message.ts'
import { sendOwed } from '../reversal/decide.ts'
import { LAST_BATCH, sixDigits, takeStan } from '../terminal/counters.ts'
import { andThen, type Decision, refuse, say, stay } from '../terminal/decision.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { TerminalState } from '../terminal/state.ts'
import { afterSignOn, isQuiet, pauseAfterFailure } from './upkeep.ts'

type Of<T extends TerminalEvent['type']> = Extract<TerminalEvent, { type: T }>

export function signOn(state: TerminalState): Decision {
  if (state.link === 'signingOn') return stay(state)
  const { stan, state: numbered } = takeStan(state)
  return stay({ ...numbered, link: 'signingOn' }, [
    { do: 'stopTimer', timer: 'link' },
    {
      do: 'signOn',
      stan,
      batch: sixDigits(state.counters.batch),
      operator: state.session?.operator ?? '01',
    },
  ])
}

export function onSignedOn(state: TerminalState, event: Of<'signedOn'>): Decision {
  const offered = /^\d{6}$/.test(event.batch) ? Number(event.batch) : 0
  const usable = offered >= 1 && offered <= LAST_BATCH
  // A host that names an older batch is not followed: batch numbers never go back.
  const batch = usable && offered > state.counters.batch ? offered : state.counters.batch
  const up: TerminalState = {
    ...nextBatch(state, batch),
    link: 'up',
    keysReady: true,
    message: state.message?.key.startsWith('link.') === true ? null : state.message,
  }
  const owed = andThen(sendOwed(afterSignOn(up)), askIfOpen)
  return andThen(andThen(owed, sendAdvice), (next) => andThen(sendBatch(next), echoLater))
}

/** The outcome of a code payment that is being asked for; a cancel goes its own way. */
function askIfOpen(state: TerminalState): Decision {
  return state.reversal?.state === 'asking' ? askNow(state) : stay(state)
}

export function onSignOnFailed(state: TerminalState, event: Of<'signOnFailed'>): Decision {
  const telling = reasonOf(event)
  const shown =
    state.step.kind === 'amount' ||
    state.step.kind === 'signIn' ||
    state.step.kind === 'confirmAmount'
  const told = telling !== null && shown ? say(state, telling) : stay(state)
  return andThen(told, waitForLink)
}

function reasonOf(event: Of<'signOnFailed'>): ReturnType<typeof message> | null {
  switch (event.why) {
    case 'refused':
    case 'unusable':
      return message('link.signOnRefused', { code: event.code })
    case 'keyCheck':
    case 'noMasterKey':
      return message('link.keyCheck')
    case 'unreachable':
    case 'silent':
      return null
  }
}

/** The time has come: an echo when the line is up and nobody pays, or when keys are there to come back with; a sign-on otherwise. */
export function onLinkTimer(state: TerminalState): Decision {
  const probe: Decision = stay(state, [{ do: 'probeLink', batch: sixDigits(state.counters.batch) }])
  switch (state.link) {
    case 'signingOn':
    case 'signedOff':
      return refuse(state, 'timerNotRunning')
    case 'up':
      return isQuiet(state) ? probe : echoLater(state)
    case 'down':
      return state.keysReady ? probe : signOn(state)
  }
}

export function onLinkProbed(state: TerminalState, event: Of<'linkProbed'>): Decision {
  switch (state.link) {
    case 'signingOn':
    case 'signedOff':
      return refuse(state, 'notAskedFor')
    case 'up':
      return event.alive ? echoLater(state) : waitForLink(state)
    case 'down':
      return event.alive ? andThen(signOn(state), sendOwed) : waitForLink(state)
  }
}

/** An idle line is asked from time to time whether it still lives, when the configuration wants that. */
function echoLater(state: TerminalState): Decision {
  const ms = state.setup.host.echoEveryMs ?? 0
  return stay(state, ms > 0 ? [{ do: 'startTimer', timer: 'link', ms }] : [])
}

function waitForLink(state: TerminalState): Decision {
  const { ms, state: counted } = pauseAfterFailure(state)
  return stay({ ...counted, link: 'down' }, [{ do: 'startTimer', timer: 'link', ms }])
}

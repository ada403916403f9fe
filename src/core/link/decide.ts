/** The line to the acquirer: signed on, probed while idle things are broken, and made anew when the host asks for it. */
import { sendAdvice } from '../advice/queue.ts'
import { sendBatch } from '../batch/queue.ts'
import { nextBatch } from '../batch/unsettled.ts'
import { pursue } from '../code-query/queue.ts'
import { type Message, message } from '../message.ts'
import { sendOwed } from '../reversal/decide.ts'
import { LAST_BATCH, sixDigits, takeStan } from '../terminal/counters.ts'
import { andThen, type Decision, refuse, say, stay } from '../terminal/decision.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { TerminalState } from '../terminal/state.ts'
import { afterSignOn, isPaying, isQuiet, pauseAfterFailure } from './upkeep.ts'

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
  // A host that names an older batch is not followed: batch numbers never go back.
  const batch = Math.max(state.counters.batch, offered > LAST_BATCH ? 0 : offered)
  const up: TerminalState = {
    ...nextBatch(state, batch),
    link: 'up',
    keysReady: true,
    message: state.message?.key.startsWith('link.') === true ? null : state.message,
  }
  const owed = andThen(pursue(afterSignOn(up)), sendAdvice)
  return andThen(andThen(owed, sendBatch), echoLater)
}

export function onSignOnFailed(state: TerminalState, event: Of<'signOnFailed'>): Decision {
  const telling = reasonOf(state, event)
  const shown =
    state.step.kind === 'amount' ||
    state.step.kind === 'signIn' ||
    state.step.kind === 'confirmAmount'
  const told = telling !== null && shown ? say(state, telling) : stay(state)
  return andThen(told, waitForLink)
}

function reasonOf({ message: told }: TerminalState, event: Of<'signOnFailed'>): Message | null {
  switch (event.why) {
    case 'refused':
    case 'unusable':
      return message('link.signOnRefused', { code: event.code })
    case 'keyCheck':
    case 'noMasterKey':
      return message('link.keyCheck')
    case 'unreachable':
    case 'silent':
      return told?.key === 'link.signingOn' ? message('link.down') : null
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
      return event.alive && !isPaying(state) ? andThen(signOn(state), sendOwed) : waitForLink(state)
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

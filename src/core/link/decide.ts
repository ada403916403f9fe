/** The line to the acquirer: signed on, probed while idle things are broken, and made anew when the host asks for it. */
import { sendAdvice } from '../advice/queue.ts'
import { message } from '../message.ts'
import { sendOwed } from '../reversal/decide.ts'
import { sixDigits, takeStan } from '../terminal/counters.ts'
import { andThen, type Decision, refuse, say, stay } from '../terminal/decision.ts'
import type { Effect } from '../terminal/effect.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { TerminalState } from '../terminal/state.ts'

type Of<T extends TerminalEvent['type']> = Extract<TerminalEvent, { type: T }>

/** Highest batch number (60.2); 999999 is kept out because some hosts use it as "unknown". */
const LAST_BATCH = 999_998

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
    ...state,
    link: 'up',
    keysReady: true,
    counters: { ...state.counters, batch },
    message: state.message?.key.startsWith('link.') === true ? null : state.message,
  }
  return andThen(sendOwed(up), sendAdvice)
}

export function onSignOnFailed(state: TerminalState, event: Of<'signOnFailed'>): Decision {
  const down: TerminalState = { ...state, link: 'down' }
  const retry: Effect = { do: 'startTimer', timer: 'link', ms: state.setup.host.linkRetryMs }
  const telling = reasonOf(event)
  const shown =
    state.step.kind === 'amount' ||
    state.step.kind === 'signIn' ||
    state.step.kind === 'confirmAmount'
  return telling !== null && shown ? say(down, telling, { effects: [retry] }) : stay(down, [retry])
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

/** Tries the link again: by an echo when keys are there, by a sign-on otherwise. */
export function retryLink(state: TerminalState): Decision {
  if (state.link !== 'down') return refuse(state, 'timerNotRunning')
  if (!state.keysReady) return signOn(state)
  return stay(state, [{ do: 'probeLink', batch: sixDigits(state.counters.batch) }])
}

export function onLinkProbed(state: TerminalState, event: Of<'linkProbed'>): Decision {
  if (state.link !== 'down') return refuse(state, 'notAskedFor')
  if (event.alive) return andThen(signOn(state), sendOwed)
  return stay(state, [{ do: 'startTimer', timer: 'link', ms: state.setup.host.linkRetryMs }])
}

/** The queue of script notices: one leaves when the line is free and nobody pays, and it is gone once it is answered or given up. */
import { upkeepOf, withUpkeep } from '../link/upkeep.ts'
import { takeStan } from '../terminal/counters.ts'
import { type Decision, refuse, stay } from '../terminal/decision.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { TerminalState } from '../terminal/state.ts'

type Of<T extends TerminalEvent['type']> = Extract<TerminalEvent, { type: T }>

/** Chips that got scripts while the line was away; the oldest make room. */
const NOTICES_LIMIT = 20

/** The line was signed on each time, and not a byte of it left: it is the notice, and it must not take the line down for ever. */
const UNSENT_LIMIT = 5

/** The chip has run what the issuer sent, whatever became of the payment. Where the acquirer has no message for it, nothing is kept. */
export function onScriptsRan(state: TerminalState, event: Of<'scriptsRan'>): Decision {
  const { notices = [], setup } = state
  const { emv, subject } = event
  if ((setup.host.scriptNoticeTries ?? 0) === 0) return refuse(state, 'notSupported')
  if (notices.some(({ id }) => id === subject.id)) return refuse(state, 'notAskedFor')
  const { stan, state: numbered } = takeStan(state)
  const notice = { ...subject, stan, emv, tries: 0 }
  return stay({ ...numbered, notices: [...notices, notice].slice(-NOTICES_LIMIT) })
}

/** The oldest notice leaves; null when there is none. */
export function sendNotice(state: TerminalState): Decision | null {
  const [notice] = state.notices ?? []
  if (notice === undefined) return null
  return stay(withUpkeep(state, { running: 'scriptNotice' }), [{ do: 'sendNotice', notice }])
}

/** Any answer ends it: there is nothing in it to judge. Not a byte left: it waits for the line. */
export function onNoticeEnded(state: TerminalState, event: Of<'noticeEnded'>): Decision {
  const { notices = [], setup } = state
  if (upkeepOf(state).running !== 'scriptNotice') return refuse(state, 'notAskedFor')
  const free = withUpkeep(state, { running: null })
  const most = setup.host.scriptNoticeTries ?? 0
  const left = notices.flatMap((one) => {
    if (one.id !== event.notice) return [one]
    if (event.outcome === 'answered') return []
    if (event.outcome === 'silent')
      return one.tries + 1 >= most ? [] : [{ ...one, tries: one.tries + 1 }]
    const unsent = (one.unsent ?? 0) + 1
    return unsent >= UNSENT_LIMIT ? [] : [{ ...one, unsent }]
  })
  const link = event.outcome === 'unreachable' ? { link: 'down' as const } : {}
  return stay(
    { ...free, ...link, notices: left },
    event.outcome === 'unreachable' ? retry(state) : [],
  )
}

function retry({ setup }: TerminalState): Decision['effects'] {
  return [{ do: 'startTimer', timer: 'link', ms: setup.host.linkRetryMs }]
}

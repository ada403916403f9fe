/** What leaves the terminal with an export: everything that decides, and nothing that opens a door. The hash of an operator's PIN stays behind. */
import type { SavedState } from '#core/terminal/upgrade.ts'
import type { EventLine, JournalLine } from './line.ts'

const MASKED = 'masked'

export function maskLine(line: JournalLine): JournalLine {
  switch (line.line) {
    case 'event':
      return maskEvent(line)
    case 'checkpoint':
      return { ...line, state: maskState(line.state) }
    case 'begin':
    case 'end':
      return line
  }
}

/** The same for a state, so that a masked replay meets a masked checkpoint. */
export function maskState<State extends SavedState>(state: State): State {
  return {
    ...state,
    operators: state.operators.map((account) =>
      account.credential === null ? account : { ...account, credential: MASKED },
    ),
  }
}

/** An event without the hash of a PIN that was chosen in it. */
export function maskEvent(line: EventLine): EventLine {
  const { event } = line
  return event.type === 'operatorPinChosen'
    ? { ...line, event: { ...event, credential: MASKED }, masked: true }
    : line
}

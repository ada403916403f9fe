/** The last transactions and what can be asked of one. */
import { correct } from '../correction/begin.ts'
import { askWhatWasWrong } from '../correction/guide.ts'
import { reprint } from '../receipt/decide.ts'
import { type Decision, refuse } from '../terminal/decision.ts'
import type { TerminalState } from '../terminal/state.ts'

export function onRecordsOption(state: TerminalState, option: string, item: string): Decision {
  const record = state.recent.find((one) => one.id === item)
  if (record === undefined) return refuse(state, 'optionNotOffered')
  switch (option) {
    case 'reprint':
      return reprint(state, record)
    case 'void':
    case 'refund':
      return correct(state, option, record)
    case 'complete':
      return correct(state, 'completion', record)
    case 'correct':
      return askWhatWasWrong(state, record)
    default:
      return refuse(state, 'optionNotOffered')
  }
}

/** The last transactions and what can be asked of one. */
import { askAboutRecord } from '../code-query/ask-about-record.ts'
import { correct } from '../correction/begin.ts'
import { askWhatWasWrong } from '../correction/guide.ts'
import { reprint } from '../receipt/decide.ts'
import { type Decision, refuse } from '../terminal/decision.ts'
import type { Step, TerminalState } from '../terminal/state.ts'

export function onRecordsOption(
  state: TerminalState,
  step: Extract<Step, { kind: 'records' }>,
  option: string,
  item: string,
): Decision {
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
    case 'query':
      return askAboutRecord(state, step, record)
    default:
      return refuse(state, 'optionNotOffered')
  }
}

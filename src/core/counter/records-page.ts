/** The last transactions and what can be asked of one. */
import { askAboutRecord } from '../code-query/ask-about-record.ts'
import { correct } from '../correction/begin.ts'
import { askWhatWasWrong } from '../correction/guide.ts'
import { type Decision, refuse } from '../terminal/decision.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import type { TransactionRecord } from '../transaction/record.ts'
import { askForSearch, askToReprint } from './search-page.ts'

/** Newest last. What was found, as it stands by now; else the last ones. */
export function shownRecords(
  { recent }: TerminalState,
  { found }: Extract<Step, { kind: 'records' }>,
): readonly TransactionRecord[] {
  if (found === undefined) return recent
  return found.map((one) => recent.find(({ id }) => id === one.id) ?? one)
}

export function onRecordsOption(
  state: TerminalState,
  step: Extract<Step, { kind: 'records' }>,
  option: string,
  item: string,
): Decision {
  if (option === 'search') return askForSearch(state)
  const record = shownRecords(state, step).find((one) => one.id === item)
  if (record === undefined) return refuse(state, 'optionNotOffered')
  switch (option) {
    case 'reprint':
      return askToReprint(state, step, record)
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

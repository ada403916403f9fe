/** What an entry of a page means, by the page it was chosen on. */
import { onReviewOption } from '../batch/decide.ts'
import { onFindOption } from '../correction/decide.ts'
import { onWrongOption } from '../correction/guide.ts'
import { onHomeOption, onMenuOption } from '../counter/menu-page.ts'
import { onOpenItemsOption } from '../counter/open-items.ts'
import { onRecordsOption } from '../counter/records-page.ts'
import { onResultOption } from '../counter/result-page.ts'
import { onSearchOption } from '../counter/search-page.ts'
import { onJudgeOption } from '../drill/exercises.ts'
import { onClosingOption } from '../incident/close.ts'
import { onIncidentOption } from '../incident/record.ts'
import { goHome } from '../order/home.ts'
import { onPresentOption } from '../order/other-card.ts'
import { type Decision, refuse } from './decision.ts'
import type { TerminalState } from './state.ts'

/** An entry of the page that is shown; the caller has looked at that. */
export function onOption(state: TerminalState, option: string, item: string): Decision {
  switch (state.step.kind) {
    case 'result':
      return onResultOption(state, state.step, option, item)
    case 'present':
      return onPresentOption(state, state.step, option)
    case 'menu':
      return onMenuOption(state, state.step, option)
    case 'records':
      return option === 'back' ? goHome(state) : onRecordsOption(state, state.step, option, item)
    case 'amount':
      return onHomeOption(state, option)
    case 'whatWasWrong':
      return onWrongOption(state, state.step, option)
    case 'findOriginal':
      return onFindOption(state, state.step, option)
    case 'searchRecords':
      return onSearchOption(state, state.step, option)
    case 'proveReprint':
      return option === 'back' ? goHome(state) : refuse(state, 'optionNotOffered')
    case 'incident':
      return onIncidentOption(state, state.step, option)
    case 'judgeCode':
      return onJudgeOption(state, option)
    case 'closeIncident':
      return onClosingOption(state, state.step, option)
    case 'reviewRefunds':
      return onReviewOption(state, state.step, option, item)
    case 'openItems':
      return option === 'back' ? goHome(state) : onOpenItemsOption(state, option, item)
    case 'starting':
    case 'badge':
    case 'setPin':
    case 'signIn':
    case 'confirmAmount':
    case 'handOver':
    case 'lookAtAmount':
    case 'rekeyAmount':
    case 'clearingDebt':
    case 'confirmCode':
    case 'pin':
    case 'authorizing':
    case 'querying':
    case 'completing':
    case 'reversing':
    case 'enterAmount':
    case 'approve':
    case 'totals':
    case 'approveBatch':
    case 'approveDrill':
    case 'parameters':
    case 'settling':
    case 'checkSticker':
      return refuse(state, 'optionNotOffered')
  }
}

/** What a key means, by the page it was pressed on. */
import { onTotalsKey } from '../batch/decide.ts'
import { cancelQuery } from '../code-query/decide.ts'
import { onEnterKey, onFindKey } from '../correction/decide.ts'
import { onWrongKey } from '../correction/guide.ts'
import { onMenuKey } from '../counter/menu-page.ts'
import { onResultKey } from '../counter/result-page.ts'
import { onProveKey, onSearchKey } from '../counter/search-page.ts'
import { onJudgeKey } from '../drill/exercises.ts'
import { onClosingKey } from '../incident/close.ts'
import { onIncidentKey } from '../incident/record.ts'
import { onBadgeKey } from '../operator/badge.ts'
import { onHandOverKey } from '../operator/hand-over.ts'
import { onConfirmKey, onLookKey, onRekeyKey } from '../order/confirm-amount.ts'
import { onAmountKey } from '../order/decide-amount.ts'
import { settleDoubt } from '../order/decide-code.ts'
import { stopPin } from '../order/decide-pin.ts'
import { stopPresenting } from '../order/decide-present.ts'
import { goHome } from '../order/home.ts'
import { onStickerKey } from '../payee/decide.ts'
import { askToCancel } from '../transaction/decide.ts'
import { type Decision, refuse } from './decision.ts'
import type { Key } from './event.ts'
import type { TerminalState } from './state.ts'

/** A key that was pressed on the page that is shown; the caller has looked at that. */
export function onKey(state: TerminalState, key: Key): Decision {
  const step = state.step
  switch (step.kind) {
    case 'amount':
      return onAmountKey(state, step, key)
    case 'confirmAmount':
      return onConfirmKey(state, step, key)
    case 'handOver':
      return onHandOverKey(state, step, key)
    case 'lookAtAmount':
      return onLookKey(state, step, key)
    case 'rekeyAmount':
      return onRekeyKey(state, step, key)
    case 'present':
      return key === 'cancel'
        ? stopPresenting(state, 'present.cancelled')
        : refuse(state, 'keyHasNoMeaningHere')
    case 'confirmCode':
      return key === 'confirm' || key === 'cancel'
        ? settleDoubt(state, key === 'confirm')
        : refuse(state, 'keyHasNoMeaningHere')
    case 'pin':
      return key === 'cancel'
        ? stopPin(state, step, 'pin.cancelled')
        : refuse(state, 'keyHasNoMeaningHere')
    case 'querying':
      return key === 'cancel' ? cancelQuery(state) : refuse(state, 'keyHasNoMeaningHere')
    case 'authorizing':
      return key === 'cancel' ? askToCancel(state) : refuse(state, 'keyHasNoMeaningHere')
    case 'result':
      return onResultKey(state, step, key)
    case 'menu':
      return onMenuKey(state, step, key)
    case 'findOriginal':
      return onFindKey(state, step, key)
    case 'enterAmount':
      return onEnterKey(state, step, key)
    case 'whatWasWrong':
      return onWrongKey(state, step, key)
    case 'incident':
      return onIncidentKey(state, step, key)
    case 'judgeCode':
      return onJudgeKey(state, key)
    case 'closeIncident':
      return onClosingKey(state, step, key)
    case 'checkSticker':
      return onStickerKey(state, step, key)
    case 'totals':
      return onTotalsKey(state, step, key)
    case 'searchRecords':
      return onSearchKey(state, step, key)
    case 'badge':
      return onBadgeKey(state, step, key)
    case 'proveReprint':
      return onProveKey(state, step, key)
    case 'approve':
    case 'approveBatch':
    case 'reviewRefunds':
    case 'approveDrill':
    case 'parameters':
    case 'records':
    case 'openItems':
      return key === 'cancel' ? goHome(state) : refuse(state, 'keyHasNoMeaningHere')
    case 'starting':
    case 'setPin':
    case 'signIn':
    case 'clearingDebt':
    case 'settling':
    case 'completing':
    case 'reversing':
      return refuse(state, 'keyHasNoMeaningHere')
  }
}

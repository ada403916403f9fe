/**
 * The one function that decides: (state, event) → state, effects, or a named refusal. Pure and total; everything the terminal does
 * is decided here and written down before it is done.
 */

import { onAdviceReplied, onAdviceUnanswered } from '../advice/decide.ts'
import { sendAdvice } from '../advice/queue.ts'
import { onBatchGathered, onBatchReplied, onBatchUnanswered, onTotalsKey } from '../batch/decide.ts'
import { sendBatch } from '../batch/queue.ts'
import {
  cancelQuery,
  onQueryReplied,
  onQueryTimer,
  onQueryUnanswered,
} from '../code-query/decide.ts'
import { onApproval } from '../correction/approve.ts'
import { onEnterKey, onFindKey, onRecordFound } from '../correction/decide.ts'
import { onWrongKey, onWrongOption } from '../correction/guide.ts'
import { watchProof } from '../correction/scanned-proof.ts'
import { onIdle, watchIdle } from '../counter/idle.ts'
import { onHomeOption, onMenuKey, onMenuOption } from '../counter/menu-page.ts'
import { onOpenItemsOption } from '../counter/open-items.ts'
import { onRecordsOption } from '../counter/records-page.ts'
import { onResultKey, onResultOption } from '../counter/result-page.ts'
import { onProveKey, onRecordsFound, onSearchKey, onSearchOption } from '../counter/search-page.ts'
import { onDrillEnded } from '../drill/drill.ts'
import { onJudgeKey, onJudgeOption } from '../drill/exercises.ts'
import { watchExercise } from '../drill/watch-exercise.ts'
import { onClosingKey, onClosingOption } from '../incident/close.ts'
import { onIncidentKey, onIncidentOption } from '../incident/record.ts'
import { onLinkProbed, onLinkTimer, onSignedOn, onSignOnFailed } from '../link/decide.ts'
import { keepUp } from '../link/keep-up.ts'
import { watchLink } from '../link/link-faults.ts'
import { onDownloadEnded, onHostAsked } from '../link/upkeep.ts'
import { onNoticeEnded, onScriptsRan } from '../notice/decide.ts'
import { onChecked, onLocale, onPinChosen, onPinRefused } from '../operator/decide.ts'
import { onHandOverChecked, onHandOverKey } from '../operator/hand-over.ts'
import { isService, onTechnicianChecked } from '../operator/service.ts'
import { onConfirmKey, onLookedAt, onLookKey, onRekeyKey } from '../order/confirm-amount.ts'
import { onAmountKey } from '../order/decide-amount.ts'
import {
  onCodeAccepted,
  onCodeDoubted,
  onCodeRefused,
  onCodesTimer,
  onHalfCode,
  settleDoubt,
} from '../order/decide-code.ts'
import { onPinEnded, onPinEntered, stopPin } from '../order/decide-pin.ts'
import {
  onCardPresented,
  onCardReadEnded,
  onReaderBack,
  onScannerBack,
  stopPresenting,
} from '../order/decide-present.ts'
import { goHome } from '../order/home.ts'
import { onStickerKey, stickerFirst } from '../payee/decide.ts'
import type { DeviceHealth, DeviceTrouble } from '../ports/device.ts'
import { onPrintEnded, queueOwed, releaseTorn, waitsForTear } from '../receipt/decide.ts'
import { watchPaper } from '../receipt/paper.ts'
import { onRemind, watchOwed } from '../receipt/reminder.ts'
import { sendOwed } from '../reversal/decide.ts'
import { onSignatureGiven, signOnPaper, watchSigning } from '../signature/decide.ts'
import { onTillOrdered, onTillWithdrew } from '../till/decide.ts'
import { watchTill } from '../till/watch.ts'
import { needsChip } from '../transaction/attempt.ts'
import {
  askToCancel,
  onCardCompleted,
  onCardCompletionFailed,
  onHostReplied,
  onHostSilent,
  onHostUnreachable,
} from '../transaction/decide.ts'
import { onReversalReplied, onReversalUnanswered } from '../transaction/decide-undone.ts'
import { andThen, type Decision, pageName, refuse, stay } from './decision.ts'
import type { Key, TerminalEvent } from './event.ts'
import { recover } from './recover.ts'
import type { TerminalState } from './state.ts'

export function decide(before: TerminalState, event: TerminalEvent): Decision {
  // The terminal is off: nobody is there to perform what the watches below would ask for.
  if (isService(event)) return answer(before, event)
  const decision = keepUp(watchLink(event, watchSigning(answer(before, event))))
  const proven = watchProof(before, event, watchTill(before, event, decision))
  const watched = watchOwed(before, event, watchPaper(before, proven))
  return watchIdle(before, event, watchExercise(event, watched))
}

function answer(before: TerminalState, event: TerminalEvent): Decision {
  const state: TerminalState = { ...before, at: event.at, tone: null }
  switch (event.type) {
    case 'started':
      return recover(state, event)
    case 'keyPressed':
      return onPage(state, event.page, () => onKey(state, event.key))
    case 'optionChosen':
      return onPage(state, event.page, () => onOption(state, event.option, event.item))
    case 'operatorChecked':
      return onPage(state, event.page, () => onOperator(state, event))
    case 'operatorPinChosen':
      return onPage(state, event.page, () => onPinChosen(state, event))
    case 'operatorPinRefused':
      return onPage(state, event.page, () => onPinRefused(state))
    case 'localeChosen':
      return onLocale(state, event)
    case 'cardPresented':
      return onCardPresented(state, event)
    case 'cardReadEnded':
      return onCardReadEnded(state, event)
    case 'cardRemoved':
      return onCardRemoved(state)
    case 'cardCompleted':
      return onCardCompleted(state, event)
    case 'scriptsRan':
      return onScriptsRan(state, event)
    case 'noticeEnded':
      return onNoticeEnded(state, event)
    case 'cardCompletionFailed':
      return onCardCompletionFailed(state, event)
    case 'codeAccepted':
      return onCodeAccepted(state, event)
    case 'codeDoubted':
      return onCodeDoubted(state, event)
    case 'codeRefused':
      return onCodeRefused(state, event)
    case 'pinEntered':
      return onPinEntered(state, event)
    case 'pinEnded':
      return onPinEnded(state, event)
    case 'deviceHealthChanged':
      return onHealth(state, event)
    case 'printEnded':
      return onPrintEnded(state, event)
    case 'hostReplied':
      return onHostReplied(state, event)
    case 'hostSilent':
      return onHostSilent(state, event)
    case 'hostUnreachable':
      return onHostUnreachable(state, event)
    case 'reversalReplied':
      return onReversalReplied(state, event)
    case 'reversalUnanswered':
      return onReversalUnanswered(state, event)
    case 'queryReplied':
      return onQueryReplied(state, event)
    case 'queryUnanswered':
      return onQueryUnanswered(state, event)
    case 'strayAnswerCame':
      return refuse(state, 'lateAnswer')
    case 'adviceReplied':
      return onAdviceReplied(state, event)
    case 'adviceUnanswered':
      return onAdviceUnanswered(state, event)
    case 'batchGathered':
      return onPage(state, event.page, () => onBatchGathered(state, event))
    case 'batchReplied':
      return onBatchReplied(state, event)
    case 'batchUnanswered':
      return onBatchUnanswered(state, event)
    case 'recordFound':
      return onPage(state, event.page, () => onRecordFound(state, event))
    case 'recordsFound':
      return onPage(state, event.page, () => onRecordsFound(state, event))
    case 'hostAsked':
      return onHostAsked(state, event)
    case 'downloadEnded':
      return onDownloadEnded(state, event)
    case 'signedOn':
      return onSignedOn(state, event)
    case 'signOnFailed':
      return onSignOnFailed(state, event)
    case 'tillOrdered':
      return onTillOrdered(state, event)
    case 'tillWithdrew':
      return onTillWithdrew(state, event)
    case 'signatureGiven':
      return onSignatureGiven(state, event)
    case 'linkProbed':
      return onLinkProbed(state, event)
    case 'drillEnded':
      return onDrillEnded(state, event)
    case 'technicianChecked':
      return onTechnicianChecked(state, event)
    case 'serviced':
      return stay(state)
    case 'timerFired':
      return onTimer(state, event.timer)
  }
}

/** What was pressed on a page that is gone was meant for that page. */
function onPage(state: TerminalState, page: string, act: () => Decision): Decision {
  return page === pageName(state) ? act() : refuse(state, 'stalePage')
}

function onKey(state: TerminalState, key: Key): Decision {
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
    case 'proveReprint':
      return onProveKey(state, step, key)
    case 'approve':
    case 'approveBatch':
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

function onOption(state: TerminalState, option: string, item: string): Decision {
  switch (state.step.kind) {
    case 'result':
      return onResultOption(state, state.step, option, item)
    case 'menu':
      return onMenuOption(state, state.step, option)
    case 'records':
      return option === 'back' ? goHome(state) : onRecordsOption(state, state.step, option, item)
    case 'amount':
      return onHomeOption(state, option)
    case 'whatWasWrong':
      return onWrongOption(state, state.step, option)
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
    case 'openItems':
      return option === 'back' ? goHome(state) : onOpenItemsOption(state, option, item)
    case 'starting':
    case 'setPin':
    case 'signIn':
    case 'confirmAmount':
    case 'handOver':
    case 'lookAtAmount':
    case 'rekeyAmount':
    case 'clearingDebt':
    case 'present':
    case 'confirmCode':
    case 'pin':
    case 'authorizing':
    case 'querying':
    case 'completing':
    case 'reversing':
    case 'findOriginal':
    case 'enterAmount':
    case 'approve':
    case 'totals':
    case 'approveBatch':
    case 'settling':
    case 'checkSticker':
      return refuse(state, 'optionNotOffered')
  }
}

/** One number and PIN, asked for on three pages. */
function onOperator(
  state: TerminalState,
  event: Extract<TerminalEvent, { type: 'operatorChecked' }>,
): Decision {
  const { step } = state
  if (step.kind === 'handOver') return onHandOverChecked(state, step, event)
  return step.kind === 'approve' || step.kind === 'approveBatch'
    ? onApproval(state, event)
    : stickerFirst(onChecked(state, event))
}

function onCardRemoved(state: TerminalState): Decision {
  const step = state.step
  const isChip =
    step.kind === 'pin' &&
    step.attempt.tender.kind === 'card' &&
    step.attempt.tender.card.interface === 'chip' &&
    needsChip(step.attempt)
  return isChip ? stopPin(state, step, 'card.removed') : refuse(state, 'notAskedFor')
}

function onHealth(
  state: TerminalState,
  event: Extract<TerminalEvent, { type: 'deviceHealthChanged' }>,
): Decision {
  const { health } = event
  const before = state.devices[health.device]
  const next = { ...state, devices: { ...state.devices, [health.device]: health } }
  const well = before.troubles.length > 0 && health.troubles.length === 0
  const half = health.device === 'qrScanner' && isNew('garbled', before, health)
  if (half) return onHalfCode(next)
  if (!well) return stay(next)
  switch (health.device) {
    case 'printer':
      return queueOwed(next)
    case 'cardReader':
      return onReaderBack(next)
    case 'qrScanner':
      return onScannerBack(next)
    case 'pinPad':
      return stay(next)
  }
}

/** A trouble that was not there before. */
function isNew(trouble: DeviceTrouble, before: DeviceHealth, now: DeviceHealth): boolean {
  return now.troubles.includes(trouble) && !before.troubles.includes(trouble)
}

function onTimer(
  state: TerminalState,
  timer: Extract<TerminalEvent, { type: 'timerFired' }>['timer'],
): Decision {
  switch (timer) {
    case 'look':
      return onLookedAt(state)
    case 'idle':
      return onIdle(state)
    case 'codes':
      return onCodesTimer(state)
    case 'present':
      return stopPresenting(state, 'present.timedOut')
    case 'remind':
      return onRemind(state)
    case 'tear':
      return waitsForTear(state) ? releaseTorn(state) : refuse(state, 'timerNotRunning')
    case 'signature':
      return signOnPaper(state)
    case 'reversal':
      return state.reversal === null ? refuse(state, 'nothingOwed') : andThen(stay(state), sendOwed)
    case 'query':
      return onQueryTimer(state)
    case 'advice':
      return state.advice === null ? refuse(state, 'nothingOwed') : andThen(stay(state), sendAdvice)
    case 'batch':
      return state.settlement === null
        ? refuse(state, 'timerNotRunning')
        : andThen(stay(state), sendBatch)
    case 'link':
      return onLinkTimer(state)
  }
}

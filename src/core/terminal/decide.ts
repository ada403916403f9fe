/**
 * The one function that decides: (state, event) → state, effects, or a named refusal. Pure and total; everything the terminal does
 * is decided here and written down before it is done.
 */

import { onAdviceReplied, onAdviceUnanswered } from '../advice/decide.ts'
import { watchAlarms } from '../alarm/watch.ts'
import { onBatchGathered, onBatchReplied, onBatchUnanswered } from '../batch/decide.ts'
import { settleOn } from '../batch/queue.ts'
import { onQueryReplied, onQueryUnanswered } from '../code-query/decide.ts'
import { onApproval } from '../correction/approve.ts'
import { onRecordFound } from '../correction/decide.ts'
import { watchProof } from '../correction/scanned-proof.ts'
import { watchIdle } from '../counter/idle.ts'
import { onRecordsFound } from '../counter/search-page.ts'
import { onDrillApproval, onDrillEnded } from '../drill/drill.ts'
import { watchExercise } from '../drill/watch-exercise.ts'
import { onPowerChanged, watchPower } from '../guard/power.ts'
import { onLinkProbed, onSignedOn, onSignOnFailed, signOn } from '../link/decide.ts'
import { keepUp } from '../link/keep-up.ts'
import { watchLink } from '../link/link-faults.ts'
import { onSignOffEnded } from '../link/sign-off.ts'
import { onDownloadEnded, onHostAsked } from '../link/upkeep.ts'
import { onNoticeEnded, onScriptsRan } from '../notice/decide.ts'
import { onChecked, onLocale, onPinChosen, onPinRefused } from '../operator/decide.ts'
import { onHandOverChecked } from '../operator/hand-over.ts'
import { isService, onTechnicianChecked } from '../operator/service.ts'
import { onCodeAccepted, onCodeDoubted, onCodeRefused } from '../order/decide-code.ts'
import { onPinEnded, onPinEntered, stopPin } from '../order/decide-pin.ts'
import { onCardPresented, onCardReadEnded } from '../order/decide-present.ts'
import { takeUpAgain } from '../order/waiting-sale.ts'
import { stickerFirst } from '../payee/decide.ts'
import { onPrintEnded } from '../receipt/decide.ts'
import { onSlipsExported } from '../receipt/export-slips.ts'
import { watchMending } from '../receipt/mend-printer.ts'
import { watchPaper } from '../receipt/paper.ts'
import { watchOwed } from '../receipt/reminder.ts'
import { onSignatureGiven, watchSigning } from '../signature/decide.ts'
import { onSignatureReplied, onSignatureUnanswered } from '../signature/upload-ended.ts'
import { onTillOrdered, onTillWithdrew } from '../till/decide.ts'
import { watchTill } from '../till/watch.ts'
import { needsChip } from '../transaction/attempt.ts'
import {
  onCardCompleted,
  onCardCompletionFailed,
  onHostReplied,
  onHostSilent,
  onHostUnreachable,
} from '../transaction/decide.ts'
import { onReversalReplied, onReversalUnanswered } from '../transaction/decide-undone.ts'
import { andThen, type Decision, pageName, refuse, stay } from './decision.ts'
import type { TerminalEvent } from './event.ts'
import { onHealth } from './on-health.ts'
import { onKey } from './on-key.ts'
import { onOption } from './on-option.ts'
import { onTimer } from './on-timer.ts'
import { recover } from './recover.ts'
import type { TerminalState } from './state.ts'

export function decide(before: TerminalState, event: TerminalEvent): Decision {
  // The terminal is off: nobody is there to perform what the watches below would ask for.
  if (isService(event)) return answer(before, event)
  const decision = keepUp(watchLink(event, watchSigning(answer(before, event))))
  const proven = watchProof(before, event, watchTill(before, event, decision))
  const told = watchAlarms(before, event, proven)
  const watched = watchOwed(
    before,
    event,
    watchPower(before, watchPaper(before, watchMending(before, told))),
  )
  return watchIdle(before, event, watchExercise(event, watched))
}

function answer(before: TerminalState, event: TerminalEvent): Decision {
  const state: TerminalState = { ...before, at: event.at, tone: null }
  switch (event.type) {
    case 'started':
      return recover(before, event)
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
    case 'slipsExported':
      return onSlipsExported(state, event)
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
    case 'signatureReplied':
      return settleOn(onSignatureReplied(state, event))
    case 'signatureUnanswered':
      return settleOn(onSignatureUnanswered(state, event))
    case 'signOffEnded':
      return onSignOffEnded(state, event)
    case 'powerChanged':
      return onPowerChanged(state, event)
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

/** One number and PIN, asked for on four pages. */
function onOperator(
  state: TerminalState,
  event: Extract<TerminalEvent, { type: 'operatorChecked' }>,
): Decision {
  const { step } = state
  if (step.kind === 'handOver') return onHandOverChecked(state, step, event)
  if (step.kind === 'approveDrill') return onDrillApproval(state, event)
  if (step.kind === 'approve' || step.kind === 'approveBatch') return onApproval(state, event)
  const checked = onChecked(state, event)
  return checked.refused === null
    ? andThen(stickerFirst(takeUpAgain(checked)), backAtTheHost)
    : checked
}

/** A terminal that was signed off signs on for whoever signs in first. */
function backAtTheHost(state: TerminalState): Decision {
  return state.link === 'signedOff' && state.session !== null ? signOn(state) : stay(state)
}

/** In the middle of a chip's payment; a card that only gave its number may go. */
function onCardRemoved(state: TerminalState): Decision {
  const { step } = state
  return step.kind === 'pin' && needsChip(step.attempt)
    ? stopPin(state, step, 'card.removed')
    : refuse(state, 'notAskedFor')
}

/** Everything somebody still has to see to, and what can be done about each. */
import { sendAdvice } from '../advice/queue.ts'
import { alarmItems, alarmSeen } from '../alarm/items.ts'
import { explainTotal, totalItems } from '../batch/decide-shop-total.ts'
import { sendBatch } from '../batch/queue.ts'
import { askNow, mayBeAsked } from '../code-query/queue.ts'
import { collect, followUps, followUpTelling, writeOff } from '../correction/follow-up.ts'
import { customerOfItemTold, untoldItems } from '../correction/tell-customer.ts'
import { askForWord } from '../incident/close.ts'
import { incidentItems, incidents, isInIncident } from '../incident/items.ts'
import { askForLoss, customerLeft } from '../incident/record.ts'
import { printSheetAgain } from '../incident/sheet.ts'
import { message } from '../message.ts'
import { formatMinor } from '../money.ts'
import { signOut } from '../operator/decide.ts'
import { askForSticker, clearSticker } from '../payee/decide.ts'
import { stickerItems } from '../payee/sticker.ts'
import { queueOwed, settleUnsure } from '../receipt/decide.ts'
import { exportSlips, mayExport } from '../receipt/export-slips.ts'
import { owedSlips } from '../receipt/owed-slips.ts'
import { isPaperLow, sayNewRoll } from '../receipt/paper.ts'
import { slipTelling } from '../receipt/tellings.ts'
import { owedMessage, sendOwed } from '../reversal/decide.ts'
import type { Reversal } from '../reversal/reversal.ts'
import { onSignedOnPaper, signatureTelling, unsigned } from '../signature/decide.ts'
import { fileSigned, printSigned, sendAgain, uploadItems } from '../signature/upload-items.ts'
import { type Decision, refuse } from '../terminal/decision.ts'
import type { TerminalState } from '../terminal/state.ts'

export function onOpenItemsOption(state: TerminalState, option: string, item: string): Decision {
  switch (option) {
    case 'paperComplete':
      return settleUnsure(state, item, true)
    case 'printMissing':
      return isUnsure(state, item) ? settleUnsure(state, item, false) : queueOwed(state)
    case 'printAll':
      return queueOwed(state)
    case 'exportSlips':
      return exportSlips(state)
    case 'signOut':
      return isLeaving(state) ? signOut(state) : refuse(state, 'optionNotOffered')
    case 'newRoll':
      return sayNewRoll(state)
    case 'retryReversal':
      return sendOwed(state)
    case 'query':
      return askNow(state)
    case 'settle':
      return sendBatch(state)
    case 'retryRefund':
      return sendAdvice(state)
    case 'collect':
      return collect(state, followUpIn(state, item))
    case 'checkSticker':
      return askForSticker(state)
    case 'clearSticker':
      return clearSticker(state)
    case 'customerLeft':
      return customerLeft(state, item)
    case 'moneyWent':
      return askForLoss(state)
    case 'printSheet':
      return printSheetAgain(state, item)
    case 'closeIncident':
      return askForWord(state, item)
    case 'writeOff':
      return writeOff(state, item)
    case 'signedOnPaper':
      return onSignedOnPaper(state, item)
    case 'sendSignature':
      return sendAgain(state, item)
    case 'printSigned':
      return printSigned(state, item)
    case 'signatureFiled':
      return fileSigned(state, item)
    case 'customerTold':
      return customerOfItemTold(state, item)
    case 'alarmSeen':
      return alarmSeen(state, item)
    case 'totalCorrected':
    case 'totalFound':
    case 'totalShopWrong':
    case 'totalNotFound':
      return explainTotal(state, option, item)
    default:
      return refuse(state, 'optionNotOffered')
  }
}

/** Named by itself, or by the incident that it stands in. */
function followUpIn(state: TerminalState, item: string): string {
  return incidents(state).find(({ id }) => id === item)?.followUp ?? item
}

/** What stands below the list. */
export function openListOptions(
  state: TerminalState,
): readonly { readonly id: string; readonly key: string }[] {
  const isOwed = owedSlips(state).some((job) => job.state !== 'unsure')
  return [
    ...(isOwed ? [{ id: 'printAll', key: '8' }] : []),
    ...(mayExport(state) ? [{ id: 'exportSlips', key: '7' }] : []),
    ...(isLeaving(state) ? [{ id: 'signOut', key: '9' }] : []),
    { id: 'back', key: '0' },
  ]
}

function isLeaving({ step }: TerminalState): boolean {
  return step.kind === 'openItems' && step.leaving === true
}

function isUnsure(state: TerminalState, jobId: string): boolean {
  return state.slips.some((job) => job.slip.job === jobId && job.state === 'unsure')
}

/** Everything somebody still has to see to, oldest first. */
export function openItems(
  state: TerminalState,
): readonly { id: string; message: ReturnType<typeof message>; options: readonly string[] }[] {
  const owed = state.reversal
  const reversal =
    owed === null || owed.state === 'armed'
      ? []
      : [
          {
            id: owed.id,
            message: owedMessage(owed),
            options: reversalOptions(owed),
          },
        ]
  const advice = state.advice
  const refund =
    advice === null || advice.state === 'out'
      ? []
      : [
          {
            id: advice.id,
            message: message('refund.inDoubt', {
              amount: formatMinor(advice.attempt.amountMinor),
              trace: advice.attempt.stan,
            }),
            options: advice.state === 'waiting' ? ['retryRefund'] : [],
          },
        ]
  const slips = owedSlips(state).map((job) => {
    const { type, trace } = job.slip.facts
    const isUnsure = job.state === 'unsure'
    return {
      id: job.slip.job,
      message: slipTelling(isUnsure ? 'slip.unsure' : 'slip.owedOne', type, { trace }),
      options: isUnsure ? ['paperComplete', 'printMissing'] : ['printMissing'],
    }
  })
  const settlement =
    state.settlement === null
      ? []
      : [
          {
            id: `settlement-${state.settlement.batch}`,
            message: message('settle.unfinished'),
            options: state.settlement.out === '' ? ['settle'] : [],
          },
        ]
  const alone = followUps(state).filter(({ id }) => !isInIncident(state, id))
  const toCollect = alone.map((one) => ({
    id: one.id,
    message: followUpTelling(one),
    options: ['collect', 'customerLeft', 'writeOff'],
  }))
  const toSign = unsigned(state).map((one) => ({
    id: one.record,
    message: signatureTelling('owed', one),
    options: ['signedOnPaper'],
  }))
  const paper = isPaperLow(state)
    ? [{ id: 'paper', message: message('paper.lowNow'), options: ['newRoll'] }]
    : []
  return [
    ...stickerItems(state),
    ...alarmItems(state),
    ...reversal,
    ...refund,
    ...settlement,
    ...toCollect,
    ...totalItems(state),
    ...incidentItems(state),
    ...slips,
    ...toSign,
    ...uploadItems(state),
    ...untoldItems(state),
    ...paper,
  ]
}

/** A code payment may be asked about at any time; only the acquirer's word takes it off the list. */
function reversalOptions(owed: Reversal): readonly string[] {
  return [
    ...(mayBeAsked(owed) ? ['query'] : []),
    ...(owed.state === 'owed' ? ['retryReversal'] : []),
  ]
}

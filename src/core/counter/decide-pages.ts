/** The pages around a sale: result, menu, records, open items. None of them can send money. */
import { sendAdvice } from '../advice/queue.ts'
import { askForTotals } from '../batch/decide.ts'
import { sendBatch } from '../batch/queue.ts'
import { askForBalance, askForHold, askForOriginal, correct } from '../correction/decide.ts'
import { collect, followUps, followUpTelling, writeOff } from '../correction/follow-up.ts'
import { askWhatWasWrong, causesOf } from '../correction/guide.ts'
import { typedYuan } from '../guard/amount-entry.ts'
import { signOn } from '../link/decide.ts'
import { message } from '../message.ts'
import { formatMinor } from '../money.ts'
import { signOut } from '../operator/decide.ts'
import { askForTender, goHome } from '../order/decide-amount.ts'
import {
  openSlips,
  queueOwed,
  releaseTorn,
  reprint,
  settleUnsure,
  waitsForTear,
} from '../receipt/decide.ts'
import { slipTelling } from '../receipt/tellings.ts'
import { owedMessage, sendOwed } from '../reversal/decide.ts'
import { andThen, type Decision, goTo, refuse, say } from '../terminal/decision.ts'
import type { Key } from '../terminal/event.ts'
import type { Step, TerminalState } from '../terminal/state.ts'

type Result = Extract<Step, { kind: 'result' }>

export function onResultKey(state: TerminalState, step: Result, key: Key): Decision {
  if (key === 'confirm' && waitsForTear(state)) return releaseTorn(state)
  if (key === 'confirm') return goOn(state, step)
  if (key === 'cancel') return leaveResult(state)
  const option = resultOptions(state, step).find((one) => one.key === key)
  if (option !== undefined) return onResultOption(state, step, option.id, '')
  return refuse(state, 'keyHasNoMeaningHere')
}

/** What is left to collect comes before "next customer". */
function goOn(state: TerminalState, step: Result): Decision {
  const open = followUps(state).find((one) => one.after === step.record)
  return open === undefined ? leaveResult(state) : collect(state, open.id)
}

/** What can be done with this result besides going on. */
export function resultOptions(
  state: TerminalState,
  step: Result,
): readonly { readonly id: 'retry' | 'collect' | 'correct'; readonly key: string }[] {
  if (step.mayTryAgain) return [{ id: 'retry', key: '1' }]
  const open = followUps(state).some((one) => one.after === step.record)
  const record = state.recent.find((one) => one.id === step.record)
  const mayBeWrong =
    step.outcome === 'approved' && record !== undefined && causesOf(record).length > 0
  return [
    ...(open ? [{ id: 'collect', key: '1' } as const] : []),
    ...(mayBeWrong ? [{ id: 'correct', key: '2' } as const] : []),
  ]
}

/** A copy still waiting for the tear is printed behind the next sale, or when the one before it is on paper; not lost. */
function leaveResult(state: TerminalState): Decision {
  return andThen(releaseTorn(state), (next) => goHome(next))
}

export function onResultOption(
  state: TerminalState,
  step: Result,
  option: string,
  item: string,
): Decision {
  switch (option) {
    case 'retry':
      return step.mayTryAgain ? tryAgain(state, step) : refuse(state, 'optionNotOffered')
    case 'collect': {
      const open = followUps(state).find((one) => one.after === step.record)
      return open === undefined ? refuse(state, 'optionNotOffered') : collect(state, open.id)
    }
    case 'correct': {
      const record = state.recent.find((one) => one.id === step.record)
      return record === undefined || step.outcome !== 'approved'
        ? refuse(state, 'optionNotOffered')
        : askWhatWasWrong(state, record)
    }
    case 'paperComplete':
    case 'printMissing':
      return settleUnsure(state, item, option === 'paperComplete')
    default:
      return refuse(state, 'optionNotOffered')
  }
}

/** The same order once more, by card or code: its earlier attempt is known to have taken nothing. */
function tryAgain(state: TerminalState, step: Result): Decision {
  const typed = typedYuan(step.order.dueMinor)
  return andThen(goTo(state, { kind: 'confirmAmount', order: step.order, typed }), (next) =>
    askForTender(next, { order: step.order, typed }),
  )
}

/** Two sheets: what every day needs in front, what moves money in other ways and ends the day behind. */
export const MENU = [
  [
    { id: 'reprintLast', key: '1' },
    { id: 'records', key: '2' },
    { id: 'openItems', key: '3' },
    { id: 'signOn', key: '4' },
    { id: 'language', key: '5' },
    { id: 'signOut', key: '6' },
    { id: 'void', key: '7' },
    { id: 'refund', key: '8' },
    { id: 'next', key: '9' },
  ],
  [
    { id: 'preAuth', key: '1' },
    { id: 'complete', key: '2' },
    { id: 'balance', key: '3' },
    { id: 'settle', key: '4' },
    { id: 'xReport', key: '5' },
    { id: 'correct', key: '6' },
    { id: 'previous', key: '9' },
  ],
] as const

export function menuSheet(step: Extract<Step, { kind: 'menu' }>): (typeof MENU)[number] {
  return MENU[step.sheet]
}

/** A key of the menu is the option printed on it. */
export function onMenuKey(
  state: TerminalState,
  step: Extract<Step, { kind: 'menu' }>,
  key: Key,
): Decision {
  const entry = menuSheet(step).find((one) => one.key === key)
  if (entry !== undefined) return onMenuOption(state, step, entry.id)
  return key === 'cancel' || key === 'menu' ? goHome(state) : refuse(state, 'keyHasNoMeaningHere')
}

export function onMenuOption(
  state: TerminalState,
  step: Extract<Step, { kind: 'menu' }>,
  option: string,
): Decision {
  if (!menuSheet(step).some(({ id }) => id === option)) return refuse(state, 'optionNotOffered')
  switch (option) {
    case 'next':
      return goTo(state, { kind: 'menu', sheet: 1 }, { tone: 'key' })
    case 'previous':
      return goTo(state, { kind: 'menu', sheet: 0 }, { tone: 'key' })
    case 'void':
    case 'refund':
      return askForOriginal(state, option)
    case 'complete':
      return askForOriginal(state, 'completion')
    case 'preAuth':
      return askForHold(state)
    case 'balance':
      return askForBalance(state)
    case 'settle':
    case 'xReport':
      return askForTotals(state, option)
    case 'correct':
      return goTo(state, { kind: 'records' }, { message: message('correct.pick'), tone: 'key' })
    case 'reprintLast':
      return reprintLast(state)
    case 'records':
      return goTo(state, { kind: 'records' }, { tone: 'key' })
    case 'openItems':
      return goTo(state, { kind: 'openItems' }, { tone: 'key' })
    case 'signOn':
      return andThen(goHome(state, message('link.signingOn')), (next) =>
        signOn({ ...next, link: 'down' }),
      )
    case 'language':
      return goTo(
        {
          ...state,
          locale: { ...state.locale, counter: state.locale.counter === 'en' ? 'zh-CN' : 'en' },
        },
        state.step,
      )
    case 'signOut':
      return signOut(state)
    default:
      return refuse(state, 'optionNotOffered')
  }
}

function reprintLast(state: TerminalState): Decision {
  const last = state.recent.findLast((record) => record.slip !== null)
  if (last === undefined) return say(state, message('slip.none'), { tone: 'refused' })
  return andThen(goHome(state, message('slip.reprinting', { trace: last.stan })), (next) =>
    reprint(next, last),
  )
}

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

export function onOpenItemsOption(state: TerminalState, option: string, item: string): Decision {
  switch (option) {
    case 'paperComplete':
      return settleUnsure(state, item, true)
    case 'printMissing':
      return isUnsure(state, item) ? settleUnsure(state, item, false) : queueOwed(state)
    case 'retryReversal':
      return sendOwed(state)
    case 'settle':
      return sendBatch(state)
    case 'retryRefund':
      return sendAdvice(state)
    case 'collect':
      return collect(state, item)
    case 'writeOff':
      return writeOff(state, item)
    default:
      return refuse(state, 'optionNotOffered')
  }
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
            options: owed.state === 'owed' ? ['retryReversal'] : [],
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
  const slips = openSlips(state).flatMap((job) => {
    if (job.state !== 'owed' && job.state !== 'unsure') return []
    const { type, trace } = job.slip.facts
    const params = { trace }
    return job.state === 'owed'
      ? [
          {
            id: job.slip.job,
            message: slipTelling('slip.owedOne', type, params),
            options: ['printMissing'],
          },
        ]
      : [
          {
            id: job.slip.job,
            message: slipTelling('slip.unsure', type, params),
            options: ['paperComplete', 'printMissing'],
          },
        ]
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
  const toCollect = followUps(state).map((one) => ({
    id: one.id,
    message: followUpTelling(one),
    options: ['collect', 'writeOff'],
  }))
  return [...reversal, ...refund, ...settlement, ...toCollect, ...slips]
}

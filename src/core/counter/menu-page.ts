/** The menu: three sheets of what is not a plain sale. None of it can send money. */
import { askForTotals } from '../batch/decide.ts'
import { reprintZ } from '../batch/z-slip.ts'
import { askForBalance, askForHold, askForOriginal } from '../correction/decide.ts'
import { beginDrill, endDrill } from '../drill/drill.ts'
import { beginOrSkip } from '../drill/exercises.ts'
import { signOn } from '../link/decide.ts'
import { askToSignOff } from '../link/sign-off.ts'
import { type Message, message } from '../message.ts'
import { askForBadge } from '../operator/badge.ts'
import { signOut } from '../operator/decide.ts'
import { goHome } from '../order/home.ts'
import { askForSticker } from '../payee/decide.ts'
import { pumpSlips, reprint } from '../receipt/decide.ts'
import { owedSlips } from '../receipt/owed-slips.ts'
import { andThen, type Decision, goTo, refuse, say } from '../terminal/decision.ts'
import type { Key } from '../terminal/event.ts'
import type { Step, TerminalState } from '../terminal/state.ts'

/** Three sheets: what every day needs in front, with the end of the day on 0 and the sign-on on 4, the sign-off behind it; what moves money in other ways behind; last the terminal itself. */
const MENU = [
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
    { id: 'settle', key: '0' },
  ],
  [
    { id: 'preAuth', key: '1' },
    { id: 'complete', key: '2' },
    { id: 'balance', key: '3' },
    { id: 'signOff', key: '4' },
    { id: 'xReport', key: '5' },
    { id: 'correct', key: '6' },
    { id: 'drill', key: '7' },
    { id: 'checkSticker', key: '8' },
    { id: 'next', key: '9' },
    { id: 'reprintSettlement', key: '0' },
  ],
  [
    { id: 'parameters', key: '1' },
    { id: 'badge', key: '2' },
    { id: 'next', key: '9' },
  ],
] as const

/** Round and round. */
const NEXT_SHEET = { 0: 1, 1: 2, 2: 0 } as const

/**
 * What the sheet offers: no hold where the shop never makes one, though one of before can be completed. Where the real terminal begins a
 * drill, a drill ends.
 */
export function menuSheet(
  { setup }: { readonly setup: Pick<TerminalState['setup'], 'badge' | 'drill' | 'holds'> },
  step: Extract<Step, { kind: 'menu' }>,
): readonly { readonly id: string; readonly key: string }[] {
  return MENU[step.sheet]
    .filter(({ id }) => setup.holds !== false || id !== 'preAuth')
    .filter(({ id }) => (setup.badge !== undefined && !setup.drill) || id !== 'badge')
    .map((entry) => (setup.drill ? inDrill(entry) : entry))
}

/** A drill ends where it began, and has exercises in the place of the sticker. */
function inDrill(entry: { readonly id: string; readonly key: string }) {
  if (entry.id === 'drill') return { ...entry, id: 'endDrill' }
  return entry.id === 'checkSticker' ? { ...entry, id: 'exercises' } : entry
}

/** Home, one key: the slip of the last transaction once more, and what is being typed stays. */
export function onHomeOption(state: TerminalState, option: string): Decision {
  if (option !== 'reprintLast') return refuse(state, 'optionNotOffered')
  return reprintLast(state, (telling) => say(state, telling, { tone: 'key' }))
}

/** A key of the menu is the option printed on it. */
export function onMenuKey(
  state: TerminalState,
  step: Extract<Step, { kind: 'menu' }>,
  key: Key,
): Decision {
  const entry = menuSheet(state, step).find((one) => one.key === key)
  if (entry !== undefined) return onMenuOption(state, step, entry.id)
  return key === 'cancel' || key === 'menu' ? goHome(state) : refuse(state, 'keyHasNoMeaningHere')
}

export function onMenuOption(
  state: TerminalState,
  step: Extract<Step, { kind: 'menu' }>,
  option: string,
): Decision {
  if (!menuSheet(state, step).some(({ id }) => id === option))
    return refuse(state, 'optionNotOffered')
  switch (option) {
    case 'next':
      return goTo(state, { kind: 'menu', sheet: NEXT_SHEET[step.sheet] }, { tone: 'key' })
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
    case 'parameters':
      return readParameters(state)
    case 'badge':
      return askForBadge(state)
    case 'drill':
      return beginDrill(state)
    case 'checkSticker':
      return askForSticker(state)
    case 'reprintSettlement':
      return settlementSlipAgain(state)
    case 'exercises':
      return beginOrSkip(state)
    case 'endDrill':
      return endDrill(state)
    case 'reprintLast':
      return reprintLast(state, (telling) => goHome(state, telling))
    case 'records':
      return goTo(state, { kind: 'records' }, { tone: 'key' })
    case 'openItems':
      return goTo(state, { kind: 'openItems' }, { tone: 'key' })
    case 'signOn':
      return andThen(goHome(state, message('link.signingOn')), signOn)
    case 'language':
      return goTo(
        {
          ...state,
          locale: { ...state.locale, counter: state.locale.counter === 'en' ? 'zh-CN' : 'en' },
        },
        state.step,
      )
    case 'signOff':
      return slipsFirst(state) ?? askToSignOff(state)
    case 'signOut':
      return slipsFirst(state) ?? signOut(state)
    default:
      return refuse(state, 'optionNotOffered')
  }
}

/** What the terminal is set to is for those who answer for it: amounts from which it asks are no help to a thief. */
function readParameters(state: TerminalState): Decision {
  if (state.session === null || state.session.role === 'cashier')
    return say(state, message('parameters.notAllowed'), { tone: 'refused' })
  return goTo(state, { kind: 'parameters' }, { tone: 'key' })
}

function settlementSlipAgain(state: TerminalState): Decision {
  const { lastZ } = state
  if (lastZ === undefined) return say(state, message('settle.noSlip'), { tone: 'refused' })
  const { batch } = lastZ.facts
  return andThen(goHome(reprintZ(state, lastZ), message('settle.slipAgain', { batch })), pumpSlips)
}

/** Slips that are owed are shown before whoever made them goes; the list offers to print all, and to sign out all the same. */
function slipsFirst(state: TerminalState): Decision | null {
  const count = owedSlips(state).length
  if (count === 0) return null
  const telling = message('slip.beforeSignOut', { count: String(count) })
  return goTo(state, { kind: 'openItems', leaving: true }, { message: telling, tone: 'unknown' })
}

/** `tell` says on which page the person reads that it is printing. */
function reprintLast(state: TerminalState, tell: (telling: Message) => Decision): Decision {
  const last = state.recent.findLast((record) => record.slip !== null)
  if (last === undefined) return say(state, message('slip.none'), { tone: 'refused' })
  return andThen(tell(message('slip.reprinting', { trace: last.stan })), (next) =>
    reprint(next, last),
  )
}

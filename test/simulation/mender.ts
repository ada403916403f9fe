/** What the cashier does about payments that were made: looks for one, says what was wrong with it, collects what is missing, hands the counter over. */
import type { Cause } from '#core/correction/cause.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { Key } from '#core/terminal/event.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import type { Order } from '#core/transaction/attempt.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import type { Disk } from './disk.ts'
import { breach } from './interruptions.ts'
import type { Owed } from './owed.ts'
import type { Process } from './process.ts'
import type { Random } from './random.ts'
import { CASHIER, SUPERVISORS } from './shop.ts'
import { digitsOf, fenOf, keysOf } from './typing.ts'
import type { Tell } from './world-parts.ts'

export type Mender = {
  /** Whether this page was seen to. */
  readonly acts: (state: TerminalState) => boolean
  /** Whether a payment that was just made is looked at again. */
  readonly regrets: () => boolean
  /** What is looked after in the menu before the next customer. */
  readonly errand: (state: TerminalState) => Key | null
}

type Hand = {
  readonly press: (state: TerminalState, ...keys: readonly Key[]) => void
  readonly choose: (state: TerminalState, option: string, item: string) => void
  readonly say: Tell
}
type Page<K extends Step['kind']> = Extract<Step, { kind: K }>

const CAUSES: readonly [Cause, ...Cause[]] = [
  'wrongAmount',
  'wrongAmount',
  'wrongPayer',
  'paidTwice',
  'holdMeant',
  'customerWish',
  'exchange',
  'saleMeant',
]
const WISHES = ['byAmount', 'byLast4', 'byTrace', 'byOperator', 'byChannel'] as const
const ABOUT = ['void', 'refund', 'complete', 'correct', 'correct', 'reprint', 'query'] as const
const REGRETS = 0.15
const OF_THE_LIST = 0.2
const LOOKS_FOR = 0.1
const HANDS_OVER = 0.05

export function createMender(
  {
    disk,
    owed,
    process,
    random,
  }: { random: Random; disk: Disk; owed: Owed; process: Pick<Process, 'state'> },
  { choose, press, say }: Hand,
): Mender {
  /** Paid and not gone back, with all that was collected after it, and after that. What follows a payment was written behind it. */
  const leftOf = (id: string): number => {
    const chain = new Set([id])
    let sum = 0
    for (const record of disk.records.values()) {
      const { closedBy, follows = '', kind, outcome, paidMinor, refundedMinor } = record
      if (record.id !== id && !(kind === 'sale' && chain.has(follows))) continue
      if (outcome !== 'approved') continue
      chain.add(record.id)
      if (closedBy === '') sum += paidMinor - refundedMinor
    }
    return sum
  }
  const anyRecord = (): TransactionRecord | undefined => {
    const all = [...disk.records.values()]
    return all[random.between(0, Math.max(0, all.length - 1))]
  }

  const sayWhatWasWrong = (state: TerminalState): void => {
    const cause = random.pick(CAUSES)
    if (random.chance(0.1)) press(state, 'cancel')
    else choose(state, random.chance(0.05) ? 'cannotMend' : cause, '')
  }
  const keyRightAmount = (state: TerminalState, step: Page<'enterAmount'>): void => {
    const { original, typed } = step
    if (original === null || random.chance(0.1)) return press(state, 'cancel')
    if (typed !== '') return press(state, 'clear')
    const leftMinor = leftOf(original.id)
    const rightMinor = random.between(1, Math.max(2, Math.floor(leftMinor * 1.4)))
    press(state, ...keysOf(rightMinor))
    // Keys bounce: what is confirmed is what the screen shows.
    const shown = process.state()?.step
    if (shown?.kind !== 'enterAmount' || fenOf(shown.typed) !== rightMinor) return
    press(state, 'confirm')
    const next = process.state()?.step
    if (next?.kind === 'confirmAmount') checkMended(next.order, leftMinor, rightMinor)
  }

  const lookFor = (state: TerminalState, step: Page<'searchRecords'>): void => {
    const wanted = anyRecord()
    if (wanted === undefined || random.chance(0.1)) return press(state, 'cancel')
    if (step.by === null) return choose(state, random.pick(WISHES), '')
    if (step.by === 'channel') return choose(state, 'byCard', '')
    if (step.typed !== '') return press(state, 'cancel')
    press(state, ...wordsOf(wanted, step.by), 'confirm')
  }
  const proveCopy = (state: TerminalState, { record, typed }: Page<'proveReprint'>): void => {
    if (typed !== '' || random.chance(0.2)) return press(state, 'cancel')
    press(state, ...digitsOf(record.last4), 'confirm')
  }
  const pickRecord = (state: TerminalState, { found }: Page<'records'>): void => {
    const shown = found ?? state.recent
    const chosen = shown[random.between(0, Math.max(0, shown.length - 1))]
    if (random.chance(0.3)) press(state, 'cancel')
    else if (found === undefined && random.chance(0.6)) choose(state, 'search', '')
    else choose(state, random.pick(ABOUT), chosen?.id ?? '')
  }
  /** False: nothing of the list is for this page's visitor. */
  const seeToDebts = (state: TerminalState): boolean => {
    const [first] = state.followUps ?? []
    if (first === undefined || random.chance(0.4)) return false
    const isSupervisor = SUPERVISORS.some((number) => number === state.session?.operator)
    if (isSupervisor && random.chance(0.2)) {
      owed.writtenOff(first.id)
      choose(state, 'writeOff', first.id)
    } else choose(state, random.chance(0.1) ? 'customerLeft' : 'collect', first.id)
    return true
  }
  const takeOver = (state: TerminalState): void => {
    if (random.chance(0.2)) return press(state, 'cancel')
    const operator = random.pick([CASHIER, ...SUPERVISORS])
    say({ type: 'operatorChecked', page: pageName(state), operator, correct: random.chance(0.9) })
  }

  return {
    acts: (state) => {
      const { step } = state
      if (step.kind === 'openItems') return seeToDebts(state)
      if (step.kind === 'enterAmount' && step.correcting !== true) return false
      if (step.kind === 'confirmAmount' && !random.chance(HANDS_OVER)) return false
      if (step.kind === 'whatWasWrong') sayWhatWasWrong(state)
      else if (step.kind === 'enterAmount') keyRightAmount(state, step)
      else if (step.kind === 'searchRecords') lookFor(state, step)
      else if (step.kind === 'proveReprint') proveCopy(state, step)
      else if (step.kind === 'records') pickRecord(state, step)
      else if (step.kind === 'handOver') takeOver(state)
      else if (step.kind === 'confirmAmount') press(state, 'menu')
      else return false
      return true
    },
    regrets: () => random.chance(REGRETS),
    errand: (state) => {
      if ((state.followUps ?? []).length > 0 && random.chance(OF_THE_LIST)) return '3'
      return random.chance(LOOKS_FOR) ? '2' : null
    },
  }
}

/** What is asked for must make a right payment of a wrong one: `leftMinor` was paid and has not gone back, `rightMinor` should have been. */
function checkMended(order: Order, leftMinor: number, rightMinor: number): void {
  const { afterwards, dueMinor, follows, kind } = order
  if (afterwards !== undefined && afterwards.dueMinor !== rightMinor)
    breach(`${rightMinor} is right, and after a ${kind} ${afterwards.dueMinor} is to be collected`)
  const wanted = follows === undefined ? leftMinor - rightMinor : rightMinor - leftMinor
  if (afterwards === undefined && dueMinor !== wanted)
    breach(`${leftMinor} was paid, ${rightMinor} is right, and ${dueMinor} is asked for`)
}

/** What somebody types who remembers this of a payment. */
function wordsOf(record: TransactionRecord, by: Page<'searchRecords'>['by']): readonly Key[] {
  if (by === 'amount') return keysOf(record.dueMinor)
  if (by === 'last4') return digitsOf(record.last4)
  if (by === 'operator') return digitsOf(record.operator)
  return digitsOf(String(Number(record.stan)))
}

/** The person at the counter: types, confirms, taps twice, gives up, walks away, and looks at the paper when asked. */

import { reviewItems } from '#core/batch/review.ts'
import { incidentOptions } from '#core/incident/record.ts'
import type { SlipJob } from '#core/receipt/slip-job.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { Key } from '#core/terminal/event.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import type { Order } from '#core/transaction/attempt.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import type { Checks } from './checks.ts'
import type { Disk } from './disk.ts'
import type { House } from './house.ts'
import type { HouseRules } from './house-rules.ts'
import { createMender } from './mender.ts'
import type { Owed } from './owed.ts'
import type { Printer } from './printer.ts'
import type { Process } from './process.ts'
import { CASHIER, SUPERVISORS } from './shop.ts'
import type { TillDesk } from './till-desk.ts'
import { digitsOf, keysOf } from './typing.ts'
import type { Tell, WorldParts } from './world-parts.ts'

export type Cashier = {
  /** The screen has changed. */
  readonly look: (state: TerminalState) => void
  /** No further customer; whatever is open is seen to. */
  readonly closeShop: () => void
  /** Orders still to be typed. */
  readonly serve: (orders: number) => void
  readonly left: () => number
  /** An order is on its way, or will be typed again because the power took it. */
  readonly isServing: () => boolean
}

const FIDDLING = ['confirm', 'cancel', 'backspace', 'clear', 'menu', '1', '2', '00', '.'] as const
/** More papers that nobody has seen signed, and the cashier looks through them. */
const UNSIGNED_PAPERS = 5
const SERIOUS: ReadonlySet<Step['kind']> = new Set(['confirmAmount', 'result', 'openItems'])
/** Pages that turn by themselves; on all others nothing goes on before the cashier does something. */
const WAITING: ReadonlySet<Step['kind']> = new Set([
  'starting',
  'clearingDebt',
  'present',
  'pin',
  'authorizing',
  'completing',
  'querying',
  'reversing',
  'settling',
  'lookAtAmount',
])
/** Said under a correction that will not go through however often it is confirmed: a midnight has passed, or there is no line. */
const HOPELESS: ReadonlySet<string> = new Set([
  'link.down',
  'void.codeOtherDay',
  'followUp.collected',
])
/** Entries of the menu that somebody is told to choose. */
const SETTLE: Key = '0'
const SIGN_OUT: Key = '6'
/** Behind the first sheet: a hold, its completion, a balance, the figures of the day. */
const ON_SHEET_TWO: readonly [Key, ...Key[]] = ['1', '1', '2', '2', '3', '5']
const CUSTOMERS_APART_MS = 60_000
const TO_COMPLETE = ['preAuth', 'preAuth', 'preAuth', 'sale'] as const
const TO_TAKE_BACK = ['sale', 'completion', 'completion', 'preAuth'] as const
/** How far back people look for a voucher. */
const LATELY = 40
/** Pages that a screen may still show. */
const OLD_PAGES = 8
const WALK_MS = 1_800_000
/** Share of the sign-ins in which a supervisor stands in for the cashier. */
const SUPERVISOR_SELLS = 0.4

type Confirm = Extract<Step, { kind: 'confirmAmount' }>
type Enter = Extract<Step, { kind: 'enterAmount' }>
type Result = Extract<Step, { kind: 'result' }>
type Find = Extract<Step, { kind: 'findOriginal' }>
type Rekey = Extract<Step, { kind: 'rekeyAmount' }>
type Review = Extract<Step, { kind: 'reviewRefunds' }>

export function createCashier(
  parts: WorldParts & {
    process: Process
    checks: Checks
    rules: HouseRules
    printer: Printer
    disk: Disk
    house: House
    /** Null: nothing is left to be collected in this house. */
    owed: Owed | null
    /** Null: the shop has no till. */
    till: TillDesk | null
  },
): Cashier {
  const { timeline, random, faults, process, checks, rules, printer, disk, till } = parts
  let left = 0
  let closing = false
  let intended: number | null = null
  let correcting: number | null = null
  let planned = false
  let errand: Key | null = null
  const oldPages: string[] = []

  const say: Tell = process.hear
  const press = (state: TerminalState, ...keys: readonly Key[]): void => {
    const page = pageName(state)
    for (const key of keys) {
      say({ type: 'keyPressed', page, key })
      if (faults.strikes('doubleTap')) say({ type: 'keyPressed', page, key })
    }
    // A second screen that was away shows older pages, maybe of before a power cut, and somebody taps on them.
    if (faults.strikes('oldPage'))
      for (const old of oldPages.toReversed())
        say({ type: 'keyPressed', page: old, key: 'confirm' })
    oldPages.push(page)
    if (oldPages.length > OLD_PAGES) oldPages.shift()
  }
  const choose = (state: TerminalState, option: string, item: string): void =>
    say({ type: 'optionChosen', page: pageName(state), option, item })

  const { owed } = parts
  const { drills } = parts.house
  const mends = parts.house.mends && owed !== null
  const mender = mends ? createMender({ ...parts, owed }, { press, choose, say }) : null

  const onAmount = (state: TerminalState, typed: string): void => {
    if (typed !== '') return press(state, 'clear')
    errand ??= errandOf(state)
    if (errand !== null) return press(state, 'menu')
    if (left <= 0 && intended === null) return
    left -= intended === null ? 1 : 0
    intended ??= amountOf(parts)
    press(state, ...keysOf(intended), 'confirm')
  }

  /** Something to do in the menu before the next customer. */
  const errandOf = (state: TerminalState): Key | null => {
    const open = state.slips.some((job) => job.state === 'owed' || job.state === 'unsure')
    if (open && (closing || random.chance(0.3))) return '3'
    if ((state.unsigned ?? []).length > UNSIGNED_PAPERS) return '3'
    if (!closing && state.reversal?.query !== undefined && random.chance(0.5)) return '3'
    const debt = closing ? null : mender?.errand(state)
    if (debt) return debt
    if (drills && !closing && random.chance(0.1)) return '9'
    const doubt = state.advice !== null || state.reversal !== null
    const hasty = !closing && doubt && faults.strikes('hastyInDoubt')
    if (hasty || (!closing && faults.strikes('settles'))) return '0'
    if (!closing && faults.strikes('corrects')) return random.pick(['7', '8', '9'])
    if (faults.strikes('reprints')) return random.pick(['1', '2'])
    return faults.strikes('signsOut') ? random.pick(['4', '5', '6']) : null
  }

  const onConfirm = (state: TerminalState, { order }: Confirm): void => {
    // A void has no amount to type: what is on the page is what goes back.
    const meant = till?.meant(order) ?? meantHere(order)
    const isFull = state.message?.key === 'batch.full'
    if (isFull) errand = SETTLE
    const isHopeless = HOPELESS.has(state.message?.key ?? '')
    const leaves = !isTyped(order) && (closing || isHopeless)
    if (order.dueMinor !== meant || leaves || isFull || faults.strikes('cancels'))
      return press(state, 'cancel')
    checks.agreed(order.id, order.dueMinor)
    press(state, 'confirm')
  }

  const meantHere = (order: Order): number | null => {
    if (order.follows !== undefined || order.cause !== undefined) return order.dueMinor
    return isTyped(order) ? intended : (correcting ?? order.dueMinor)
  }

  const onResult = (state: TerminalState, step: Result): void => {
    const unsure = state.slips.find((job) => job.record === step.record && job.state === 'unsure')
    if (unsure !== undefined) return answerPaper(state, unsure)
    if (state.slips.some((job) => job.state === 'awaitingTear')) return press(state, 'confirm')
    // Somebody is writing, and most cashiers wait.
    if (state.signing !== undefined && random.chance(0.8)) return
    const again = step.mayTryAgain && !closing && random.chance(0.5)
    if (again) {
      checks.agreed(step.order.id, step.order.dueMinor)
      if (isTyped(step.order)) intended = step.order.dueMinor
      return choose(state, 'retry', '')
    }
    const regrets = step.outcome === 'approved' && !closing && mender?.regrets() === true
    if (regrets || (step.outcome === 'approved' && !closing && faults.strikes('writesDown'))) {
      if (isTyped(step.order)) intended = null
      return choose(state, 'correct', '')
    }
    const repeats = step.outcome !== 'approved' && faults.strikes('typesAgain')
    if (!repeats && isTyped(step.order)) intended = null
    press(state, 'confirm')
  }

  /** Looks at the paper in hand; now and then at the wrong one. */
  const answerPaper = (state: TerminalState, job: SlipJob): void => {
    const number = job.slip.job
    const there = printer.isWhole(number)
    const says = faults.strikes('misjudgesPaper') ? !there : there
    checks.personAsked(job)
    choose(state, says ? 'paperComplete' : 'printMissing', number)
  }

  const onOpenItems = (state: TerminalState): void => {
    errand = null
    const unsure = state.slips.find((job) => job.state === 'unsure')
    const owed = state.slips.find((job) => job.state === 'owed')
    if (unsure !== undefined) answerPaper(state, unsure)
    else if (owed !== undefined && state.devices.printer.troubles.length === 0)
      choose(state, 'printMissing', owed.slip.job)
    else if (state.unsigned !== undefined)
      choose(state, 'signedOnPaper', state.unsigned[0]?.record ?? '')
    else if (state.reversal !== null && random.chance(0.7))
      choose(state, random.pick(['query', 'query', 'retryReversal']), '')
    else press(state, 'cancel')
  }

  /** Somebody else was charged, and it cannot be given back now; where nothing is left of it, somebody disagrees. A refusal is taken for one. */
  const writeDown = (state: TerminalState, step: Extract<Step, { kind: 'incident' }>): void => {
    const offered = incidentOptions(step).map(({ id }) => id)
    const what = ['wrongPersonPaid', 'customerDisputes'].find((one) => offered.includes(one))
    if (what === undefined || state.tone === 'refused') press(state, 'cancel')
    else choose(state, what, '')
  }

  const onRecords = (state: TerminalState): void => {
    errand = null
    const last = state.recent.at(-1)
    if (last !== undefined && random.chance(0.5)) choose(state, 'reprint', last.id)
    else press(state, 'cancel')
  }

  const fiddle = (state: TerminalState): void => {
    const job = state.slips.at(-1)?.slip.job ?? ''
    if (random.chance(0.7)) press(state, random.pick(FIDDLING))
    else choose(state, random.pick(['retry', 'printMissing', 'retryReversal', 'back']), job)
  }

  const act = (state: TerminalState): void => {
    const { step } = state
    const { kind } = step
    // On a page that commits to money or speaks about paper, fiddling would be an answer.
    const serious = SERIOUS.has(kind)
    if (!serious && faults.strikes('fiddles')) return fiddle(state)
    if (!closing && mender?.acts(state)) {
      errand = null
    } else if (kind === 'setPin') {
      const page = pageName(state)
      const { operator } = step
      say({ type: 'operatorPinChosen', page, operator, credential: 'salt:hash' })
    } else if (kind === 'signIn') {
      const correct = !faults.strikes('wrongPin')
      const operator = random.chance(SUPERVISOR_SELLS) ? random.pick(SUPERVISORS) : CASHIER
      say({ type: 'operatorChecked', page: pageName(state), operator, correct })
    } else if (kind === 'amount') onAmount(state, step.typed)
    else if (kind === 'confirmAmount') onConfirm(state, step)
    else if (kind === 'rekeyAmount') rekey(state, step)
    else if (kind === 'confirmCode') press(state, random.chance(0.8) ? 'confirm' : 'cancel')
    else if (kind === 'result') onResult(state, step)
    else if (kind === 'menu') onMenu(state, step)
    else if (kind === 'findOriginal') onFind(state, step)
    else if (kind === 'reviewRefunds') onReview(state, step)
    else if (kind === 'enterAmount') onEnter(state, step)
    else if (kind === 'approve' || kind === 'approveBatch' || kind === 'approveDrill')
      onApprove(state)
    else if (kind === 'totals') onTotals(state, step)
    else if (kind === 'records') onRecords(state)
    else if (kind === 'whatWasWrong') choose(state, 'cannotMend', '')
    else if (kind === 'incident') writeDown(state, step)
    else if (kind === 'openItems') onOpenItems(state)
    else if (!WAITING.has(kind) || faults.strikes('cancels')) press(state, 'cancel')
  }

  /** Keyed once more, and now and then wrongly: then nobody knows which was meant. */
  const rekey = (state: TerminalState, { again, order }: Rekey): void => {
    const wrong = random.chance(0.1) ? 1 : 0
    if (again === '') press(state, ...keysOf(order.dueMinor + wrong), 'confirm')
    else press(state, 'cancel')
  }

  const onMenu = (state: TerminalState, { sheet }: Extract<Step, { kind: 'menu' }>): void => {
    const practises = drills && random.chance(0.6)
    const behind = practises ? '7' : random.pick(ON_SHEET_TWO)
    const key = sheet === 1 ? behind : (errand ?? 'cancel')
    if (key !== '2' && key !== '3') errand = null
    correcting = null
    press(state, closing && sheet === 1 ? 'cancel' : key)
  }

  /** The voucher number of something paid lately, or of anything. */
  const onFind = (state: TerminalState, { found: shown, purpose, typed }: Find): void => {
    if (typed !== '' || closing) return press(state, 'cancel')
    if (shown !== undefined) return prove(state, shown)
    const wanted = faults.strikes('wrongVoucher')
      ? null
      : random.pick(purpose === 'completion' ? TO_COMPLETE : TO_TAKE_BACK)
    const found =
      wanted === null ? undefined : (onceMore(state, purpose) ?? lately(wanted) ?? lately('sale'))
    const stan = found ?? String(random.between(1, 400))
    press(state, ...digitsOf(String(Number(stan))), 'confirm')
  }
  /** Reads last four digits or amount off the slip in hand, which is now and then another one. */
  const prove = (state: TerminalState, record: TransactionRecord): void => {
    if (random.chance(0.1)) return press(state, 'cancel')
    const amount = random.chance(0.3) ? record.paidMinor + 1 : record.paidMinor
    press(state, ...(random.chance(0.5) ? digitsOf(record.last4) : keysOf(amount)), 'confirm')
  }
  const onTotals = (state: TerminalState, { purpose }: Extract<Step, { kind: 'totals' }>): void => {
    if (state.message?.key === 'review.askSupervisor') errand = SIGN_OUT
    press(state, purpose === 'settle' && state.message === null ? 'confirm' : 'cancel')
  }
  /** Ticks one after the other, and often wants to be done before the last. */
  const onReview = (state: TerminalState, step: Review): void => {
    if (random.chance(0.05)) return press(state, 'cancel')
    const next = reviewItems(step).find(({ options }) => options.includes('reviewed'))
    if (next === undefined || random.chance(0.3)) return choose(state, 'settle', '')
    rules.looked(state.session?.operator ?? '', next.id)
    choose(state, 'reviewed', next.id)
  }
  /** The sale whose refund has no result yet, or one of which a part went back. */
  const onceMore = (state: TerminalState, purpose: string): string | undefined => {
    const inDoubt = state.advice?.attempt.order.original?.stan
    if (purpose === 'completion' || !random.chance(inDoubt === undefined ? 0.35 : 0.8)) return
    return inDoubt ?? state.recent.find((record) => record.refundedMinor > 0)?.stan
  }
  const lately = (kind: string): string | undefined => {
    const paid: string[] = []
    for (const record of disk.records.values())
      if (record.kind === kind && record.outcome === 'approved') paid.push(record.stan)
    return paid.at(-random.between(1, Math.min(LATELY, Math.max(1, paid.length))))
  }

  const onEnter = (state: TerminalState, { original, typed }: Enter): void => {
    if (closing || random.chance(0.1)) return press(state, 'cancel')
    if (typed !== '' && original !== null && random.chance(0.5)) {
      correcting = null
      return press(state, 'confirm')
    }
    if (typed !== '') return press(state, 'clear')
    const most = original === null ? 100_000 : original.paidMinor
    const share = random.pick([0.3, 1, 1.4])
    const least = share > 1 ? most : 1
    correcting = random.between(least, Math.max(least, Math.floor(most * share)))
    press(state, ...keysOf(correcting), 'confirm')
  }

  const onApprove = (state: TerminalState): void => {
    const { step } = state
    const isCorrection = step.kind !== 'approve' || !isTyped(step.order)
    if ((closing && isCorrection) || random.chance(0.1)) return press(state, 'cancel')
    const seller = state.session?.operator ?? CASHIER
    const second = SUPERVISORS.find((number) => number !== seller) ?? CASHIER
    const operator = faults.strikes('wrongApprover') ? random.pick([CASHIER, seller]) : second
    const correct = !faults.strikes('wrongPin')
    say({ type: 'operatorChecked', page: pageName(state), operator, correct })
  }

  const thinkMs = (state: TerminalState): number => {
    if (faults.strikes('walksAway')) return random.between(60_000, WALK_MS)
    const { step, slips } = state
    const { kind } = step
    const idle = kind === 'amount' && step.typed === '' && !closing
    if (idle) return random.gap(CUSTOMERS_APART_MS)
    // Somebody who cannot go on looks again after a while.
    const stuck = kind === 'confirmAmount' && state.message !== null
    const waits = kind === 'signIn' || (closing && slips.some((job) => job.state === 'owed'))
    return stuck || waits ? random.between(2_000, 20_000) : random.between(300, 2_500)
  }

  const plan = (state: TerminalState): void => {
    planned = true
    timeline.after(thinkMs(state), () => {
      planned = false
      const now = process.state()
      if (now === null) return
      act(now)
      const after = process.state()
      if (after !== null && !planned && !WAITING.has(after.step.kind)) plan(after)
    })
  }

  return {
    look: (state) => {
      if (!planned) plan(state)
    },
    closeShop: () => {
      closing = true
      till?.close()
      left = 0
      intended = null
      errand = null
    },
    serve: (orders) => {
      left += orders
    },
    left: () => left,
    isServing: () => left > 0 || intended !== null,
  }
}

/** A sale that somebody typed here: no till has sent it, and it collects nothing of before. */
function isTyped({ follows, kind = 'sale', till }: Order): boolean {
  return kind === 'sale' && follows === undefined && till === undefined
}

function amountOf({ random }: WorldParts): number {
  const whole = random.between(1, 300) * 100
  const kind = random.between(0, 9)
  if (kind === 0) return random.between(1, 99)
  if (kind === 1) return random.between(100_001, 400_000)
  return kind < 5 ? whole + random.between(1, 99) : whole
}

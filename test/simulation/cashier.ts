/** The person at the counter: types, confirms, taps twice, gives up, walks away, and looks at the paper when asked. */

import type { SlipJob } from '#core/receipt/slip-job.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { Key } from '#core/terminal/event.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import type { Checks } from './checks.ts'
import type { Printer } from './printer.ts'
import type { Process } from './process.ts'
import type { Tell, WorldParts } from './world-parts.ts'

export type Cashier = {
  /** The screen has changed. */
  readonly look: (state: TerminalState) => void
  /** No further customer; whatever is open is seen to. */
  readonly closeShop: () => void
  /** Orders still to be typed. */
  readonly serve: (orders: number) => void
  readonly left: () => number
}

const DIGITS: readonly Key[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']
const FIDDLING = ['confirm', 'cancel', 'backspace', 'clear', 'menu', '1', '2', '00', '.'] as const
/** Pages that turn by themselves; on all others nothing goes on before the cashier does something. */
const WAITING: ReadonlySet<Step['kind']> = new Set([
  'starting',
  'clearingDebt',
  'present',
  'pin',
  'authorizing',
  'completing',
  'reversing',
])
const CUSTOMERS_APART_MS = 60_000
const WALK_MS = 1_800_000

type Result = Extract<Step, { kind: 'result' }>

export function createCashier(
  parts: WorldParts & { process: Process; checks: Checks; printer: Printer },
): Cashier {
  const { timeline, random, faults, process, checks, printer } = parts
  let left = 0
  let closing = false
  let intended: number | null = null
  let planned = false
  let errand: Key | null = null
  let oldPage = 'amount#1'

  const say: Tell = (event) => process.voice()(event)
  const press = (state: TerminalState, ...keys: readonly Key[]): void => {
    const page = pageName(state)
    for (const key of keys) {
      say({ type: 'keyPressed', page, key })
      if (faults.strikes('doubleTap')) say({ type: 'keyPressed', page, key })
    }
    if (faults.strikes('oldPage')) say({ type: 'keyPressed', page: oldPage, key: 'confirm' })
    oldPage = page
  }
  const choose = (state: TerminalState, option: string, item: string): void =>
    say({ type: 'optionChosen', page: pageName(state), option, item })

  const onAmount = (state: TerminalState, typed: string): void => {
    if (typed !== '') return press(state, 'clear')
    errand ??= errandOf(state)
    if (errand !== null) return press(state, 'menu')
    if (left <= 0) return
    left -= intended === null ? 1 : 0
    intended ??= amountOf(parts)
    press(state, ...keysOf(intended), 'confirm')
  }

  /** Something to do in the menu before the next customer. */
  const errandOf = (state: TerminalState): Key | null => {
    const open = state.slips.some((job) => job.state === 'owed' || job.state === 'unsure')
    if (open && (closing || random.chance(0.3))) return '3'
    if (faults.strikes('reprints')) return random.pick(['1', '2'])
    return faults.strikes('signsOut') ? random.pick(['4', '5', '6']) : null
  }

  const onConfirm = (
    state: TerminalState,
    step: Extract<Step, { kind: 'confirmAmount' }>,
  ): void => {
    if (step.order.dueMinor !== intended || faults.strikes('cancels')) {
      return press(state, 'cancel')
    }
    checks.agreed(step.order.id, step.order.dueMinor)
    press(state, 'confirm')
  }

  const onResult = (state: TerminalState, step: Result): void => {
    const unsure = state.slips.find((job) => job.record === step.record && job.state === 'unsure')
    if (unsure !== undefined) return answerPaper(state, unsure)
    if (state.slips.some((job) => job.state === 'awaitingTear')) return press(state, 'confirm')
    const again = step.mayTryAgain && !closing && random.chance(0.5)
    if (again) {
      checks.agreed(step.order.id, step.order.dueMinor)
      intended = step.order.dueMinor
      return choose(state, 'retry', '')
    }
    const repeats = step.outcome !== 'approved' && faults.strikes('typesAgain')
    if (!repeats) intended = null
    press(state, 'confirm')
  }

  /** Looks at the paper in hand; now and then at the wrong one. */
  const answerPaper = (state: TerminalState, job: SlipJob): void => {
    const number = job.slip.job
    const there = printer.paper.some((sheet) => sheet.slip.job === number && sheet.complete)
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
    else press(state, 'cancel')
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
    // On a page that commits to money or speaks about paper, fiddling would be an answer.
    const serious = step.kind === 'confirmAmount' || step.kind === 'result'
    if (!serious && step.kind !== 'openItems' && faults.strikes('fiddles')) return fiddle(state)
    if (step.kind === 'setPin') {
      const page = pageName(state)
      const { operator } = step
      say({ type: 'operatorPinChosen', page, operator, credential: 'salt:hash' })
    } else if (step.kind === 'signIn') {
      const correct = !faults.strikes('wrongPin')
      say({ type: 'operatorChecked', page: pageName(state), operator: '01', correct })
    } else if (step.kind === 'amount') onAmount(state, step.typed)
    else if (step.kind === 'confirmAmount') onConfirm(state, step)
    else if (step.kind === 'confirmCode') press(state, random.chance(0.8) ? 'confirm' : 'cancel')
    else if (step.kind === 'result') onResult(state, step)
    else if (step.kind === 'menu') onMenu(state)
    else if (step.kind === 'records') onRecords(state)
    else if (step.kind === 'openItems') onOpenItems(state)
    else if (!WAITING.has(step.kind) || faults.strikes('cancels')) press(state, 'cancel')
  }

  const onMenu = (state: TerminalState): void => {
    const key = errand ?? 'cancel'
    if (key !== '2' && key !== '3') errand = null
    press(state, key)
  }

  const thinkMs = (state: TerminalState): number => {
    if (faults.strikes('walksAway')) return random.between(60_000, WALK_MS)
    const { step, slips } = state
    const idle = step.kind === 'amount' && step.typed === '' && !closing
    if (idle) return random.gap(CUSTOMERS_APART_MS)
    // Somebody who cannot go on looks again after a while.
    const stuck = step.kind === 'confirmAmount' && state.message !== null
    const waits = step.kind === 'signIn' || (closing && slips.some((job) => job.state === 'owed'))
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
      left = 0
      intended = null
      errand = null
    },
    serve: (orders) => {
      left += orders
    },
    left: () => left,
  }
}

function amountOf({ random }: WorldParts): number {
  const whole = random.between(1, 300) * 100
  const kind = random.between(0, 9)
  if (kind === 0) return random.between(1, 99)
  if (kind === 1) return random.between(100_001, 400_000)
  return kind < 5 ? whole + random.between(1, 99) : whole
}

function keysOf(amountMinor: number): readonly Key[] {
  const fen = String(amountMinor % 100).padStart(2, '0')
  const text = `${Math.floor(amountMinor / 100)}${fen === '00' ? '' : `.${fen}`}`
  return text.split('').map((letter) => DIGITS[Number(letter)] ?? '.')
}

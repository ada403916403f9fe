/** One customer served: the cashier answers page after page until the order is paid, given up, or was something else all along. */
import type { Step, TerminalState } from '#core/terminal/state.ts'
import type { TillWish } from '#core/till/wish.ts'
import { kindOf, type Order } from '#core/transaction/attempt.ts'
import type { Random } from '../simulation/random.ts'
import { GLANCE_MS, type Hands } from './hands.ts'
import { keysOf } from './slips-of-the-finger.ts'
import type { Aim, Served, Task } from './task.ts'
import type { World } from './world.ts'

const TURNS_LIMIT = 400
const PRESENT_TRIES = 6
const ATTEMPTS = 4
/** The same slip of the finger twice running when an amount is keyed again: nobody knows; a guess on the careful side. */
const SLIPS_AGAIN = 0.02
const SUPERVISOR_NOTICES = 0.25

export function serve(world: World, hands: Hands, random: Random, task: Task): Served {
  const { process, timeline } = world
  const orders = new Set<number>()
  const began = { taps: hands.taps(), ms: timeline.monotonicMs() }
  let aim = task.first
  let entry: Served['entry'] = null
  let record: string | null = null
  let gaveUp = false
  let attempts = 0
  let level = 0
  let warned = false
  let shownTo = ''

  const stop = (by: 'cashier' | 'terminal' | 'customer' | 'supervisor'): void => {
    if (aim === task.right) {
      gaveUp = by !== 'customer' && ++attempts > ATTEMPTS
      return
    }
    aim = task.right
  }
  const isWrong = (order: Order): boolean => {
    const original = order.original?.stan ?? ''
    const wrongOriginal =
      task.right.voucher !== '' && Number(original) !== Number(task.right.voucher)
    return kindOf(order) !== task.right.does || order.dueMinor !== task.dueMinor || wrongOriginal
  }

  const onAmount = (state: TerminalState, typed: string): 'done' | 'going' => {
    const inDoubt = state.reversal !== null || state.advice !== null
    if (inDoubt && (!task.hasty || record !== null || gaveUp)) {
      hands.pass(2_000)
      return 'going'
    }
    record ??=
      state.recent.findLast((one) => one.outcome === 'approved' && orders.has(one.orderId))?.id ??
      null
    if (record !== null || gaveUp) return 'done'
    if (typed !== '') hands.press('clear')
    if (task.till !== null) orderFromTill(task.till)
    else if (aim.does !== 'sale') hands.press('menu')
    else {
      hands.press(...aim.keys, 'confirm')
      const now = process.state()
      const notNow = now?.step.kind === 'amount' && !now.message?.key.startsWith('amount.')
      if (notNow) refusedToGoOn()
      else refusedHere('amount')
    }
    return 'going'
  }
  /** The terminal may not take it yet, because an earlier try is not settled: the till sends it again. */
  const orderFromTill = (wish: TillWish): void => {
    hands.sendFromTill(wish)
    if (process.state()?.step.kind !== 'amount') return
    hands.pass(3_000)
    gaveUp = ++attempts > 4 * ATTEMPTS
  }
  /** The page is still there after "confirm": the terminal would not have it. */
  const refusedHere = (kind: Step['kind']): void => {
    const state = process.state()
    if (state?.step.kind !== kind) return
    stop('terminal')
    hands.press('cancel')
  }
  const seen = (order: Order): void => {
    orders.add(order.id)
    level = Math.max(level, order.check?.level ?? 0)
  }
  const onConfirm = (order: Order): void => {
    seen(order)
    if (record !== null) return hands.press('cancel')
    // Whoever does not look does not wait either.
    if (task.noticesOwn > 0) hands.pass(GLANCE_MS)
    if (isWrong(order) && random.chance(task.noticesOwn)) {
      stop('cashier')
      return hands.press('cancel')
    }
    const before = process.state()?.page
    hands.press('confirm')
    const after = process.state()
    if (after?.step.kind === 'confirmAmount' && after.page === before) refusedToGoOn()
  }
  /** The link is down or a debt stands: the cashier waits a while, then asks again. */
  const refusedToGoOn = (): void => {
    hands.pass(5_000)
    if (++attempts > 2 * ATTEMPTS) gaveUp = true
    if (gaveUp) hands.press('cancel')
  }
  const onRekey = (order: Order): void => {
    hands.pass(GLANCE_MS)
    const slipsAgain = aim !== task.right && random.chance(SLIPS_AGAIN)
    const isInFull = process.state()?.message?.key === 'amount.keyAgainWhole'
    const meant = isInFull ? keysOf(task.dueMinor) : wholeYuan(task.dueMinor)
    hands.press(...(slipsAgain ? aim.keys : meant), 'confirm')
    if (process.state()?.step.kind === 'amount' && order.dueMinor !== task.dueMinor)
      stop('terminal')
  }
  const onPresent = (order: Order): void => {
    seen(order)
    entry ??= { taps: hands.taps() - began.taps, ms: timeline.monotonicMs() - began.ms }
    const page = process.state()?.page
    const here = (): boolean => {
      const now = process.state()
      return now?.step.kind === 'present' && now.page === page
    }
    hands.pass(random.between(2_000, 5_000))
    const shown = {
      kind: kindOf(order),
      amountMinor: order.dueMinor,
      original: order.original?.id ?? '',
    }
    const display = `${shown.kind} ${shown.amountMinor}`
    if (here() && shownTo !== display && task.objects(shown)) {
      stop('customer')
      return hands.press('cancel')
    }
    shownTo = display
    for (let attempt = 1; attempt <= PRESENT_TRIES && here(); attempt++) {
      task.present(attempt, order)
      hands.pass(1_500)
    }
    if (!here()) return
    stop('terminal')
    gaveUp ||= aim === task.right && ++attempts > 1
    hands.press('cancel')
  }
  const onResult = (step: Extract<Step, { kind: 'result' }>): void => {
    if (step.outcome === 'approved' && orders.has(step.order.id)) record = step.record
    const mayRetry = step.outcome === 'notPaid' && ++attempts <= ATTEMPTS && !task.hasty
    if (step.mayTryAgain && mayRetry && record === null) return hands.choose('retry', '')
    if (step.outcome === 'notPaid' && attempts > ATTEMPTS) gaveUp = true
    hands.pass(GLANCE_MS)
    hands.press('confirm')
  }
  const onEnter = (original: { stan: string } | null, typed: string): void => {
    const seesOther = original !== null && Number(original.stan) !== Number(task.right.voucher)
    const knows = aim === task.right
    if (aim.does === 'sale' || (seesOther && (knows || random.chance(task.noticesOwn)))) {
      stop('cashier')
      return hands.press('cancel')
    }
    hands.pass(GLANCE_MS)
    if (typed !== '') hands.press('clear')
    hands.press(...aim.keys, 'confirm')
    refusedHere('enterAmount')
  }
  /** What is not on this shop's menu cannot be chosen, and the cashier sees that. */
  const onMenu = (page: number, sheet: 0 | 1 | 2): void => {
    hands.press(...menuKeys(aim, sheet))
    if (process.state()?.page !== page) return
    stop('terminal')
    hands.press('cancel')
  }
  const onApprove = (order: Order): void => {
    if (isWrong(order) && random.chance(SUPERVISOR_NOTICES)) {
      stop('supervisor')
      return hands.press('cancel')
    }
    hands.allow()
  }

  for (let turns = 0; turns < TURNS_LIMIT; turns++) {
    const state = process.state()
    if (state === null) {
      timeline.step()
      continue
    }
    warned ||= state.message?.key === 'code.SECOND_PHONE'
    if (hands.seesTo(state)) continue
    const { step } = state
    if (step.kind === 'amount') {
      if (onAmount(state, step.typed) === 'done') return { record, entry, level, warned }
    } else if (step.kind === 'confirmAmount') onConfirm(step.order)
    else if (step.kind === 'rekeyAmount') onRekey(step.order)
    else if (step.kind === 'present') onPresent(step.order)
    else if (step.kind === 'result') onResult(step)
    else if (step.kind === 'enterAmount') onEnter(step.original, step.typed)
    else if (step.kind === 'approve') onApprove(step.order)
    else if (step.kind === 'menu') onMenu(state.page, step.sheet)
    else if (step.kind === 'findOriginal' && step.found !== undefined) {
      hands.press(...task.slipKeys, 'confirm')
      refusedHere('findOriginal')
    } else if (step.kind === 'findOriginal') {
      hands.press(...aim.voucher.split(''), 'confirm')
      const next = process.state()?.step
      if (next?.kind === 'findOriginal' && next.found === undefined) refusedHere('findOriginal')
    } else hands.press('cancel')
  }
  throw new Error(
    `the counter is stuck at ${process.state()?.step.kind}: ${JSON.stringify(process.state()?.message)}`,
  )
}

/** The page says that whole yuan are enough. */
function wholeYuan(amountMinor: number): readonly string[] {
  return keysOf(amountMinor < 100 ? amountMinor : amountMinor - (amountMinor % 100))
}

/** Where on the menu what is wanted stands. */
function menuKeys({ does }: Aim, sheet: 0 | 1 | 2): readonly string[] {
  if (does === 'refund') return [sheet === 0 ? '8' : '9']
  if (does === 'preAuth') return [sheet === 0 ? '9' : '1']
  return ['cancel']
}

/** The page on which a supervisor keys the shop's own total, and the difference that stays on the open list until somebody has said why. */
import { typedMinor, typeKey } from '../guard/amount-entry.ts'
import { type Message, message } from '../message.ts'
import { goHome } from '../order/home.ts'
import { type Decision, goTo, refuse, say, stay } from '../terminal/decision.ts'
import type { Key } from '../terminal/event.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import { signedText } from '../till/wish.ts'
import { netMinor } from './batch.ts'
import type { Settlement } from './settlement.ts'
import {
  SHOP_TOTALS_LIMIT,
  type ShopTotal,
  type TotalWhy,
  totalDifference,
  totalId,
} from './shop-total.ts'

type CountingStep = Extract<Step, { kind: 'totals' }> & { readonly counting: string }

export function shopTotals(state: TerminalState): readonly ShopTotal[] {
  return state.shopTotals ?? []
}

/** How a settlement begins where the shop counts for itself; nothing where it does not. A cashier is told who may. */
export function countingOf(state: TerminalState): {
  readonly counting?: string
  readonly telling: Message | null
} {
  if (state.setup.report?.shopTotal !== true) return { telling: null }
  return isSupervisor(state)
    ? { counting: '', telling: message('total.key') }
    : { telling: message('total.supervisorKeys') }
}

/** Too many differences stand without a word: they come first. */
export function tooManyDifferences(state: TerminalState): Message | null {
  const open = openTotals(state).length
  return open < SHOP_TOTALS_LIMIT ? null : message('total.explainFirst', { count: String(open) })
}

/** Digits of the shop's total. Of one below zero the digits alone are keyed: the sign is the terminal's. Nothing keyed: nothing compared. */
export function onCountingKey(state: TerminalState, step: CountingStep, key: Key): Decision {
  if (key === 'cancel') return goHome(state)
  if (key === 'confirm') return compare(state, step)
  const counting = typeKey(step.counting, key)
  if (counting === null)
    return { ...stay({ ...state, tone: 'refused' }), refused: 'keyHasNoMeaningHere' }
  return stay({ ...state, step: { ...step, counting }, tone: 'key' })
}

function compare(state: TerminalState, { counting, ...counted }: CountingStep): Decision {
  if (counting === '')
    return goTo(state, counted, { message: message('total.notKeyed'), tone: 'key' })
  const typed = typedMinor(counting)
  if (counted.lines === null || typed === null) return refuse(state, 'keyHasNoMeaningHere')
  const oursMinor = netMinor(counted.lines)
  const total: ShopTotal = {
    batch: counted.batch,
    at: state.at,
    operator: state.session?.operator ?? '',
    oursMinor,
    shopMinor: oursMinor < 0 ? 0 - typed : typed,
  }
  const isSame = totalDifference(total) === 0
  return goTo({ ...state, shopTotals: [...others(state, total), total] }, counted, {
    message: isSame ? message('total.agrees') : message('total.differs', paramsOf(total)),
    tone: isSame ? 'confirmed' : 'refused',
  })
}

/**
 * What is closed with the batch; whatever agrees is done with. Where more was sold since it was keyed it is none of this batch as it is closed:
 * its slip says nothing of it, and what differed when it was keyed stays to be explained.
 */
export function closeShopTotal(
  state: TerminalState,
  settlement: Pick<Settlement, 'batch' | 'lines'>,
): { readonly state: TerminalState; readonly total: ShopTotal | null } {
  const found = shopTotals(state).find(({ batch }) => batch === settlement.batch)
  if (found === undefined) return { state, total: null }
  const isOfThese = found.oursMinor === netMinor(settlement.lines)
  return {
    state: { ...state, shopTotals: openTotals(state) },
    total: isOfThese ? found : null,
  }
}

function others(state: TerminalState, { batch }: ShopTotal): readonly ShopTotal[] {
  return shopTotals(state).filter((one) => one.batch !== batch)
}

/** Differences without a word about them, oldest first. */
function openTotals(state: TerminalState): readonly ShopTotal[] {
  return shopTotals(state).filter((total) => totalDifference(total) !== 0)
}

/** Options of the open list, as locale keys `options.<id>`. */
const WHYS: ReadonlyMap<string, TotalWhy> = new Map([
  ['totalCorrected', 'corrected'],
  ['totalFound', 'found'],
  ['totalShopWrong', 'shopWrong'],
  ['totalNotFound', 'notFound'],
])

/** What this option says about a difference; null: nothing. */
export function totalWhy(option: string): TotalWhy | null {
  return WHYS.get(option) ?? null
}

/** For the open list. */
export function totalItems(
  state: TerminalState,
): readonly { id: string; message: Message; options: readonly string[] }[] {
  return openTotals(state).map((total) => ({
    id: totalId(total),
    message: message('total.open', paramsOf(total)),
    options: [...WHYS.keys()],
  }))
}

/** The journal keeps who said what; the difference itself stays where it was settled. */
export function explainTotal(state: TerminalState, option: string, item: string): Decision {
  const total = openTotals(state).find((one) => totalId(one) === item)
  if (total === undefined || totalWhy(option) === null) return refuse(state, 'optionNotOffered')
  if (!isSupervisor(state)) return say(state, message('total.askSupervisor'), { tone: 'refused' })
  const next = { ...state, shopTotals: others(state, total) }
  return say(next, message('total.explained', { batch: total.batch }), { tone: 'confirmed' })
}

function isSupervisor({ session }: TerminalState): boolean {
  return session !== null && session.role !== 'cashier'
}

function paramsOf(total: ShopTotal): Readonly<Record<string, string>> {
  return {
    batch: total.batch,
    ours: signedText(total.oursMinor),
    shops: signedText(total.shopMinor),
    difference: signedText(totalDifference(total)),
  }
}

/** The page of the counter that belongs to each step of the core: only facts that people may see. */
import { isDebit, netMinor, rowsByKind } from '#core/batch/batch.ts'
import { reviewItems, reviewOptions } from '#core/batch/review.ts'
import { askedOf, type ElsewhereStep, mayBeElsewhere } from '#core/correction/elsewhere.ts'
import { wrongOptions } from '#core/correction/guide.ts'
import { menuSheet } from '#core/counter/menu-page.ts'
import { openItems, openListOptions } from '#core/counter/open-items.ts'
import { CHANNEL_OPTIONS } from '#core/counter/record-wish.ts'
import { shownRecords } from '#core/counter/records-page.ts'
import { resultOptions } from '#core/counter/result-page.ts'
import { searchOptions } from '#core/counter/search-page.ts'
import { JUDGE_OPTIONS } from '#core/drill/exercises.ts'
import { typedMinor } from '#core/guard/amount-entry.ts'
import { closingOptions } from '#core/incident/close.ts'
import { incidentOptions } from '#core/incident/record.ts'
import { mayTypeCode } from '#core/order/decide-code.ts'
import { otherCardOptions } from '#core/order/other-card.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { kindOf } from '#core/transaction/attempt.ts'
import { channelOf, lastFour } from '#core/transaction/tender.ts'
import { meansOf } from './means-view.ts'
import { money } from './money-view.ts'
import { slipView } from './project-slips.ts'
import { originalView, recordView } from './record-view.ts'
import { tillOrderView } from './till-order-view.ts'
import type { CounterPage, Option } from './view.ts'

export function projectCounter(state: TerminalState): CounterPage {
  const step = state.step
  switch (step.kind) {
    case 'starting':
    case 'signIn':
      return { kind: step.kind }
    case 'handOver':
      return { kind: 'handOver', amount: money(step.order.dueMinor) }
    case 'setPin': {
      const role =
        state.operators.find((account) => account.number === step.operator)?.role ?? 'cashier'
      return { kind: 'setPin', operator: step.operator, role }
    }
    case 'amount':
      return {
        kind: 'amount',
        typed: step.typed,
        amount: money(typedMinor(step.typed) ?? 0),
        ...(state.recent.some(({ slip }) => slip !== null) ? { mayReprint: true } : {}),
      }
    case 'confirmAmount':
      return {
        kind: 'confirmAmount',
        amount: money(step.order.dueMinor),
        ...tillOrderView(step.order),
        ...originalView(state, step.order),
      }
    case 'lookAtAmount':
      return { kind: 'lookAtAmount', amount: money(step.order.dueMinor), wait: step.wait }
    case 'rekeyAmount':
      return { kind: 'rekeyAmount', typed: step.again, amount: money(typedMinor(step.again) ?? 0) }
    case 'present':
      return {
        kind: 'present',
        amount: money(step.order.dueMinor),
        wait: step.wait,
        means: meansOf(state, kindOf(step.order)),
        ...(otherCardOptions(step).length === 0 ? {} : { options: otherCardOptions(step) }),
        ...(mayTypeCode(state, step.order) ? { mayType: true as const } : {}),
      }
    case 'confirmCode':
      return {
        kind: 'confirmCode',
        amount: money(step.order.dueMinor),
        channel: step.code.channel,
        last4: step.code.masked.slice(-4),
      }
    case 'pin': {
      const { tender } = step.attempt
      const masked = tender.kind === 'card' ? tender.card.masked : ''
      return { kind: 'pin', amount: money(step.attempt.amountMinor), masked, wait: step.wait }
    }
    case 'authorizing':
    case 'querying':
    case 'completing':
    case 'reversing':
      return {
        kind: 'working',
        doing: DOING[step.kind],
        amount: money(step.attempt.amountMinor),
        channel: channelOf(step.attempt.tender),
        last4: lastFour(step.attempt.tender),
        wait: step.wait,
        cancelAsked:
          (step.kind === 'authorizing' && step.cancelAsked) ||
          (step.kind === 'querying' && state.reversal?.query?.cancelAsked === true),
      }
    case 'clearingDebt':
      return {
        kind: 'working',
        doing: state.reversal?.state === 'asking' ? 'querying' : 'reversing',
        amount: state.reversal === null ? null : money(state.reversal.amountMinor),
        channel: state.reversal?.channel ?? '',
        last4: state.reversal?.last4 ?? '',
        wait: step.wait,
        cancelAsked: false,
      }
    case 'result':
      return {
        kind: 'result',
        outcome: step.outcome,
        ...paidOf(state, step),
        channel: step.channel,
        last4: step.last4,
        trace: step.trace,
        slips: state.slips
          .filter((job) => job.record === step.record && step.trace !== '')
          .map((job) => slipView(state, job)),
        options: resultOptions(state, step),
      }
    case 'whatWasWrong':
      return {
        kind: 'whatWasWrong',
        record: recordView(state, step.original),
        options: wrongOptions(step.original),
      }
    case 'menu':
      return { kind: 'menu', options: menuSheet(state, step).map(({ id, key }) => ({ id, key })) }
    case 'findOriginal':
      if (step.elsewhere !== undefined) return elsewherePage({ ...step, elsewhere: step.elsewhere })
      return {
        kind: 'findOriginal',
        purpose: step.purpose,
        ...(step.found === undefined ? {} : { by: 'proof' as const }),
        ...(step.found === undefined && mayBeElsewhere(state, step.purpose)
          ? { elsewhere: true as const }
          : {}),
        typed: step.typed,
      }
    case 'searchRecords':
      return step.by === null || step.by === 'channel'
        ? {
            kind: 'menu',
            about: 'search',
            options: [...searchOptions(step).map(({ id, key }) => ({ id, key })), ...BACK],
          }
        : { kind: 'findOriginal', purpose: 'records', by: step.by, typed: step.typed }
    case 'proveReprint':
      return { kind: 'findOriginal', purpose: 'records', by: 'proof', typed: step.typed }
    case 'enterAmount':
      return { kind: 'amount', typed: step.typed, amount: money(typedMinor(step.typed) ?? 0) }
    case 'totals': {
      const { counting } = step
      if (counting !== undefined)
        return { kind: 'amount', typed: counting, amount: money(typedMinor(counting) ?? 0) }
      const net = netMinor(step.lines ?? [])
      return {
        kind: 'totals',
        purpose: step.purpose,
        batch: step.batch,
        rows:
          step.lines === null
            ? null
            : rowsByKind(step.lines).map(({ kind, count, amountMinor }) => ({
                work: kind,
                count,
                amount: money(amountMinor),
                isNegative: !isDebit(kind),
              })),
        net: money(Math.abs(net)),
        isNegative: net < 0,
      }
    }
    case 'reviewRefunds':
      return {
        kind: 'openItems',
        about: 'review',
        items: reviewItems(step).map(numbered),
        options: reviewOptions(step),
      }
    case 'approveBatch':
      return {
        kind: 'approve',
        amount: money(Math.abs(netMinor(step.lines))),
        trace: '',
        ...badgeView(state, step.badge),
      }
    case 'approveDrill':
      return { kind: 'approve', amount: money(0), trace: '' }
    case 'parameters':
      return { kind: 'parameters' }
    case 'settling':
      return {
        kind: 'working',
        doing: 'settling',
        amount: null,
        channel: '',
        last4: '',
        wait: step.wait,
        cancelAsked: false,
      }
    case 'approve':
      return {
        kind: 'approve',
        amount: money(step.order.dueMinor),
        trace: step.order.original?.stan ?? '',
        ...badgeView(state, step.badge),
      }
    case 'badge':
      return {
        kind: 'findOriginal',
        purpose: 'records',
        about: 'badge',
        by: step.operator === null ? 'operator' : 'badge',
        typed: step.operator ?? step.typed,
      }
    case 'records':
      return {
        kind: 'records',
        records: shownRecords(state, step)
          .toReversed()
          .map((record) => recordView(state, record)),
        options: RECORD_OPTIONS,
      }
    case 'checkSticker':
      return { kind: 'checkSticker', found: step.found }
    case 'incident':
      return step.of === null
        ? { kind: 'menu', about: 'incident', options: [...incidentOptions(step), ...BACK] }
        : { kind: 'amount', typed: step.typed, amount: money(typedMinor(step.typed) ?? 0) }
    case 'judgeCode':
      return { kind: 'menu', about: 'judge', options: JUDGE_OPTIONS }
    case 'closeIncident':
      return { kind: 'menu', about: 'closing', options: [...closingOptions(), ...BACK] }
    case 'openItems':
      return {
        kind: 'openItems',
        items: openItems(state).map(numbered),
        options: openListOptions(state),
      }
  }
}

/** One number of the slip of another terminal after the other. */
function elsewherePage(step: ElsewhereStep): CounterPage {
  const by = askedOf(step)
  return by === 'channel'
    ? {
        kind: 'menu',
        about: 'elsewhere',
        options: [...CHANNEL_OPTIONS.map(({ id, key }) => ({ id, key })), ...BACK],
      }
    : { kind: 'findOriginal', purpose: step.purpose, by, typed: step.typed }
}

function badgeView({ setup }: TerminalState, badge: string | undefined) {
  if (badge !== undefined) return { operator: badge }
  return setup.badge === 'required' ? { needsBadge: true as const } : {}
}

/** Each answer of an item with its digit. */
function numbered<Item extends { readonly options: readonly string[] }>(item: Item) {
  return { ...item, options: item.options.map((id, index) => ({ id, key: String(index + 1) })) }
}

/** What was paid, and what is still due where that is less. */
export function paidOf(
  state: TerminalState,
  { record, order, outcome }: Extract<TerminalState['step'], { kind: 'result' }>,
): Pick<Extract<CounterPage, { kind: 'result' }>, 'amount' | 'due' | 'rest'> {
  const paid = state.recent.find((one) => one.id === record && outcome === 'approved')?.paidMinor
  if (paid === undefined || paid >= order.dueMinor) return { amount: money(order.dueMinor) }
  return {
    amount: money(paid),
    due: money(order.dueMinor),
    rest: money(order.dueMinor - paid),
  }
}

const DOING = {
  authorizing: 'authorizing',
  querying: 'querying',
  completing: 'completingCard',
  reversing: 'reversing',
} as const

/** About the record that is picked; what cannot be done to it is refused with its reason. */
const RECORD_OPTIONS: readonly Option[] = [
  { id: 'reprint', key: '1' },
  { id: 'void', key: '2' },
  { id: 'refund', key: '3' },
  { id: 'complete', key: '4' },
  { id: 'correct', key: '5' },
  { id: 'query', key: '6' },
  { id: 'search', key: '7' },
  { id: 'back', key: '0' },
]

const BACK: readonly Option[] = [{ id: 'back', key: '0' }]

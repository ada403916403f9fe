/**
 * The till's side of the terminal, whatever line it comes in by: an order in, its state out. It keeps nothing; what it says of a
 * reference is worked out each time from the state and the journal, so a restart changes no answer.
 */
import { batchLines, netMinor } from '#core/batch/batch.ts'
import { openBatches } from '#core/batch/unsettled.ts'
import { sixDigits } from '#core/terminal/counters.ts'
import type { EventBody } from '#core/terminal/event.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { objectionToWish } from '#core/till/judge.ts'
import { liveOrder, liveOrders, tillOrderOnPage } from '#core/till/live.ts'
import { standingOf } from '#core/till/standing.ts'
import type { TillWish } from '#core/till/wish.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import { type ToldError, type ToldOrder, toldError, toldOrder } from './told.ts'

export type TillDeskParts = {
  readonly state: () => TerminalState
  readonly dispatch: (event: EventBody) => void
  /** Records of the journal under this reference, oldest first. May throw when the disk fails. */
  readonly recordsUnder: (reference: string) => readonly TransactionRecord[]
  /** Records of this batch (six digits), oldest first. May throw when the disk fails. */
  readonly recordsOfBatch: (batch: string) => readonly TransactionRecord[]
  /** False while the journal is being opened anew, and while a drill has the counter. */
  readonly isServing: () => boolean
}

export type TillAnswer =
  /** `isNew`: shown at the counter by this message. */
  | { readonly kind: 'order'; readonly order: ToldOrder; readonly isNew: boolean }
  | { readonly kind: 'error'; readonly error: ToldError }

type TillDay =
  | { readonly kind: 'day'; readonly day: ToldDay }
  | { readonly kind: 'error'; readonly error: ToldError }

/** Sums of the open batch, as the terminal would settle them, and the part of them that tills ordered. */
type ToldDay = {
  readonly batch: string
  readonly terminal: { readonly count: number; readonly netMinor: number }
  readonly till: { readonly count: number; readonly netMinor: number }
  /** Paid at the counter without a till's order: a till's own books do not have these. */
  readonly withoutTill: { readonly count: number; readonly netMinor: number }
  /** References whose outcome is not known yet: the sums may still change by them. */
  readonly open: readonly string[]
}

export type TillDesk = {
  readonly order: (wish: TillWish) => TillAnswer
  readonly withdraw: (reference: string) => TillAnswer
  readonly ask: (reference: string) => TillAnswer
  readonly day: () => TillDay
  /** Called with every change of an order that is under way, and once with its end. Returns how to stop. */
  readonly onChange: (listener: (order: ToldOrder) => void) => () => void
  /** Something has changed: for whoever runs the terminal. */
  readonly publish: () => void
}

export function createTillDesk(parts: TillDeskParts): TillDesk {
  const { dispatch, state } = parts
  const listeners = new Set<(order: ToldOrder) => void>()
  /** What was last told of each order under way; bounded by what the core lets be under way. */
  const told = new Map<string, string>()

  const ask = (reference: string): ToldOrder =>
    toldOrder(standingOf(state(), reference, parts.recordsUnder(reference)))
  const answer = (work: () => TillAnswer): TillAnswer => guarded(parts, work)

  const publish = (): void => {
    if (listeners.size === 0 || !parts.isServing()) return
    const references = new Set([
      ...told.keys(),
      ...liveOrders(state()).map(({ reference }) => reference),
    ])
    for (const reference of references) {
      const found = answer(() => ({ kind: 'order', order: ask(reference), isNew: false }))
      if (found.kind === 'error') return
      const text = JSON.stringify(found.order)
      const isNews = told.get(reference) !== text
      if (liveOrder(state(), reference) === null) told.delete(reference)
      else told.set(reference, text)
      if (isNews) for (const listener of listeners) listener(found.order)
    }
  }

  return {
    ask: (reference) => answer(() => ({ kind: 'order', order: ask(reference), isNew: false })),
    order: (wish) =>
      answer(() => {
        if (isShown(state(), wish))
          return { kind: 'order', order: ask(wish.reference), isNew: false }
        const known = parts.recordsUnder(wish.reference)
        const originals = wish.kind === 'refund' ? parts.recordsUnder(wish.of) : []
        const why = objectionToWish(state(), wish, known, originals)
        if (why === 'referenceTaken')
          return { kind: 'error', error: toldError(why, ask(wish.reference)) }
        if (why !== null) return { kind: 'error', error: toldError(why) }
        dispatch({ type: 'tillOrdered', wish, known, originals })
        if (!parts.isServing()) return outOfService()
        const order = ask(wish.reference)
        return isShown(state(), wish)
          ? { kind: 'order', order, isNew: true }
          : { kind: 'error', error: toldError('busy', order) }
      }),
    withdraw: (reference) =>
      answer(() => {
        const wasWaiting = liveOrder(state(), reference)?.phase === 'waiting'
        if (wasWaiting) dispatch({ type: 'tillWithdrew', reference })
        if (!parts.isServing()) return outOfService()
        const order = ask(reference)
        const isGone = liveOrder(state(), reference) === null && order.money === 'notMoved'
        return isGone
          ? { kind: 'order', order, isNew: false }
          : { kind: 'error', error: toldError('tooLateToWithdraw', order) }
      }),
    day: () => {
      if (!parts.isServing()) return { kind: 'error', error: toldError('outOfService') }
      try {
        return { kind: 'day', day: dayOf(parts) }
      } catch {
        // Converted: a journal that cannot be read is an answer, not a stack trace.
        return { kind: 'error', error: toldError('outOfService') }
      }
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    publish,
  }
}

function guarded({ isServing }: TillDeskParts, work: () => TillAnswer): TillAnswer {
  if (!isServing()) return outOfService()
  try {
    return work()
  } catch {
    // Converted: a journal that cannot be read is an answer, not a stack trace.
    return outOfService()
  }
}

function outOfService(): TillAnswer {
  return { kind: 'error', error: toldError('outOfService') }
}

/** The same order once more, after a lost answer: nothing is begun, and it is told that it waits. */
function isShown(state: TerminalState, wish: TillWish): boolean {
  if (liveOrder(state, wish.reference)?.phase !== 'waiting') return false
  const { step } = state
  const order = 'attempt' in step ? step.attempt.order : 'order' in step ? step.order : null
  return (
    order?.dueMinor === wish.amountMinor &&
    (order.kind ?? 'sale') === wish.kind &&
    JSON.stringify(tillOrderOnPage(state)) ===
      JSON.stringify({ reference: wish.reference, lines: wish.lines })
  )
}

function dayOf(parts: TillDeskParts): ToldDay {
  const state = parts.state()
  const batch = sixDigits(state.counters.batch)
  const records = openBatches(state).flatMap(parts.recordsOfBatch)
  const isTills = ({ tillReference }: TransactionRecord): boolean => tillReference !== undefined
  const sums = (of: readonly TransactionRecord[]) => {
    const lines = batchLines(of)
    return { count: lines.length, netMinor: netMinor(lines) }
  }
  const open = liveOrders(state).flatMap(({ phase, reference }) =>
    phase === 'waiting' ? [] : [reference],
  )
  return {
    batch,
    terminal: sums(records),
    till: sums(records.filter(isTills)),
    withoutTill: sums(records.filter((record) => !isTills(record))),
    open,
  }
}

/**
 * Scores an exercise by what the core itself decided: what was sent, what was kept, what the printer said. Nothing asks the person how it went,
 * and nothing that the person does is decided otherwise because of it.
 */
import { isOpen } from '../receipt/slip-job.ts'
import type { Decision } from '../terminal/decision.ts'
import type { Effect } from '../terminal/effect.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { TerminalState } from '../terminal/state.ts'
import { kindOf } from '../transaction/attempt.ts'
import type { TransactionRecord } from '../transaction/record.ts'
import type { Exercise, Situation } from './exercise.ts'
import { scored, situationOf, tellNext } from './exercises.ts'

export function watchExercise(event: TerminalEvent, decision: Decision): Decision {
  const { state } = decision
  const { exercise } = state
  if (exercise === undefined || !state.setup.drill) return decision
  const situation = situationOf(state)
  const seen =
    situation === null || !exercise.isTold ? exercise : look(situation, exercise, event, decision)
  const isDone = situation !== null && exercise.isTold && done(situation, seen, event, decision)
  const now = isDone ? scored({ ...state, exercise: seen }, seen, false) : seen
  const kept: Decision =
    now === exercise ? decision : { ...decision, state: { ...state, exercise: now } }
  return now.isTold || !isEmptyHome(state) ? kept : toldNext(kept, now)
}

function isEmptyHome({ session, step }: TerminalState): boolean {
  return step.kind === 'amount' && step.typed === '' && session !== null
}

function toldNext(decision: Decision, exercise: Exercise): Decision {
  const told = tellNext(decision.state, exercise)
  return { ...told, refused: decision.refused, effects: [...decision.effects, ...told.effects] }
}

/** Counts what was pressed and what went wrong, and remembers what the rest is judged by. */
function look(
  situation: Situation,
  exercise: Exercise,
  event: TerminalEvent,
  { effects, refused }: Decision,
): Exercise {
  const isTap =
    (event.type === 'keyPressed' || event.type === 'optionChosen') && refused !== 'stalePage'
  const misses =
    effects.filter((effect) => isMiss(situation, exercise, effect)).length +
    (callsBrokenWhole(situation, exercise, event, refused) ? 1 : 0) +
    (exercise.answer === 'wrong' ? 1 : 0)
  const paid = approved(effects).filter(({ kind }) => kind === 'sale')
  const breaks = event.type === 'printEnded' && event.outcome.kind !== 'printed'
  if (!isTap && misses === 0 && paid.length === 0 && !breaks) return exercise
  return {
    ...exercise,
    taps: exercise.taps + (isTap ? 1 : 0),
    misses: exercise.misses + misses,
    sales: [...exercise.sales, ...paid.map(({ id }) => id)],
    isBroken: exercise.isBroken || breaks,
  }
}

/** A request with a wrong amount, of a wrong type or about the wrong payment has left. */
function isMiss(situation: Situation, { sales }: Exercise, effect: Effect): boolean {
  if (effect.do !== 'sendRequest') return false
  const { amountMinor, order } = effect.attempt
  const kind = kindOf(order)
  switch (situation.kind) {
    case 'judge':
      return true
    case 'charge':
    case 'paper':
      return kind !== 'sale' || amountMinor !== situation.amountMinor
    case 'type':
      return kind !== situation.transaction || amountMinor !== situation.amountMinor
    case 'refund': {
      if (kind === 'sale') return sales.length >= 2 || amountMinor !== situation.amountMinor
      const isBack = kind === 'refund' || kind === 'void'
      return !isBack || order.original?.id !== sales[situation.which - 1]
    }
  }
}

/** "The slip is complete" about one that was broken off. */
function callsBrokenWhole(
  situation: Situation,
  { isBroken }: Exercise,
  event: TerminalEvent,
  refused: Decision['refused'],
): boolean {
  if (situation.kind !== 'paper' || !isBroken || refused !== null) return false
  return event.type === 'optionChosen' && event.option === 'paperComplete'
}

function done(
  situation: Situation,
  { answer, isBroken, sales }: Exercise,
  event: TerminalEvent,
  { effects, state }: Decision,
): boolean {
  switch (situation.kind) {
    case 'judge':
      return answer !== 'none'
    case 'charge':
      return approved(effects).some((one) => isThis(one, 'sale', situation))
    case 'type':
      return approved(effects).some((one) => isThis(one, situation.transaction, situation))
    case 'refund':
      return approved(effects).some(
        ({ kind, original }) =>
          (kind === 'refund' || kind === 'void') && original === sales[situation.which - 1],
      )
    case 'paper':
      return (
        isBroken && sales.length > 0 && event.type === 'printEnded' && !state.slips.some(isOpen)
      )
  }
}

function isThis(
  record: TransactionRecord,
  kind: TransactionRecord['kind'],
  { amountMinor }: { readonly amountMinor: number },
): boolean {
  return record.kind === kind && record.paidMinor === amountMinor
}

function approved(effects: readonly Effect[]): readonly TransactionRecord[] {
  return effects.flatMap((effect) =>
    effect.do === 'keepRecord' && effect.record.outcome === 'approved' ? [effect.record] : [],
  )
}

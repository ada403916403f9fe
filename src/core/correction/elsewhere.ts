/**
 * The original is on a slip of another terminal of the shop (ideas S2-9, S3-17): its number, date and amount are typed from it, and where its bar
 * code was scanned they must fit that. This terminal lets no more go back than the slip says; what is left of it only the acquirer knows.
 */
import { lastSuchDay } from '../calendar.ts'
import { CHANNEL_OPTIONS } from '../counter/record-wish.ts'
import { WISH_MOST } from '../counter/wish.ts'
import { typedMinor, typeKey } from '../guard/amount-entry.ts'
import { typeDigit } from '../guard/type-digit.ts'
import { message } from '../message.ts'
import { type MinorUnits, minor } from '../money.ts'
import { slipCodeOf } from '../receipt/slip-code.ts'
import { type Decision, goTo, pageName, refuse, say, stay } from '../terminal/decision.ts'
import type { Key } from '../terminal/event.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import type { TransactionRecord } from '../transaction/record.ts'
import { correct, type Purpose } from './begin.ts'
import { elsewhereId, isSameOriginal, REFERENCE_DIGITS, UNKNOWN_NUMBER } from './elsewhere-id.ts'
import type { Elsewhere, ForeignSlip } from './elsewhere-slip.ts'

type FindStep = Extract<Step, { kind: 'findOriginal' }>
/** A page on which something is typed from a slip of another terminal. */
export type ElsewhereStep = FindStep & { readonly elsewhere: Elsewhere }
type Asked = 'channel' | 'reference' | 'authCode' | 'date' | 'last4' | 'amount'

/** Most digits of each: DE 37, DE 38, MMDD and the end of the card number. */
const DIGITS = { reference: REFERENCE_DIGITS, authCode: 6, date: 4, last4: 4 } as const
/** The longest time that contracts allow for a refund; a day that would be longer ago has not come yet. */
const OLDEST_DAYS = 360
const DAY_MS = 86_400_000

/** A void is for the terminal that took the payment; the rest only where the shop has named its other terminals. */
export function mayBeElsewhere({ setup }: TerminalState, purpose: Purpose): boolean {
  return purpose !== 'void' && (setup.refundGuard?.otherTerminals ?? []).length > 0
}

/** `slip`: off its bar code; absent: everything is typed. */
export function askElsewhere(state: TerminalState, purpose: Purpose, slip?: ForeignSlip): Decision {
  const elsewhere: Elsewhere = {
    // A hold is always one of a card.
    ...(purpose === 'completion' ? { channel: 'card' } : {}),
    ...(slip === undefined ? {} : { slip }),
  }
  return askNext(state, purpose, elsewhere)
}

/** What of the slip is asked for on this page. */
export function askedOf({ elsewhere, purpose }: ElsewhereStep): Asked {
  if (elsewhere.channel === undefined) return 'channel'
  if (elsewhere.number === undefined) return purpose === 'completion' ? 'authCode' : 'reference'
  if (elsewhere.date === undefined) return 'date'
  return elsewhere.channel === 'card' && elsewhere.last4 === undefined ? 'last4' : 'amount'
}

function askNext(state: TerminalState, purpose: Purpose, elsewhere: Elsewhere): Decision {
  const step: ElsewhereStep = { kind: 'findOriginal', purpose, typed: '', elsewhere }
  return goTo(state, step, { message: message(`elsewhere.${askedOf(step)}`), tone: 'key' })
}

export function onElsewhereOption(
  state: TerminalState,
  step: ElsewhereStep,
  option: string,
): Decision {
  const channel = CHANNEL_OPTIONS.find(({ id }) => id === option)?.channel
  return channel === undefined || askedOf(step) !== 'channel'
    ? refuse(state, 'optionNotOffered')
    : askNext(state, step.purpose, { ...step.elsewhere, channel })
}

export function onElsewhereKey(state: TerminalState, step: ElsewhereStep, key: Key): Decision {
  const asked = askedOf(step)
  if (asked === 'channel') {
    const option = CHANNEL_OPTIONS.find((one) => one.key === key)
    return option === undefined
      ? refuse(state, 'keyHasNoMeaningHere')
      : onElsewhereOption(state, step, option.id)
  }
  if (key === 'confirm') return take(state, step, asked)
  const typed =
    asked === 'amount' ? typeKey(step.typed, key) : typeDigit(step.typed, key, DIGITS[asked])
  if (typed === null) return refuse(state, 'keyHasNoMeaningHere')
  return stay({ ...state, step: { ...step, typed }, tone: 'key' })
}

function take(
  state: TerminalState,
  step: ElsewhereStep,
  asked: Exclude<Asked, 'channel'>,
): Decision {
  const { elsewhere, purpose, typed } = step
  switch (asked) {
    case 'reference':
    case 'authCode':
      if (typed.length !== DIGITS[asked] || Number(typed) === 0)
        return again(state, step, `elsewhere.${asked}`)
      return fitsSlip(state, step, typed)
        ? askNext(state, purpose, { ...elsewhere, number: typed })
        : again(state, step, 'elsewhere.doesNotFit')
    case 'date':
      return dayOf(typed, state.at) === null
        ? again(state, step, 'elsewhere.noSuchDate')
        : askNext(state, purpose, { ...elsewhere, date: typed })
    case 'last4':
      return typed.length === DIGITS.last4
        ? askNext(state, purpose, { ...elsewhere, last4: typed })
        : again(state, step, 'elsewhere.last4')
    case 'amount':
      return takeAmount(state, step)
  }
}

function again(
  state: TerminalState,
  step: ElsewhereStep,
  why: string,
  params: Readonly<Record<string, string>> = {},
): Decision {
  const telling = message(why, params)
  return say({ ...state, step: { ...step, typed: '' } }, telling, { tone: 'refused' })
}

/** The bar code carries check digits over terminal and reference number: it must be a slip of a terminal that the shop has named. A hold has no such number typed. */
function fitsSlip(
  { setup }: TerminalState,
  { elsewhere: { slip }, purpose }: ElsewhereStep,
  reference: string,
): boolean {
  if (slip === undefined || purpose === 'completion') return true
  const { batch, check, trace } = slip
  return (setup.refundGuard?.otherTerminals ?? []).some(
    (terminalNumber) =>
      slipCodeOf({ batch, trace, reference, terminalNumber }) === `S${batch}${trace}${check}`,
  )
}

/** Null: there is no such day, or it has not come yet. */
function dayOf(typed: string, at: number): number | null {
  const day = typed.length === DIGITS.date ? lastSuchDay(typed, at) : null
  return day === null || at - day > OLDEST_DAYS * DAY_MS ? null : day
}

/** What this terminal has given back of it before is looked up first; then it is judged like any other original. */
function takeAmount(state: TerminalState, step: ElsewhereStep): Decision {
  const paidMinor = typedMinor(step.typed)
  if (paidMinor === null || paidMinor === 0) return again(state, step, 'amount.zero')
  const { date = '', number = '' } = step.elsewhere
  const wish = { by: 'elsewhere', date, number } as const
  return stay({ ...state, tone: 'key' }, [{ do: 'searchRecords', page: pageName(state), wish }])
}

function idOf({ date = '', number = '' }: Elsewhere): string {
  return elsewhereId({ date, number })
}

/** `known`: what this terminal has done about it, or took under the same number itself, newest last. */
export function onElsewhereKnown(
  state: TerminalState,
  step: ElsewhereStep,
  known: readonly TransactionRecord[],
): Decision {
  const paidMinor = typedMinor(step.typed)
  if (paidMinor === null || askedOf(step) !== 'amount') return refuse(state, 'notAskedFor')
  if (known.length >= WISH_MOST) return again(state, step, 'elsewhere.tooOften')
  const approved = known.filter(({ outcome }) => outcome === 'approved')
  const own = approved.find((record) => isOwn(record, step.elsewhere))
  // What went back of it is added up on its own record, and there alone.
  if (own !== undefined) return again(state, step, 'elsewhere.isOwn', { trace: own.stan })
  const done = approved.filter(({ original }) => isSameOriginal(original, idOf(step.elsewhere)))
  const refundedMinor = done
    .filter(({ kind }) => kind === 'refund')
    .reduce((sum, one) => sum + one.paidMinor, 0)
  const closedBy =
    done.find(({ kind, closedBy }) => kind === 'completion' && closedBy === '')?.id ?? ''
  if (refundedMinor > paidMinor) return again(state, step, 'elsewhere.doesNotFit')
  return correct(state, step.purpose, {
    ...recordOf(state, step, paidMinor),
    refundedMinor: minor(refundedMinor),
    closedBy,
  })
}

function isOwn(
  { authCode, hostDate, kind, reference }: TransactionRecord,
  { date, number = '' }: Elsewhere,
): boolean {
  if (number.length === REFERENCE_DIGITS) return reference === number
  return kind === 'preAuth' && authCode === number && hostDate === date
}

/** As if it were a record: what an order quotes of its original, and nothing that nobody knows. */
function recordOf(
  { at }: TerminalState,
  { elsewhere, purpose }: ElsewhereStep,
  paidMinor: MinorUnits,
): TransactionRecord {
  const { channel = 'card', date = '', last4 = '', number = '', slip } = elsewhere
  const isHold = purpose === 'completion'
  return {
    id: idOf(elsewhere),
    kind: isHold ? 'preAuth' : 'sale',
    orderId: 0,
    at: dayOf(date, at) ?? at,
    outcome: 'approved',
    reason: '',
    dueMinor: paidMinor,
    paidMinor,
    channel,
    last4,
    fingerprint: '',
    operator: '',
    stan: slip?.trace ?? UNKNOWN_NUMBER,
    batch: slip?.batch ?? UNKNOWN_NUMBER,
    authCode: isHold ? number : '',
    reference: isHold ? '' : number,
    hostDate: date,
    original: '',
    approver: '',
    closedBy: '',
    refundedMinor: minor(0),
    slip: null,
    reprints: 0,
  }
}

/**
 * The only typing that stays on the screen until it is complete: an operator's number and PIN. The terminal gets them in
 * one action, and the digits are forgotten with it.
 */
import type { Key } from '#shell/api/view.ts'

/** Longer numbers are a stuck key or a scanner. */
const ENTRY_MAX_DIGITS = 12

type EntryStep = 'operator' | 'pin' | 'pinAgain'

export type Entry = {
  readonly step: EntryStep
  readonly operator: string
  readonly pin: string
  /** What was typed at step `pinAgain`. */
  readonly again: string
  /** The two entries differed, so it starts over. */
  readonly mismatch: boolean
}

export type Pressed = {
  readonly entry: Entry
  /** What is complete now, or null. */
  readonly done: { readonly operator: string; readonly pin: string } | null
  /** The key meant nothing here. */
  readonly refused: boolean
}

/** Start of the sign-in page. */
export function signInEntry(operator: string): Entry {
  const step = operator === '' ? 'operator' : 'pin'
  return { step, operator, pin: '', again: '', mismatch: false }
}

/** Start of the page that asks a known operator for a PIN of their own, twice. */
export function newPinEntry(operator: string): Entry {
  return { step: 'pin', operator, pin: '', again: '', mismatch: false }
}

/** The next entry. `twice` asks for the PIN a second time and compares. */
export function press(entry: Entry, key: Key, twice: boolean): Pressed {
  const typed = typedOf(entry)
  if (/^[0-9]$/.test(key)) {
    return typed.length < ENTRY_MAX_DIGITS ? keep(withTyped(entry, typed + key)) : refuse(entry)
  }
  if (key === 'backspace') {
    if (typed !== '') return keep(withTyped(entry, typed.slice(0, -1)))
    return entry.step === 'pin' && !twice ? keep({ ...entry, step: 'operator' }) : refuse(entry)
  }
  if (key === 'clear') return keep(withTyped(entry, ''))
  if (key === 'cancel') return keep(twice ? newPinEntry(entry.operator) : signInEntry(''))
  return key === 'confirm' && typed !== '' ? confirm(entry, twice) : refuse(entry)
}

/** The digits of the step that is being typed. */
export function typedOf(entry: Entry): string {
  if (entry.step === 'operator') return entry.operator
  return entry.step === 'pin' ? entry.pin : entry.again
}

function confirm(entry: Entry, twice: boolean): Pressed {
  if (entry.step === 'operator') return keep({ ...entry, step: 'pin' })
  if (!twice) return finish(signInEntry(entry.operator), entry)
  if (entry.step === 'pin') return keep({ ...entry, step: 'pinAgain', mismatch: false })
  const restart = newPinEntry(entry.operator)
  return entry.pin === entry.again ? finish(restart, entry) : keep({ ...restart, mismatch: true })
}

function withTyped(entry: Entry, typed: string): Entry {
  if (entry.step === 'operator') return { ...entry, operator: typed }
  return entry.step === 'pin'
    ? { ...entry, pin: typed, mismatch: false }
    : { ...entry, again: typed }
}

function keep(entry: Entry): Pressed {
  return { entry, done: null, refused: false }
}

function refuse(entry: Entry): Pressed {
  return { entry, done: null, refused: true }
}

function finish(entry: Entry, typed: Entry): Pressed {
  return { entry, done: { operator: typed.operator, pin: typed.pin }, refused: false }
}

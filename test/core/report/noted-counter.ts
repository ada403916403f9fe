/** A counter whose events are noted as the report notes them. Ten milliseconds pass from one event to the next. */
import type { Note } from '#core/report/note.ts'
import { NO_NOTES } from '#core/report/note.ts'
import { takeNotes } from '#core/report/take-notes.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { EventBody, Key } from '#core/terminal/event.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { Setup } from '#core/terminal/setup.ts'
import { type Counter, counterFrom, SETUP, withPins } from '../counter.ts'

export type NotedCounter = {
  readonly counter: Counter
  readonly tell: (event: EventBody) => void
  readonly press: (...keys: readonly Key[]) => void
  readonly choose: (option: string, item?: string) => void
  readonly notes: () => readonly Note[]
}

/** Signed in as 01 (cashier); 90 may allow. */
export function notedCounter(change: Partial<Setup> = {}): NotedCounter {
  const operators: Setup['operators'] = [
    { number: '01', role: 'cashier' },
    { number: '90', role: 'supervisor' },
  ]
  const setup = { ...SETUP, operators, ...change }
  const counter = counterFrom({ ...initialState(), operators: withPins(operators) }, setup)
  counter.open()
  let notes = NO_NOTES
  const tell = (event: EventBody): void => {
    const before = counter.state()
    counter.tell(event)
    const after = counter.state()
    notes = takeNotes(notes, { before, event: { ...event, at: after.at }, after })
  }
  return {
    counter,
    tell,
    press: (...keys) => {
      for (const key of keys) tell({ type: 'keyPressed', page: pageName(counter.state()), key })
    },
    choose: (option, item = '') =>
      tell({ type: 'optionChosen', page: pageName(counter.state()), option, item }),
    notes: () => notes.list,
  }
}

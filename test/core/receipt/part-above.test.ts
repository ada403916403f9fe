/** A slip is broken off: the whole one that follows calls the part above it void; one that never began has nothing above it. */
import { expect, test } from 'vitest'
import type { PrintOutcome } from '#core/ports/printer.ts'
import { pageName } from '#core/terminal/decision.ts'
import { type Counter, counterFrom } from '../counter.ts'

/** The first slip of a sale ends so. */
function endingWith(outcome: PrintOutcome): Counter {
  const counter = counterFrom()
  counter.open()
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  const job = counter.state().slips[0]?.slip.job ?? ''
  counter.tell({ type: 'printEnded', job, outcome })
  return counter
}

const first = (counter: Counter) => counter.state().slips[0]

test('the paper ended in the middle: the whole slip is late and calls the part above it void', () => {
  const counter = endingWith({ kind: 'interrupted', trouble: 'paperOut' })
  expect(first(counter)).toMatchObject({
    state: 'owed',
    slip: { afterPart: true, mark: { kind: 'late' } },
  })
})

test('a slip that never began is late, and nothing hangs above it', () => {
  const counter = endingWith({ kind: 'notStarted', trouble: 'paperOut' })
  expect(first(counter)?.slip).toMatchObject({ mark: { kind: 'late' } })
  expect(first(counter)?.slip.afterPart).toBeUndefined()
})

test('somebody says that an unsure slip is not whole: what there is of it is called void', () => {
  const counter = endingWith({ kind: 'unsure' })
  const page = pageName(counter.state())
  const item = first(counter)?.slip.job ?? ''
  counter.tell({ type: 'optionChosen', page, option: 'printMissing', item })
  expect(first(counter)?.slip.afterPart).toBe(true)
})

const SILENT = { kind: 'interrupted', trouble: 'noAnswer' } as const

function printsAgain(counter: Counter): void {
  const job = first(counter)
  expect(job).toMatchObject({ state: 'printing', slip: { mark: { kind: 'late' } } })
}

test('the printer was silent for a while and is well again before the slip is given up: it prints once more by itself', () => {
  const counter = endingWith(SILENT)
  printsAgain(counter)
  expect(first(counter)?.slip.afterPart).toBe(true)
})

test('the second time that a well printer says nothing somebody looks at the paper; it does not print for ever', () => {
  const counter = endingWith(SILENT)
  counter.tell({ type: 'printEnded', job: first(counter)?.slip.job ?? '', outcome: SILENT })
  expect(first(counter)?.state).toBe('unsure')
})

test('a slip that a well printer did not begin is tried once more, and then waits', () => {
  const outcome = { kind: 'notStarted', trouble: 'noAnswer' } as const
  const counter = endingWith(outcome)
  printsAgain(counter)
  counter.tell({ type: 'printEnded', job: first(counter)?.slip.job ?? '', outcome })
  expect(first(counter)?.state).toBe('owed')
})

test('a silent printer that has not answered yet gets its slip when it does', () => {
  const counter = counterFrom()
  counter.open()
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  const told = (troubles: readonly 'noAnswer'[]): void =>
    void counter.tell({
      type: 'deviceHealthChanged',
      health: { device: 'printer', troubles, paperNearEnd: false },
    })
  told(['noAnswer'])
  counter.tell({ type: 'printEnded', job: first(counter)?.slip.job ?? '', outcome: SILENT })
  expect(first(counter)?.state).toBe('owed')
  told([])
  printsAgain(counter)
})

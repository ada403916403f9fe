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

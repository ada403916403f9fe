/** Paper that will not do: said before the customer presents, and never in the way of a sale. */
import { expect, test } from 'vitest'
import { openItems } from '#core/counter/open-items.ts'
import { isPaperLow } from '#core/receipt/paper.ts'
import { pageName } from '#core/terminal/decision.ts'
import { type Counter, counterFrom, SETUP } from '../counter.ts'

/** A roll for 300 lines; two copies of 60 lines for each sale. */
function shop(rollLines?: number): Counter {
  const slips = { ...SETUP.slips, ...(rollLines === undefined ? {} : { rollLines }) }
  const counter = counterFrom(undefined, { ...SETUP, slips })
  counter.open()
  return counter
}

const health = (counter: Counter, change: object) =>
  counter.tell({
    type: 'deviceHealthChanged',
    health: { device: 'printer', troubles: [], ...change },
  })

/** Both copies printed, the counter at home again. */
function sell(counter: Counter, lines = 60): void {
  counter.ask(5)
  counter.presentCard()
  counter.reply()
  printAll(counter, lines)
  counter.press('cancel')
}

function printAll(counter: Counter, lines: number): void {
  for (let copy = 0; copy < 2; copy++) {
    const job = counter.state().slips.find((one) => one.state === 'printing')
    counter.tell({
      type: 'printEnded',
      job: job?.slip.job ?? '',
      outcome: { kind: 'printed', proof: 'processId' },
      lines,
    })
    counter.tell({ type: 'timerFired', timer: 'tear' })
  }
}

const toConfirm = (counter: Counter) => counter.press('5', 'confirm')

test('a roll that is nearly used up is said before the customer presents, and the sale goes on', () => {
  const counter = shop(300)
  sell(counter)
  toConfirm(counter)
  expect(counter.said()).toBeNull()
  counter.press('cancel', 'clear')
  sell(counter)
  toConfirm(counter)
  expect(counter.said()).toBe('paper.low')
  counter.press('confirm')
  expect(counter.step()).toBe('present')
})

test('slips that turn out longer need more paper', () => {
  const counter = shop(300)
  sell(counter, 80)
  expect(isPaperLow(counter.state())).toBe(true)
})

test("the printer's own sensor is believed, whatever was counted", () => {
  const counter = shop()
  health(counter, { paperNearEnd: true })
  toConfirm(counter)
  expect(counter.said()).toBe('paper.low')
})

test('without a sensor and without the length of the roll nothing is claimed', () => {
  const counter = shop()
  for (let sale = 0; sale < 9; sale++) sell(counter)
  expect(isPaperLow(counter.state())).toBe(false)
})

test('the key for a new roll starts the count anew and leaves the odometer; it is offered only when paper is low', () => {
  const counter = shop(300)
  sell(counter)
  sell(counter)
  const paper = () => openItems(counter.state()).find(({ id }) => id === 'paper')
  expect(paper()?.options).toEqual(['newRoll'])
  counter.press('menu', '3')
  const press = () =>
    counter.tell({
      type: 'optionChosen',
      page: pageName(counter.state()),
      option: 'newRoll',
      item: 'paper',
    })
  press()
  expect(counter.state().paper).toEqual({ sinceNewRoll: 0, longestSlip: 0, odometer: 240 })
  expect(paper()).toBeUndefined()
  const { paper: kept } = counter.state()
  press()
  expect(counter.state().paper).toBe(kept)
})

test('paper that ran out and came back is a new roll without a key', () => {
  const counter = shop(300)
  sell(counter)
  sell(counter)
  health(counter, { troubles: ['paperOut'] })
  health(counter, {})
  expect(counter.state().paper).toMatchObject({ sinceNewRoll: 0, odometer: 240 })
})

test('a slip that never started used no paper; one that was interrupted is counted whole', () => {
  const counter = shop(300)
  counter.ask(5)
  counter.presentCard()
  counter.reply()
  const job = () => counter.state().slips.find((one) => one.state === 'printing')?.slip.job ?? ''
  counter.tell({
    type: 'printEnded',
    job: job(),
    outcome: { kind: 'notStarted', trouble: 'gone' },
    lines: 60,
  })
  expect(counter.state().paper).toBeUndefined()
  health(counter, { troubles: ['paperOut'] })
  health(counter, {})
  counter.tell({
    type: 'printEnded',
    job: job(),
    outcome: { kind: 'interrupted', trouble: 'headHot' },
    lines: 60,
  })
  expect(counter.state().paper).toMatchObject({ sinceNewRoll: 60 })
})

test('a printer that is unplugged while its paper is out has no new roll by that', () => {
  const counter = shop(300)
  sell(counter)
  health(counter, { troubles: ['paperOut'] })
  health(counter, { troubles: ['gone'] })
  expect(counter.state().paper).toMatchObject({ sinceNewRoll: 120 })
})

/** Paper that will not do: said before the customer presents, and never in the way of a sale. */
import { expect, test } from 'vitest'
import { openItems } from '#core/counter/open-items.ts'
import { message } from '#core/message.ts'
import type { DeviceTrouble } from '#core/ports/device.ts'
import type { PrintOutcome } from '#core/ports/printer.ts'
import { countPaper, isPaperLow, sayNewRoll, watchPaper } from '#core/receipt/paper.ts'
import { pageName, stay } from '#core/terminal/decision.ts'
import type { Key } from '#core/terminal/event.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import { type Counter, counterFrom, NOON, SETUP } from '../counter.ts'
import { inTrouble, OPEN } from './queues.ts'

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

const counted = (sinceNewRoll: number, longestSlip = 60) => ({
  paper: { sinceNewRoll, longestSlip, odometer: 500 },
})
/** Two copies of 60 lines: 120 are enough. */
const withRoll = (sinceNewRoll: number, ...troubles: DeviceTrouble[]): TerminalState => ({
  ...inTrouble(OPEN, ...troubles),
  setup: { ...SETUP, slips: { ...SETUP.slips, rollLines: 300 } },
  ...counted(sinceNewRoll),
})
const ENOUGH = withRoll(180)
const LOW = withRoll(181)

test('paper that is just enough is not low; paper that is out is another trouble', () => {
  expect([ENOUGH, LOW, withRoll(181, 'paperOut')].map(isPaperLow)).toEqual([false, true, false])
})

test.each<[string, number | undefined, PrintOutcome, number]>([
  ['out', 60, { kind: 'printed', proof: 'processId' }, 240],
  ['perhaps out', 60, { kind: 'unsure' }, 240],
  ['broken off', 60, { kind: 'interrupted', trouble: 'headHot' }, 240],
  ['not begun', 60, { kind: 'notStarted', trouble: 'gone' }, 180],
  ['empty', 0, { kind: 'unsure' }, 180],
  ['of unknown length', undefined, { kind: 'unsure' }, 180],
])('a slip is %s: %s lines of %j make it %s', (_what, lines, outcome, since) => {
  const event = { type: 'printEnded', at: NOON, job: 'A', outcome } as const
  const after = countPaper(ENOUGH, lines === undefined ? event : { ...event, lines })
  expect(after.paper?.sinceNewRoll).toBe(since)
  expect(after === ENOUGH).toBe(since === 180)
})

const HOME: Step = { kind: 'signIn' }
const ASKS = stepAfter('5', 'confirm')
const SAYS = message('host.timedOut')

test.each<[string, TerminalState, TerminalState, string | null]>([
  ['the amount is asked about', { ...LOW, step: HOME }, { ...LOW, step: ASKS }, 'paper.low'],
  ['there is enough', { ...ENOUGH, step: HOME }, { ...ENOUGH, step: ASKS }, null],
  ['it was asked about before', { ...LOW, step: ASKS }, { ...LOW, step: { ...ASKS } }, null],
  ['another page comes', { ...LOW, step: ASKS }, { ...LOW, step: HOME }, null],
  ['another page than another', { ...LOW, step: HOME }, { ...LOW, step: { ...HOME } }, null],
  ['something else is said', LOW, { ...LOW, step: ASKS, message: SAYS }, SAYS.key],
])('%s: what is said of the paper', (_what, before, after, told) => {
  expect(watchPaper(before, stay(after)).state.message?.key ?? null).toBe(told)
})

test.each<[string, readonly DeviceTrouble[], readonly DeviceTrouble[], number]>([
  ['comes back', ['paperOut'], [], 0],
  ['comes back, and the cover is open', ['paperOut'], ['coverOpen'], 0],
  ['is out still', ['paperOut'], ['paperOut'], 181],
  ['was there all the time', ['coverOpen'], [], 181],
  ['is out, and the printer is unplugged', ['paperOut'], ['gone'], 181],
])('paper that %s', (_what, was, is, since) => {
  const after = withRoll(181, ...is)
  const { state } = watchPaper(withRoll(181, ...was), stay(after))
  expect(state).toEqual(since === 0 ? { ...after, ...counted(0, 0) } : after)
})

test('paper comes back while the amount is asked about: nothing is low', () => {
  const before = { ...withRoll(181, 'paperOut'), step: HOME }
  expect(watchPaper(before, stay({ ...LOW, step: ASKS })).state.message).toBeNull()
})

test('a new roll is taken at its word where paper was low, and nowhere else', () => {
  expect(sayNewRoll(LOW)).toEqual(
    stay({ ...LOW, ...counted(0, 0), message: message('paper.newRoll'), tone: 'confirmed' }),
  )
  expect(sayNewRoll(ENOUGH)).toEqual({ state: ENOUGH, effects: [], refused: 'optionNotOffered' })
})

function stepAfter(...keys: readonly Key[]): Step {
  const counter = counterFrom(OPEN)
  counter.press(...keys)
  return counter.state().step
}

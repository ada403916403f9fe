import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decide } from '#core/terminal/decide.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { Setup } from '#core/terminal/setup.ts'
import { type SavedState, upgradeState } from '#core/terminal/upgrade.ts'
import { counterFrom, NOON, SETUP } from './counter.ts'

const TWO = {
  ...SETUP,
  operators: [
    { number: '01', role: 'cashier' as const },
    { number: '00', role: 'supervisor' as const },
  ],
}

/** One sale of 38 yuan by tap, paid, and the record page open. */
function paid(setup = TWO) {
  const counter = counterFrom()
  counter.open()
  counter.tell({ type: 'started', setup, keysReady: true })
  if (counter.step() === 'setPin')
    counter.tell({
      type: 'operatorPinChosen',
      page: pageName(counter.state()),
      operator: '00',
      credential: 'salt:hash',
    })
  sign(counter, '01')
  counter.tell({ type: 'signedOn', batch: '000001' })
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  counter.press('cancel')
  return counter
}

type Counter = ReturnType<typeof paid>

function sign(counter: ReturnType<typeof counterFrom>, operator: string, correct = true): void {
  counter.tell({ type: 'operatorChecked', page: pageName(counter.state()), operator, correct })
}

function pick(counter: Counter, option: 'void' | 'refund' | 'complete'): void {
  counter.press('menu', '2')
  counter.tell({
    type: 'optionChosen',
    page: pageName(counter.state()),
    option,
    item: counter.state().recent.at(-1)?.id ?? '',
  })
}

test('a void leaves only after confirm, a second person and the same card; then its reversal is armed', () => {
  const counter = paid()
  pick(counter, 'void')
  expect(counter.step()).toBe('confirmAmount')
  counter.press('confirm')
  expect(counter.step()).toBe('approve')
  sign(counter, '01')
  expect(counter.said()).toBe('approve.samePerson')
  sign(counter, '00', false)
  expect(counter.said()).toBe('signIn.wrong')
  sign(counter, '00')
  expect(counter.step()).toBe('present')
  expect(counter.dos()).not.toContain('armScanner')
  counter.presentCard({ fingerprint: 'ANOTHER' })
  expect(counter.said()).toBe('card.notOriginal')
  expect(counter.state().reversal).toBeNull()
  counter.presentCard()
  expect(counter.state().reversal).toMatchObject({
    state: 'armed',
    kind: 'void',
    processingCode: '200000',
    originalData: '000001000003',
  })
})

test('an approved void closes its original and prints two slips that name it', () => {
  const counter = paid()
  pick(counter, 'void')
  counter.press('confirm')
  sign(counter, '00')
  counter.presentCard()
  counter.reply({ '3': '200000' })
  const [sale, undone] = counter.state().recent
  expect(undone).toMatchObject({ kind: 'void', original: sale?.id, approver: '00' })
  expect(sale?.closedBy).toBe(undone?.id)
  expect(undone?.slip).toMatchObject({ type: 'void', original: { trace: '000003' } })
  expect(counter.dos().filter((done) => done === 'keepRecord')).toHaveLength(2)
})

test('a void without an answer is reversed, and the sale counts as paid until then and after', () => {
  const counter = paid()
  pick(counter, 'void')
  counter.press('confirm')
  sign(counter, '00')
  counter.presentCard()
  counter.tell({ type: 'hostSilent', stan: counter.state().reversal?.stan ?? '' })
  expect(counter.said()).toBe('void.timedOut')
  expect(counter.state().recent[0]?.closedBy).toBe('')
  counter.replyToReversal('00')
  expect(counter.said()).toBe('void.reversed')
  expect(counter.state().recent[0]?.closedBy).toBe('')
})

test('a refund is never reversed: without an answer it waits and goes out again under its own number', () => {
  const counter = paid()
  pick(counter, 'refund')
  counter.press('clear', '1', '0', 'confirm', 'confirm')
  sign(counter, '00')
  counter.presentCard()
  const { advice } = counter.state()
  expect(counter.state().reversal).toBeNull()
  expect(advice).toMatchObject({ state: 'out', attempt: { amountMinor: 1000 } })
  counter.press('cancel')
  expect(counter.step()).toBe('authorizing')
  counter.tell({ type: 'hostSilent', stan: advice?.attempt.stan ?? '' })
  expect(counter.state().step).toMatchObject({ kind: 'result', outcome: 'unknown' })
  counter.tell({ type: 'timerFired', timer: 'advice' })
  expect(counter.state().advice).toMatchObject({ state: 'sent', tries: 1, id: advice?.id })
})

test('a refund in doubt survives a restart and goes behind nothing but a reversal', () => {
  const counter = paid()
  pick(counter, 'refund')
  counter.press('confirm', 'confirm')
  sign(counter, '00')
  counter.presentCard()
  counter.tell({ type: 'started', setup: TWO, keysReady: true })
  expect(counter.state().advice?.state).toBe('waiting')
  counter.tell({ type: 'signedOn', batch: '000001' })
  expect(counter.dos()).toContain('sendAdvice')
})

test('while a sale is on its way the refund in doubt waits: the customer at the counter is not held up', () => {
  const counter = paid()
  pick(counter, 'refund')
  counter.press('clear', '1', 'confirm', 'confirm')
  sign(counter, '00')
  counter.presentCard()
  counter.tell({ type: 'hostSilent', stan: counter.state().advice?.attempt.stan ?? '' })
  counter.press('cancel')
  counter.ask(5)
  counter.presentCard()
  counter.tell({ type: 'timerFired', timer: 'advice' })
  expect(counter.dos()).toEqual(['startTimer'])
  counter.reply()
  counter.tell({ type: 'timerFired', timer: 'advice' })
  expect(counter.dos()).toContain('sendAdvice')
})

/** DE 39, whether the refund stays in doubt, and what this acquirer has said of its codes. */
const REPEATED: readonly (readonly [string, boolean, Partial<Setup['host']>])[] = [
  ['94', true, {}],
  ['64', true, {}],
  ['96', true, {}],
  ['25', false, {}],
  ['51', false, {}],
  ['09', false, {}],
  ['09', true, { unfinished: ['09'] }],
  ['25', true, { refundUndecided: ['25'] }],
  ['94', false, { refundUndecided: ['25'] }],
]

test.each(REPEATED)('a repeated refund answered %s stays open: %s', (code, stays, host) => {
  const counter = paid({ ...TWO, host: { ...TWO.host, ...host } })
  pick(counter, 'refund')
  counter.press('confirm', 'confirm')
  sign(counter, '00')
  counter.presentCard()
  counter.tell({ type: 'hostSilent', stan: counter.state().advice?.attempt.stan ?? '' })
  counter.tell({ type: 'timerFired', timer: 'advice' })
  const fields = {
    '3': '200000',
    '11': counter.state().advice?.attempt.stan ?? '',
    '39': code,
    '41': SETUP.terminalNumber,
  }
  counter.tell({
    type: 'adviceReplied',
    advice: counter.state().advice?.id ?? '',
    reply: { mti: '0230', mac: 'good', fields },
  })
  expect(counter.state().advice !== null).toBe(stays)
})

test('a host that asks for new keys again and again is not asked without a pause in between', () => {
  const counter = paid()
  pick(counter, 'refund')
  counter.press('confirm', 'confirm')
  sign(counter, '00')
  counter.presentCard()
  counter.tell({ type: 'hostSilent', stan: counter.state().advice?.attempt.stan ?? '' })
  counter.tell({ type: 'timerFired', timer: 'advice' })
  const askForKeys = () => {
    const { advice } = counter.state()
    const fields = {
      '3': '200000',
      '11': advice?.attempt.stan ?? '',
      '39': '77',
      '41': SETUP.terminalNumber,
    }
    counter.tell({
      type: 'adviceReplied',
      advice: advice?.id ?? '',
      reply: { mti: '0230', mac: 'good', fields },
    })
  }
  askForKeys()
  expect(counter.dos()).toContain('signOn')
  counter.tell({ type: 'signedOn', batch: '000001' })
  expect(counter.dos()).toContain('sendAdvice')
  askForKeys()
  expect(counter.dos()).toEqual(['startTimer'])
})

test('while a refund is in doubt nothing else is done to its original, and no second refund starts', () => {
  const counter = paid()
  pick(counter, 'refund')
  counter.press('clear', '1', 'confirm', 'confirm')
  sign(counter, '00')
  counter.presentCard()
  counter.tell({ type: 'hostSilent', stan: counter.state().advice?.attempt.stan ?? '' })
  counter.press('cancel')
  pick(counter, 'void')
  expect(counter.said()).toBe('refund.openAlready')
  pick(counter, 'refund')
  expect(counter.said()).toBe('refund.openAlready')
})

test('a state written by version 0.1 opens: its sales are sales, and the request that was out is reversed', () => {
  const saved: { state: SavedState } = JSON.parse(
    readFileSync('test/vectors/journal-0.1.json', 'utf8'),
  )
  const state = upgradeState(saved.state)
  expect(state.recent.map(({ kind, closedBy }) => [kind, closedBy])).toEqual([
    ['sale', ''],
    ['sale', ''],
  ])
  expect(state).toMatchObject({ advice: null, inBatch: 1 })
  const woken = decide(state, { type: 'started', setup: SETUP, keysReady: true, at: NOON })
  expect(woken.effects.map((effect) => effect.do)).toContain('sendReversal')
  expect(woken.state.reversal).toMatchObject({ state: 'sent', amountMinor: 1200 })
})

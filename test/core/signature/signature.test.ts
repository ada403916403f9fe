/** Signatures on the customer's screen: what waits for them, what comes of none, and that the payment never does. */
import { describe, expect, test } from 'vitest'
import { openItems } from '#core/counter/open-items.ts'
import { featureCode } from '#core/signature/feature-code.ts'
import { pageName } from '#core/terminal/decision.ts'
import { initialState } from '#core/terminal/recover.ts'
import { type Counter, counterFrom, SETUP } from '../counter.ts'

const WITH_SCREEN = { ...SETUP, signature: { timeoutMs: 60_000 } }

/** A chip sale, approved: its merchant copy is to be signed. */
function approved(): Counter {
  const counter = counterFrom(initialState(), WITH_SCREEN)
  counter.open()
  counter.ask(38)
  counter.presentCard({ interface: 'stripe' })
  if (counter.step() === 'pin') {
    const step = counter.state().step
    if (step.kind === 'pin') counter.tell({ type: 'pinEntered', stan: step.attempt.stan })
  }
  counter.reply({ '15': '1122', '37': '112120461234' })
  expect(counter.step()).toBe('result')
  return counter
}

function record(counter: Counter): string {
  const step = counter.state().step
  return step.kind === 'result' ? step.record : ''
}

const choose = (counter: Counter, option: string, item = ''): void =>
  void counter.tell({ type: 'optionChosen', page: pageName(counter.state()), option, item })

describe('the code behind a signature', () => {
  test('is the first eight digits of date and reference, XOR the last eight', () => {
    expect(featureCode('1122', '112120461234')).toBe('31640315')
    expect(featureCode('1122', '112120461235')).not.toBe(featureCode('1122', '112120461234'))
  })

  test('is there without a settlement date and without a reference', () => {
    expect(featureCode('', '112120461234')).toBe('20460315')
    expect(featureCode('', '')).toBe('00000000')
  })
})

test('the merchant copy waits for the signature, and the cashier is told that the money is in', () => {
  const counter = approved()
  expect(counter.dos()).not.toContain('print')
  expect(counter.said()).toBe('signature.ask')
  expect(counter.state().signing).toMatchObject({ trace: '000002', code: '31640315' })
})

test('signed on the screen: every paper carries it and prints at once', () => {
  const counter = approved()
  const effects = counter.tell({ type: 'signatureGiven', record: record(counter), ink: 'AAAA' })
  expect(counter.dos()).toEqual(['stopTimer', 'keepRecord', 'print'])
  const printed = effects.find((effect) => effect.do === 'print')
  expect(printed).toMatchObject({
    slip: { copy: 'merchant', facts: { signature: { code: '31640315', ink: 'AAAA' } } },
  })
  expect(counter.state().recent.at(-1)?.slip?.signature).toEqual({ code: '31640315' })
  expect(counter.state().unsigned).toBeUndefined()
  // The state is written with every commit: one copy of the lines is enough in it.
  expect(JSON.stringify(counter.state()).split('AAAA')).toHaveLength(2)
})

test.each([
  [
    'the customer would rather sign on paper',
    (c: Counter) => void c.tell({ type: 'signatureGiven', record: record(c), ink: '' }),
  ],
  ['the cashier chooses paper', (c: Counter) => choose(c, 'signOnPaper')],
  ['nobody signs in time', (c: Counter) => void c.tell({ type: 'timerFired', timer: 'signature' })],
  ['the counter goes on with the next customer', (c: Counter) => void c.press('cancel')],
])('%s: the paper prints with a line to sign on and stays open until it is seen', (_, leave) => {
  const counter = approved()
  leave(counter)
  expect(counter.dos()).toContain('print')
  expect(counter.state().signing).toBeUndefined()
  expect(counter.state().recent.at(-1)?.slip?.signature).toBeUndefined()
  expect(openItems(counter.state())).toContainEqual(
    expect.objectContaining({ options: ['signedOnPaper'] }),
  )
})

test('a person who has seen the signed paper takes it off the list', () => {
  const counter = approved()
  choose(counter, 'signOnPaper')
  choose(counter, 'signedOnPaper')
  expect(counter.state().unsigned).toBeUndefined()
  expect(counter.said()).toBe('signature.seen')
})

test('power lost while the customer signs: the sale stands, the paper is owed and so is its signature', () => {
  const before = approved().state()
  const counter = counterFrom(before, WITH_SCREEN)
  counter.restart()
  expect(counter.state().signing).toBeUndefined()
  expect(counter.state().unsigned).toHaveLength(1)
  expect(counter.state().recent.at(-1)?.outcome).toBe('approved')
})

test('a signature for another transaction, or after the paper has gone out, is refused', () => {
  const counter = approved()
  counter.tell({ type: 'signatureGiven', record: 'another', ink: 'AAAA' })
  expect(counter.state().signing).toBeDefined()
  choose(counter, 'signOnPaper')
  counter.tell({ type: 'signatureGiven', record: record(counter), ink: 'AAAA' })
  expect(counter.state().recent.at(-1)?.slip?.signature).toBeUndefined()
})

test('without the parameter nobody is asked on the screen', () => {
  const counter = counterFrom()
  counter.open()
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  expect(counter.state().signing).toBeUndefined()
  expect(counter.dos()).toContain('print')
})

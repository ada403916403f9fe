/** A code payment was in doubt and came to nothing: the customer gets a paper that says so, and nobody else does. */
import { expect, test } from 'vitest'
import type { Setup } from '#core/terminal/setup.ts'
import { type Counter, counterFrom, SETUP } from '../counter.ts'

/** The request of 38 yuan is out and no answer comes; then the acquirer says that nothing stands of it. */
function undone(present: (counter: Counter) => unknown, setup: Setup = SETUP): Counter {
  const counter = counterFrom(undefined, setup)
  counter.open()
  counter.ask(38)
  present(counter)
  const { step } = counter.state()
  const stan = step.kind === 'authorizing' ? step.attempt.stan : ''
  counter.tell({ type: 'hostSilent', stan })
  counter.replyToReversal('00')
  return counter
}

const papers = (counter: Counter) =>
  counter.state().slips.map(({ slip, state }) => [slip.facts.type, slip.copy, state])

test('a code payment is taken back: one paper for the customer, with what was asked for and the voucher number', () => {
  const counter = undone((one) => one.presentCode())
  expect(papers(counter)).toEqual([['notPaid', 'cardholder', 'printing']])
  expect(counter.state().slips[0]?.slip.facts).toMatchObject({
    amountMinor: 3800,
    channel: 'wechat',
    notPaid: { last4: '6741' },
    trace: counter.state().recent.at(-1)?.stan,
  })
})

test('a card, and a code that was refused at once, have none; nor has a shop that gives customers no papers', () => {
  expect(papers(undone((one) => one.presentCard()))).toEqual([])
  const merchantOnly = { ...SETUP, slips: { ...SETUP.slips, copies: ['merchant'] as const } }
  expect(papers(undone((one) => one.presentCode(), merchantOnly))).toEqual([])
  const refused = counterFrom()
  refused.open()
  refused.ask(38)
  refused.presentCode()
  refused.reply({ '39': '51' })
  expect(papers(refused)).toEqual([])
})

test('the paper is out: it is owed like any other slip, and says of the money what is true', () => {
  const counter = undone((one) => one.presentCode())
  const job = counter.state().slips[0]?.slip.job ?? ''
  counter.tell({ type: 'printEnded', job, outcome: { kind: 'interrupted', trouble: 'paperOut' } })
  expect(papers(counter)).toEqual([['notPaid', 'cardholder', 'owed']])
})

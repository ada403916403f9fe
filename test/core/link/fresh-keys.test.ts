/** A host that has other keys than we may say nothing at all: what is repeated for ever fetches fresh ones, but never under a customer. */
import { expect, test } from 'vitest'
import { onAdviceReplied, onAdviceUnanswered } from '#core/advice/decide.ts'
import { newAdvice } from '#core/advice/queue.ts'
import { onLinkProbed } from '#core/link/decide.ts'
import { armReversal } from '#core/reversal/decide.ts'
import type { Reversal } from '#core/reversal/reversal.ts'
import type { Step, TerminalState } from '#core/terminal/state.ts'
import { onReversalUnanswered } from '#core/transaction/decide-undone.ts'
import { counterFrom, NOON, SETUP } from '../counter.ts'
import { attemptOf } from '../recovery/found-states.ts'
import { openState, WAIT } from './at-rest.ts'

const OPEN = openState()
const SALE = attemptOf('sale', '000077')
const REFUND = attemptOf('refund', '000066')
const OUT: Step = { kind: 'authorizing', attempt: SALE, cancelAsked: false, wait: WAIT }
const AT_THE_PAD: Step = { kind: 'pin', order: SALE.order, typed: '12', attempt: SALE, wait: WAIT }

const owing = (tries: number): TerminalState => {
  const reversal: Reversal = { ...armReversal(SALE), state: 'sent', tries }
  return { ...OPEN, reversal }
}
const inDoubt = (tries: number, step: Step = OPEN.step): TerminalState => ({
  ...OPEN,
  step,
  advice: { ...newAdvice(REFUND), state: 'sent', tries },
})
const reversalSilent = (state: TerminalState) =>
  onReversalUnanswered(state, {
    type: 'reversalUnanswered',
    at: NOON,
    reversal: state.reversal?.id ?? '',
    sent: true,
  })
const refundSilent = (state: TerminalState) =>
  onAdviceUnanswered(state, {
    type: 'adviceUnanswered',
    at: NOON,
    advice: state.advice?.id ?? '',
  })

test.each([
  [1, false],
  [2, false],
  [3, true],
  [4, false],
  [6, true],
])('silence after try %i of a reversal or refund: keys are fetched: %s', (tries, is) => {
  const left = [reversalSilent(owing(tries)), refundSilent(inDoubt(tries))]
  expect(left.map(({ state }) => state.link)).toEqual(
    is ? ['signingOn', 'signingOn'] : ['up', 'up'],
  )
  expect(left[0]?.state.reversal?.state).toBe('owed')
  expect(left[1]?.state.advice?.state).toBe('waiting')
})

test('after a start with a reversal owed, a host that drops it without a word holds nobody for ever', () => {
  const counter = counterFrom(owing(0))
  counter.restart(true)
  const silence = () => {
    const { reversal } = counter.state()
    counter.tell({ type: 'reversalUnanswered', reversal: reversal?.id ?? '', sent: true })
  }
  silence()
  expect(counter.state().link).toBe('down')
  counter.tell({ type: 'timerFired', timer: 'reversal' })
  silence()
  counter.tell({ type: 'timerFired', timer: 'reversal' })
  silence()
  expect(counter.dos()).toContain('signOn')
  counter.tell({ type: 'signedOn', batch: '000001' })
  expect(counter.dos()).toContain('sendReversal')
  counter.replyToReversal('00')
  expect(counter.state()).toMatchObject({ reversal: null, link: 'up' })
})

test.each([
  ['at rest', OPEN.step, 'signingOn'],
  ['while the customer is at the pad', AT_THE_PAD, 'up'],
  ['while a request is out', OUT, 'up'],
])('a refund in doubt that is refused for its keys, %s: the line is %s', (_what, step, link) => {
  const state = inDoubt(1, step)
  const fields = { '3': '200000', '11': REFUND.stan, '39': '99', '41': SETUP.terminalNumber }
  const refused = onAdviceReplied(state, {
    type: 'adviceReplied',
    at: NOON,
    advice: state.advice?.id ?? '',
    reply: { mti: '0230', mac: 'absent', fields },
  })
  expect(refused.state).toMatchObject({ link, advice: { state: 'waiting' } })
  expect(refundSilent(inDoubt(3, step)).state.link).toBe(link)
})

test.each([
  ['at rest', OPEN.step, ['stopTimer', 'signOn']],
  ['while the customer is at the pad', AT_THE_PAD, ['startTimer']],
  ['while a request is out', OUT, ['startTimer']],
])('a line that is alive again, %s', (_what, step, does) => {
  const event = { type: 'linkProbed', at: NOON, alive: true } as const
  const { effects } = onLinkProbed({ ...OPEN, link: 'down', step }, event)
  expect(effects.map((one) => one.do)).toEqual(does)
})

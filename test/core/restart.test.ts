import { expect, test } from 'vitest'
import { counterFrom } from './counter.ts'

test('power lost between request and answer: the reversal leaves before anything else, then the terminal signs on', () => {
  const counter = counterFrom()
  counter.open()
  counter.ask(38)
  counter.presentCard()
  counter.restart()
  expect(counter.dos()).toEqual(['stopTimer', 'sendReversal'])
  expect(counter.said()).toBe('host.reversalOwed')
  counter.replyToReversal('00')
  expect(counter.state().reversal).toBeNull()
  expect(counter.dos()).toContain('signOn')
  expect(counter.said()).toBe('host.reversedOnStart')
})

test('without a MAC key the sign-on comes first, and the reversal right behind it', () => {
  const counter = counterFrom()
  counter.open()
  counter.ask(38)
  counter.presentCard()
  counter.restart(false)
  expect(counter.dos()).toContain('signOn')
  expect(counter.dos()).not.toContain('sendReversal')
  counter.tell({ type: 'signedOn', batch: '000001' })
  expect(counter.dos()).toEqual(['stopTimer', 'sendReversal'])
})

test('a reversal without an answer stays owed for ever, and no sale passes it', () => {
  const counter = counterFrom()
  counter.open()
  counter.ask(38)
  counter.presentCard()
  const step = counter.state().step
  counter.tell({ type: 'hostSilent', stan: step.kind === 'authorizing' ? step.attempt.stan : '' })
  for (let round = 0; round < 50; round++) {
    counter.tell({
      type: 'reversalUnanswered',
      reversal: counter.state().reversal?.id ?? '',
      sent: true,
    })
    counter.tell({ type: 'timerFired', timer: 'reversal' })
  }
  expect(counter.state().reversal).toMatchObject({ state: 'sent', tries: 51 })
  expect(counter.state().step).toMatchObject({ kind: 'result', outcome: 'unknown' })
  // The keys were fetched anew meanwhile, and that changed nothing.
  expect(counter.state().link).toBe('signingOn')
  counter.tell({ type: 'signedOn', batch: '000001' })
  counter.press('cancel')
  counter.ask(20)
  expect(counter.step()).toBe('clearingDebt')
  counter.replyToReversal('25')
  expect(counter.step()).toBe('present')
})

test('the host has lost our MAC key: sign on again, then the reversal, with no sale in between', () => {
  const counter = counterFrom()
  counter.open()
  counter.ask(38)
  counter.presentCard()
  counter.restart()
  counter.replyToReversal('A0', 'absent')
  expect(counter.dos()).toContain('signOn')
  counter.tell({ type: 'signedOn', batch: '000001' })
  expect(counter.dos()).toContain('sendReversal')
  counter.replyToReversal('00')
  expect(counter.state().reversal).toBeNull()
})

test('power lost while a slip is at the printer: the cashier is asked, and "no" prints it marked as late', () => {
  const counter = counterFrom()
  counter.open()
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  counter.restart()
  counter.tell({ type: 'deviceHealthChanged', health: { device: 'printer', troubles: [] } })
  const [merchant] = counter.state().slips
  expect(merchant?.state).toBe('unsure')
  counter.tell({
    type: 'operatorChecked',
    page: `signIn#${counter.state().page}`,
    operator: '01',
    correct: true,
  })
  counter.press('menu', '3')
  counter.tell({
    type: 'optionChosen',
    page: `openItems#${counter.state().page}`,
    option: 'printMissing',
    item: merchant?.slip.job ?? '',
  })
  expect(counter.state().slips[0]).toMatchObject({ slip: { mark: { kind: 'late' } } })
})

test('paper runs out: the payment stands, the slip is owed and prints by itself when paper is back', () => {
  const counter = counterFrom()
  counter.open()
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  const job = counter.state().slips[0]?.slip.job ?? ''
  counter.tell({
    type: 'deviceHealthChanged',
    health: { device: 'printer', troubles: ['paperOut'] },
  })
  counter.tell({ type: 'printEnded', job, outcome: { kind: 'interrupted', trouble: 'paperOut' } })
  expect(counter.state().slips[0]?.state).toBe('owed')
  counter.tell({ type: 'deviceHealthChanged', health: { device: 'printer', troubles: [] } })
  expect(counter.dos()).toContain('print')
  expect(counter.state().slips[0]).toMatchObject({
    state: 'printing',
    slip: { mark: { kind: 'late' } },
  })
})

test('a batch number from the host is followed upwards and never back', () => {
  const counter = counterFrom()
  counter.open()
  counter.tell({ type: 'signedOn', batch: '000042' })
  expect(counter.state().counters.batch).toBe(42)
  counter.tell({ type: 'signedOn', batch: '000007' })
  expect(counter.state().counters.batch).toBe(42)
})

import { expect, test } from 'vitest'
import { linkFaults } from '#core/link/link-faults.ts'
import type { Setup } from '#core/terminal/setup.ts'
import { type Counter, counterFrom, SETUP } from '../counter.ts'

test('one wrong MAC is taken back and raises no alarm', () => {
  const counter = opened()
  sell(counter, 'bad')
  expect(linkFaults(counter.state())).toEqual([])
})

test('three wrong MACs in a row raise the alarm and ask for new keys, and a good one ends it', () => {
  const counter = opened()
  sell(counter, 'bad')
  counter.replyToReversal('00', 'bad')
  expect(linkFaults(counter.state())).toEqual([])
  again(counter)
  counter.replyToReversal('00', 'bad')
  expect(linkFaults(counter.state())).toEqual(['macFailures'])
  again(counter)
  const told = counter.replyToReversal('00', 'good')
  expect(linkFaults(counter.state())).toEqual([])
  expect(told).toContainEqual(expect.objectContaining({ do: 'signOn' }))
})

test('a good MAC in between begins the count anew', () => {
  const counter = opened({ macFailuresMost: 2 })
  sell(counter, 'bad')
  counter.replyToReversal('00', 'good')
  expect(counter.state().upkeep?.macFailures).toBe(0)
  counter.press('cancel')
  sell(counter, 'bad')
  expect(linkFaults(counter.state())).toEqual([])
})

test('an approval without MAC counts as a wrong one; a refusal without one counts neither way', () => {
  const counter = opened({ macFailuresMost: 1 })
  counter.ask(5)
  counter.presentCard()
  counter.reply({ '39': '51' }, 'absent')
  expect(linkFaults(counter.state())).toEqual([])
  counter.press('cancel')
  sell(counter, 'absent')
  expect(linkFaults(counter.state())).toEqual(['macFailures'])
  counter.replyToReversal('96', 'absent')
  expect(linkFaults(counter.state())).toEqual(['macFailures'])
})

test('the alarm outlives a restart', () => {
  const counter = opened({ macFailuresMost: 1 })
  sell(counter, 'bad')
  counter.restart()
  expect(linkFaults(counter.state())).toEqual(['macFailures'])
})

test('an answer to nothing that was asked does not count: whoever sends noise raises no alarm', () => {
  const counter = opened({ macFailuresMost: 1 })
  const stray = { mti: '0210', stan: '000009', code: '00', mac: 'bad' } as const
  counter.tell({ type: 'strayAnswerCame', ...stray })
  counter.tell({
    type: 'hostReplied',
    stan: '000009',
    reply: { mti: '0210', mac: 'bad', fields: {} },
  })
  expect(linkFaults(counter.state())).toEqual([])
})

test.each(['keyCheck', 'noMasterKey'] as const)(
  'a sign-on that brings no usable keys (%s) stands as a fault until one does',
  (why) => {
    const counter = opened()
    counter.tell({ type: 'hostAsked', request: 3 })
    counter.tell({ type: 'signOnFailed', why, code: 'mac' })
    expect(linkFaults(counter.state())).toEqual(['keysMissing'])
    counter.tell({ type: 'signedOn', batch: '000001' })
    expect(linkFaults(counter.state())).toEqual([])
  },
)

test('a sign-on that only went unanswered says nothing about the keys', () => {
  const counter = opened()
  counter.tell({ type: 'hostAsked', request: 3 })
  counter.tell({ type: 'signOnFailed', why: 'silent', code: '' })
  expect(linkFaults(counter.state())).toEqual([])
})

/** A sale whose answer says 00 with such a MAC. */
function sell(counter: Counter, mac: 'good' | 'bad' | 'absent'): void {
  counter.ask(5)
  counter.presentCard()
  counter.reply({}, mac)
}

/** The reversal leaves once more: after the sign-on that it asked for, or when its time has come. */
function again(counter: Counter): void {
  if (counter.state().link === 'signingOn') counter.tell({ type: 'signedOn', batch: '000001' })
  else counter.tell({ type: 'timerFired', timer: 'reversal' })
}

function opened(host: Partial<Setup['host']> = {}): Counter {
  const counter = counterFrom(undefined, { ...SETUP, host: { ...SETUP.host, ...host } })
  counter.open()
  return counter
}

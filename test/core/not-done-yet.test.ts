/** An answer that says "not done yet" to money on its way back: it may still go through, so nobody is told that it was refused. */
import { expect, test } from 'vitest'
import { minor, toDe4 } from '#core/money.ts'
import { CODE_QUERY, type Counter, SETUP } from './counter.ts'
import { choose, openShop, sign, toSale } from './two-people.ts'

/** 38 yuan were paid, and it is asked for that all of them go back. */
function goingBack(by: 'card' | 'code', how: 'refund' | 'void'): Counter {
  const counter = openShop({
    host: { ...SETUP.host, unfinished: ['09'], codeQuery: CODE_QUERY },
  })
  counter.ask(38)
  if (by === 'card') counter.presentCard()
  else counter.presentCode()
  counter.reply()
  toSale(counter)
  counter.press('menu', '2')
  choose(counter, how, counter.state().recent.at(-1)?.id)
  if (how === 'refund') counter.press('clear', '3', '8', 'confirm')
  counter.press('confirm')
  sign(counter, '00')
  if (by === 'card') counter.presentCard()
  expect(counter.step()).toBe('authorizing')
  return counter
}

/** The answer to the refund that was sent again. */
function again(counter: Counter, code: string): void {
  counter.tell({ type: 'timerFired', timer: 'advice' })
  const { advice } = counter.state()
  const fields = {
    '3': '200000',
    '4': toDe4(advice?.attempt.amountMinor ?? minor(0)),
    '11': advice?.attempt.stan ?? '',
    '37': '112112000009',
    '39': code,
    '41': SETUP.terminalNumber,
    '42': SETUP.merchantNumber,
  }
  const reply = { mti: '0230', mac: 'good' as const, fields }
  counter.tell({ type: 'adviceReplied', advice: advice?.id ?? '', reply })
}

/** What the counter shows, and what is still being found out. */
function standing(counter: Counter) {
  const { advice, recent, reversal } = counter.state()
  const ended = recent.filter(({ kind }) => kind !== 'sale').map(({ outcome }) => outcome)
  return [counter.said(), advice?.state ?? reversal?.state ?? 'nothing owed', ...ended]
}

test.each(['09', '96'])(
  'the wallet says %s to a refund: it stays in doubt, is sent again under its number, and ends once',
  (code) => {
    const counter = goingBack('code', 'refund')
    const first = counter.state().advice?.attempt.stan
    counter.reply({ '3': '200000', '39': code }, 'good', '0230')
    expect(standing(counter)).toEqual(['refund.timedOut', 'waiting'])
    again(counter, code)
    expect(standing(counter)).toEqual(['refund.timedOut', 'waiting'])
    expect(counter.state().advice?.attempt.stan).toBe(first)
    again(counter, '00')
    expect(standing(counter)).toEqual(['refund.approved', 'nothing owed', 'approved'])
    expect(counter.state().recent[0]).toMatchObject({ refundedMinor: 3800 })
  },
)

test.each(['09', '96'])(
  'the wallet says %s to a void: it is taken back, and until then nobody says that it was refused',
  (code) => {
    const counter = goingBack('code', 'void')
    counter.reply({ '3': '200000', '39': code })
    expect(standing(counter)).toEqual(['void.timedOut', 'sent'])
    counter.replyToReversal('00')
    expect(standing(counter)).toEqual(['void.reversed', 'nothing owed', 'notPaid'])
    expect(counter.state().recent[0]).toMatchObject({ closedBy: '' })
  },
)

test('a host that is still at the refund to a card says so twice: twice it is no refusal', () => {
  const counter = goingBack('card', 'refund')
  counter.reply({ '3': '200000', '39': '09' }, 'good', '0230')
  again(counter, '09')
  expect(standing(counter)).toEqual(['refund.timedOut', 'waiting'])
})

test.each(['card', 'code'] as const)('a plain refusal of a refund to a %s ends it', (by) => {
  const counter = goingBack(by, 'refund')
  counter.reply({ '3': '200000', '39': '40' }, 'good', '0230')
  expect(standing(counter)).toEqual(['refund.declined', 'nothing owed', 'notPaid'])
})

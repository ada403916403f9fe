import { expect, test } from 'vitest'
import { counterFrom } from './counter.ts'

function openCounter() {
  const counter = counterFrom()
  counter.open()
  return counter
}

test('a tap within the limit is approved: intent first, then outcome, slips and the result page', () => {
  const counter = openCounter()
  counter.ask(38)
  expect(counter.dos()).toEqual(['readCard', 'armScanner', 'startTimer'])
  counter.presentCard()
  expect(counter.dos()).toEqual(['disarmScanner', 'stopTimer', 'sealPan', 'sendRequest'])
  expect(counter.state().reversal?.state).toBe('armed')
  counter.reply()
  expect(counter.dos()).toEqual(['dropSealedPan', 'keepRecord', 'forgetTender', 'print'])
  expect(counter.state().reversal).toBeNull()
  expect(counter.state().step).toMatchObject({ kind: 'result', outcome: 'approved', last4: '0012' })
  expect(counter.state().slips.map((job) => [job.slip.copy, job.state])).toEqual([
    ['merchant', 'printing'],
    ['cardholder', 'awaitingTear'],
  ])
})

test('above the no-PIN limit a tap asks for the PIN, and the request carries it', () => {
  const counter = openCounter()
  counter.ask(1001)
  counter.presentCard()
  expect(counter.step()).toBe('pin')
  const step = counter.state().step
  const effects = counter.tell({
    type: 'pinEntered',
    stan: step.kind === 'pin' ? step.attempt.stan : '',
  })
  expect(effects.find((effect) => effect.do === 'sendRequest')).toMatchObject({
    attempt: { withPin: true },
  })
})

test.each([
  ['chip', 'none', 1, true],
  ['stripe', 'notDecided', 1, true],
  ['contactless', 'none', 1000, false],
  ['contactless', 'none', 1001, true],
  ['contactless', 'onlinePin', 1, true],
  ['contactless', 'deviceVerified', 1001, true],
] as const)(
  'a card by %s, verification %s, %i yuan asks for a PIN: %s',
  (by, verification, yuan, asked) => {
    const counter = openCounter()
    counter.ask(yuan)
    counter.presentCard({ interface: by, verification })
    expect(counter.step()).toBe(asked ? 'pin' : 'authorizing')
  },
)

test('a refusal takes nothing: the reason is said, the reversal is gone, the order may be tried again', () => {
  const counter = openCounter()
  counter.ask(38)
  counter.presentCard()
  counter.reply({ '39': '51' }, 'absent')
  expect(counter.said()).toBe('host.declined.51')
  expect(counter.state()).toMatchObject({
    reversal: null,
    step: { outcome: 'notPaid', mayTryAgain: true },
    slips: [],
  })
  counter.press('0')
  expect(counter.step()).toBe('present')
})

test('an amount that is typed while the last result still stands opens nothing, and charges nobody the old amount', () => {
  for (const code of ['00', '51']) {
    const counter = openCounter()
    counter.ask(38)
    counter.presentCard()
    counter.reply({ '39': code }, code === '00' ? 'good' : 'absent')
    for (const digit of ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const) counter.press(digit)
    expect({ code, step: counter.step() }).toEqual({ code, step: 'result' })
    counter.press('0')
    expect({ code, step: counter.step() }).not.toEqual({ code, step: 'result' })
  }
})

test('no answer: the reversal leaves at once, and only its acknowledgement says that nothing was taken', () => {
  const counter = openCounter()
  counter.ask(38)
  counter.presentCard()
  const step = counter.state().step
  counter.tell({ type: 'hostSilent', stan: step.kind === 'authorizing' ? step.attempt.stan : '' })
  expect(counter.step()).toBe('reversing')
  expect(counter.dos()).toContain('sendReversal')
  expect(counter.state().reversal).toMatchObject({ state: 'sent', reason: '98' })
  counter.replyToReversal('00')
  expect(counter.state()).toMatchObject({
    reversal: null,
    step: { kind: 'result', outcome: 'notPaid' },
  })
  expect(counter.said()).toBe('host.reversed')
})

test('a late approval after its reversal began does not turn the sale approved', () => {
  const counter = openCounter()
  counter.ask(38)
  counter.presentCard()
  const step = counter.state().step
  const stan = step.kind === 'authorizing' ? step.attempt.stan : ''
  counter.tell({ type: 'hostSilent', stan })
  counter.tell({
    type: 'hostReplied',
    stan,
    reply: { mti: '0210', mac: 'good', fields: { '39': '00' } },
  })
  expect(counter.step()).toBe('reversing')
  expect(counter.state().slips).toEqual([])
})

test.each([
  ['another STAN', { '11': '999999' }, 'good', '06'],
  ['another amount', { '4': '000000003801' }, 'good', '06'],
  ['no amount', { '4': '' }, 'good', '06'],
  ['another terminal', { '41': '10000002' }, 'good', '06'],
  ['another merchant', { '42': '898100012345679' }, 'good', '06'],
  ['another processing code', { '3': '200000' }, 'good', '06'],
  ['no reference', { '37': '' }, 'good', '06'],
  ['a code of three characters', { '39': '000' }, 'good', '06'],
  ['a wrong MAC', {}, 'bad', 'A0'],
  ['no MAC', {}, 'absent', 'A0'],
  ['a refusal with a wrong MAC', { '39': '51' }, 'bad', 'A0'],
] as const)('an answer with %s is no answer: it is reversed', (_name, change, mac, reason) => {
  const counter = openCounter()
  counter.ask(38)
  counter.presentCard()
  counter.reply(change, mac)
  expect(counter.state().reversal).toMatchObject({ state: 'sent', reason })
  expect(counter.step()).toBe('reversing')
})

test('a chip has the last word: it refuses after the host approved, and the approval is taken back', () => {
  const counter = openCounter()
  counter.ask(38)
  counter.presentCard({ interface: 'chip' })
  const pin = counter.state().step
  const stan = pin.kind === 'pin' ? pin.attempt.stan : ''
  counter.tell({ type: 'pinEntered', stan })
  counter.reply()
  expect(counter.step()).toBe('completing')
  expect(counter.state().reversal?.state).toBe('armed')
  counter.tell({ type: 'cardCompleted', stan, approved: false, chip: [] })
  expect(counter.state().reversal).toMatchObject({ state: 'sent', reason: '96' })
})

test('cancel after the request left is remembered: an approval that comes is reversed', () => {
  const counter = openCounter()
  counter.ask(38)
  counter.presentCard()
  counter.press('cancel')
  expect(counter.said()).toBe('cancel.willReverse')
  expect(counter.step()).toBe('authorizing')
  counter.reply()
  expect(counter.state().reversal).toMatchObject({ state: 'sent', reason: '06' })
})

test('a payment code is taken once: the same code for a second order is refused before any network', () => {
  const counter = openCounter()
  counter.ask(38)
  counter.presentCode('F1')
  counter.reply()
  counter.press('confirm', 'confirm')
  counter.ask(20)
  counter.presentCode('F1')
  expect(counter.step()).toBe('present')
  expect(counter.said()).toBe('code.REUSED')
})

test('an unreachable host charges nothing, and the code may be shown again', () => {
  const counter = openCounter()
  counter.ask(38)
  counter.presentCode('F1')
  const step = counter.state().step
  counter.tell({
    type: 'hostUnreachable',
    stan: step.kind === 'authorizing' ? step.attempt.stan : '',
  })
  expect(counter.said()).toBe('host.unreachable')
  expect(counter.state()).toMatchObject({ reversal: null, link: 'down', usedCodes: [] })
})

test('a key meant for the page before does nothing', () => {
  const counter = openCounter()
  counter.press('5')
  const page = `amount#${counter.state().page}`
  counter.press('confirm')
  counter.tell({ type: 'keyPressed', page, key: 'confirm' })
  expect(counter.step()).toBe('confirmAmount')
})

test('twenty confirm keys in a row confirm once and never send', () => {
  const counter = openCounter()
  counter.press('5')
  const page = `amount#${counter.state().page}`
  for (let press = 0; press < 20; press++)
    counter.tell({ type: 'keyPressed', page, key: 'confirm' })
  expect(counter.step()).toBe('confirmAmount')
})

test('the scanner comes back while a card is being read: the card that follows still counts', () => {
  const counter = openCounter()
  counter.tell({
    type: 'deviceHealthChanged',
    health: { device: 'qrScanner', troubles: ['garbled'] },
  })
  counter.ask(38)
  counter.tell({ type: 'deviceHealthChanged', health: { device: 'qrScanner', troubles: [] } })
  expect(counter.dos()).toEqual(['armScanner'])
  counter.presentCard()
  expect(counter.step()).toBe('authorizing')
})

test('the reader comes back while the customer waits: it is lit once, and only when its reading had ended', () => {
  const counter = openCounter()
  counter.ask(38)
  counter.tell({
    type: 'deviceHealthChanged',
    health: { device: 'cardReader', troubles: ['gone'] },
  })
  const step = counter.state().step
  counter.tell({
    type: 'cardReadEnded',
    read: step.kind === 'present' ? step.read : 0,
    why: 'deviceFailed',
  })
  counter.tell({ type: 'deviceHealthChanged', health: { device: 'cardReader', troubles: [] } })
  expect(counter.dos()).toEqual(['readCard'])
  counter.tell({
    type: 'deviceHealthChanged',
    health: { device: 'cardReader', troubles: ['noAnswer'] },
  })
  counter.tell({ type: 'deviceHealthChanged', health: { device: 'cardReader', troubles: [] } })
  expect(counter.dos()).toEqual([])
})

test('a cancelled amount leaves no digits behind: what is typed next is what is charged', () => {
  const counter = openCounter()
  counter.press('1', '2', 'confirm', 'confirm', 'cancel')
  expect(counter.state().step).toMatchObject({ kind: 'amount', typed: '' })
  counter.press('1', '2', 'confirm', 'cancel', '3', '8', '.', '5', 'confirm')
  expect(counter.state().step).toMatchObject({ kind: 'confirmAmount', order: { dueMinor: 3850 } })
})

test('backspace on the confirm page gives the amount back to be mended', () => {
  const counter = openCounter()
  counter.press('1', '2', 'confirm', 'backspace')
  expect(counter.state().step).toMatchObject({ kind: 'amount', typed: '12' })
})

test('while the first copy is not on paper there is nothing to tear: confirm leaves and the second copy keeps waiting', () => {
  const counter = openCounter()
  counter.tell({
    type: 'deviceHealthChanged',
    health: { device: 'printer', troubles: ['paperOut'] },
  })
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  counter.press('confirm')
  expect(counter.step()).toBe('amount')
  expect(counter.state().slips.map((job) => job.state)).toEqual(['queued', 'awaitingTear'])
  counter.tell({ type: 'deviceHealthChanged', health: { device: 'printer', troubles: [] } })
  counter.tell({
    type: 'printEnded',
    job: counter.state().slips[0]?.slip.job ?? '',
    outcome: { kind: 'printed', proof: 'processId' },
  })
  expect(counter.dos()).toEqual(['startTimer'])
})

test('the cashier says that an unsure slip is on paper: the copies behind it print', () => {
  const counter = openCounter()
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  counter.tell({
    type: 'printEnded',
    job: counter.state().slips[0]?.slip.job ?? '',
    outcome: { kind: 'unsure' },
  })
  counter.press('cancel')
  counter.ask(5)
  counter.presentCard()
  counter.reply({ '37': '112112000002' })
  const unsure = counter.state().slips.find((job) => job.state === 'unsure')
  const page = `result#${counter.state().page}`
  counter.tell({
    type: 'optionChosen',
    page,
    option: 'paperComplete',
    item: unsure?.slip.job ?? '',
  })
  expect(counter.state().slips.some((job) => job.state === 'queued')).toBe(false)
})

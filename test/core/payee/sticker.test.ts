/** The shop's own receive code, looked at from its sticker. */
import { expect, test } from 'vitest'
import { pageName } from '#core/terminal/decision.ts'
import { type Counter, counterFrom, SETUP } from '../counter.ts'

const OPERATORS = [
  { number: '01', role: 'cashier' },
  { number: '00', role: 'supervisor' },
] as const

/** First PINs chosen, devices well, nobody signed in. */
function closedShop(daily = true): Counter {
  const setup = { ...SETUP, operators: OPERATORS, payee: { daily } }
  const counter = counterFrom(undefined, setup)
  counter.tell({ type: 'started', setup, keysReady: false })
  for (const device of ['printer', 'pinPad', 'cardReader', 'qrScanner'] as const)
    counter.tell({ type: 'deviceHealthChanged', health: { device, troubles: [] } })
  for (const { number } of OPERATORS)
    counter.tell({
      type: 'operatorPinChosen',
      page: pageName(counter.state()),
      operator: number,
      credential: 'salt:hash',
    })
  return counter
}

function signIn(counter: Counter, operator: string): void {
  const page = pageName(counter.state())
  counter.tell({ type: 'operatorChecked', page, operator, correct: true })
}

function option(counter: Counter, chosen: string, item = ''): void {
  const page = pageName(counter.state())
  counter.tell({ type: 'optionChosen', page, option: chosen, item })
}

function signOut(counter: Counter): void {
  counter.press('menu')
  option(counter, 'signOut')
}

const read = (payee?: 'own' | 'foreign', why = 'PAYEE_CODE_WECHAT') =>
  ({ type: 'codeRefused', why, digits: 40, ...(payee === undefined ? {} : { payee }) }) as const

test('the first sign-in of a day asks for the sticker with the scanner lit; the second one does not', () => {
  const counter = closedShop()
  signIn(counter, '01')
  expect(counter.step()).toBe('checkSticker')
  expect(counter.dos()).toContain('armScanner')
  counter.tell(read('own'))
  expect([counter.step(), counter.said()]).toEqual(['amount', 'sticker.right'])
  expect(counter.dos()).toContain('disarmScanner')
  signOut(counter)
  signIn(counter, '00')
  expect(counter.step()).toBe('amount')
})

test('a look that was put off is asked for again at the next sign-in', () => {
  const counter = closedShop()
  signIn(counter, '01')
  counter.press('cancel')
  expect([counter.step(), counter.said()]).toEqual(['amount', 'sticker.putOff'])
  signOut(counter)
  signIn(counter, '01')
  expect(counter.step()).toBe('checkSticker')
})

test('a foreign code is an alarm that nobody passes unread, and stands until a supervisor clears it', () => {
  const counter = closedShop()
  signIn(counter, '01')
  counter.tell(read('foreign'))
  expect(counter.said()).toBe('sticker.foreign')
  counter.press('cancel')
  expect(counter.step()).toBe('checkSticker')
  counter.press('confirm')
  expect(counter.step()).toBe('amount')
  counter.press('menu')
  option(counter, 'openItems')
  option(counter, 'clearSticker', 'sticker')
  expect(counter.said()).toBe('sticker.supervisorClears')
  expect(counter.state().sticker?.wrongSince).toBeGreaterThan(0)
  option(counter, 'back')
  signOut(counter)
  signIn(counter, '00')
  counter.press('cancel')
  counter.press('menu')
  option(counter, 'openItems')
  option(counter, 'clearSticker', 'sticker')
  expect(counter.said()).toBe('sticker.cleared')
  expect(counter.state().sticker?.wrongSince).toBe(0)
})

test('our own code under the scanner does not silence the alarm of a foreign one', () => {
  const counter = closedShop(false)
  signIn(counter, '01')
  counter.press('menu')
  option(counter, 'next')
  option(counter, 'checkSticker')
  counter.tell(read('foreign'))
  counter.press('confirm', 'menu')
  option(counter, 'openItems')
  option(counter, 'checkSticker', 'sticker')
  counter.tell(read('own'))
  expect(counter.said()).toBe('sticker.rightButStanding')
  expect(counter.state().sticker?.wrongSince).toBeGreaterThan(0)
})

test('the alarm of a foreign code is still there after a power cut', () => {
  const counter = closedShop()
  signIn(counter, '01')
  counter.tell(read('foreign'))
  const wrongSince = counter.state().sticker?.wrongSince
  counter.restart()
  expect(wrongSince).toBeGreaterThan(0)
  expect(counter.state().sticker?.wrongSince).toBe(wrongSince)
})

test("a customer's payment code held up as the sticker is named, forgotten, and nothing is sent", () => {
  const counter = closedShop()
  signIn(counter, '01')
  counter.presentCode()
  expect([counter.step(), counter.said()]).toEqual(['checkSticker', 'sticker.paymentCode'])
  expect(counter.dos()).toEqual(['forgetTender'])
})

test.each([
  ['own', 'code.OWN_PAYEE'],
  ['foreign', 'code.PAYEE_CODE_WECHAT'],
] as const)(
  'a receive code (%s) where a customer is to pay is named as what it is and never charged',
  (payee, said) => {
    const counter = counterFrom()
    counter.open()
    counter.ask(38)
    counter.tell(read(payee))
    expect([counter.step(), counter.said()]).toEqual(['present', said])
    expect(counter.dos()).not.toContain('sendRequest')
  },
)

test('what is no receive code at all is neither right nor an alarm', () => {
  const counter = closedShop()
  signIn(counter, '01')
  counter.tell(read(undefined, 'GOODS_BARCODE'))
  expect([counter.step(), counter.said()]).toEqual(['checkSticker', 'sticker.unreadable'])
  expect(counter.state().sticker).toBeUndefined()
})

test('without a code in the configuration there is nothing to compare with, and that is said', () => {
  const counter = counterFrom()
  counter.open()
  counter.press('menu')
  option(counter, 'next')
  option(counter, 'checkSticker')
  expect(counter.said()).toBe('sticker.notConfigured')
})

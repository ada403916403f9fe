/** What a key or a tap becomes, page by page. */
import { expect, test } from 'vitest'
import type { Action, CounterPage } from '#shell/api/view.ts'
import { type DeskKeys, deskKeys } from '#web/client/keys/desk-keys.ts'
import { keyOf } from '#web/client/keys/keys.ts'
import type { Sound } from '#web/client/sound/sound-of.ts'
import { DINNER, viewOf } from './fixtures/parts.ts'
import { FIXTURES } from './fixtures.ts'

type Desk = DeskKeys & {
  readonly sent: Action[]
  readonly tones: Sound[]
  show(counter: CounterPage, page: string): void
  pass(ms: number): void
}

function desk(connected = true): Desk {
  const sent: Action[] = []
  const tones: Sound[] = []
  let now = 0
  const send = (action: Action): boolean => {
    if (connected) sent.push(action)
    return connected
  }
  const keys = deskKeys(
    send,
    (tone) => void tones.push(tone),
    () => now,
  )
  return {
    ...keys,
    sent,
    tones,
    show: (counter, page) => keys.turn({ ...viewOf({ counter }), page }),
    pass: (ms) => void (now += ms),
  }
}

const amountPage: CounterPage = { kind: 'amount', typed: '', amount: DINNER }

function pageNamed(name: string): CounterPage {
  const found = FIXTURES.find((fixture) => fixture.name === name)
  if (found === undefined) throw new Error(`no fixture ${name}`)
  return found.view.counter
}

test('a key quotes the page that was shown when it was pressed', () => {
  const counter = desk()
  counter.show(amountPage, 'p7')
  counter.pass(300)
  counter.press('3')
  expect(counter.sent).toEqual([{ type: 'key', page: 'p7', key: '3' }])
})

test('a key within 300 ms of a new page is dropped, so a double tap cannot answer the next question', () => {
  const counter = desk()
  counter.show(amountPage, 'p1')
  counter.pass(300)
  counter.press('confirm')
  counter.show({ kind: 'confirmAmount', amount: DINNER }, 'p2')
  counter.pass(299)
  counter.press('confirm')
  counter.choose('back')
  expect(counter.sent).toEqual([{ type: 'key', page: 'p1', key: 'confirm' }])
})

test('a new view of the same page does not hold up typing', () => {
  const counter = desk()
  counter.show(amountPage, 'p1')
  counter.pass(300)
  counter.press('3')
  counter.show({ ...amountPage, typed: '3' }, 'p1')
  counter.press('8')
  expect(counter.sent).toHaveLength(2)
})

test('the digit printed on an option chooses it', () => {
  const counter = desk()
  counter.show(pageNamed('menu-first'), 'p1')
  counter.pass(300)
  counter.press('8')
  expect(counter.sent).toEqual([{ type: 'option', page: 'p1', option: 'refund' }])
})

test('on the open items page a digit is about the item that is picked, and 0 goes back', () => {
  const counter = desk()
  counter.show(pageNamed('open-items'), 'p1')
  counter.pass(300)
  counter.press('1')
  counter.move(1)
  counter.press('1')
  counter.press('0')
  expect(counter.sent).toEqual([
    { type: 'option', page: 'p1', option: 'retryReversal', item: 'i1' },
    { type: 'option', page: 'p1', option: 'paperComplete', item: 'i2' },
    { type: 'option', page: 'p1', option: 'back' },
  ])
})

test('an option on the records page is about the record that is picked, and the list has ends', () => {
  const counter = desk()
  counter.show(pageNamed('records'), 'p1')
  counter.pass(300)
  counter.move(1)
  counter.move(1)
  counter.press('1')
  for (let step = 0; step < 9; step += 1) counter.move(1)
  counter.press('1')
  expect(counter.sent).toMatchObject([{ item: 'r2' }, { item: 'r4' }])
})

test('after a wrong PIN the operator number stays and the PIN is gone', () => {
  const counter = desk()
  counter.show({ kind: 'signIn' }, 'p1')
  counter.pass(300)
  for (const key of ['0', '1', 'confirm', '9', '9', 'confirm'] as const) counter.press(key)
  counter.show({ kind: 'signIn' }, 'p2')
  expect(counter.sent).toEqual([{ type: 'signIn', page: 'p1', operator: '01', pin: '99' }])
  expect(counter.entry.value).toMatchObject({ operator: '01', pin: '', step: 'pin' })
})

test('digits of a sign-in do not survive the page: the next operator starts empty', () => {
  const counter = desk()
  counter.show({ kind: 'signIn' }, 'p1')
  counter.pass(300)
  counter.press('7')
  counter.show(amountPage, 'p2')
  counter.show({ kind: 'signIn' }, 'p3')
  expect(counter.entry.value.operator).toBe('')
})

test('without a terminal a key is refused with a sound and never kept for later', () => {
  const counter = desk(false)
  counter.show(amountPage, 'p1')
  counter.pass(300)
  counter.press('3')
  expect(counter.sent).toEqual([])
  expect(counter.tones).toEqual(['refused'])
  counter.turn(null)
  counter.pass(300)
  counter.press('4')
  expect(counter.tones).toHaveLength(1)
})

test.each([
  ['Enter', 'confirm'],
  ['Escape', 'cancel'],
  ['Backspace', 'backspace'],
  ['Delete', 'clear'],
  ['F1', 'menu'],
  ['m', 'menu'],
  ['.', '.'],
  ['0', '0'],
  ['q', null],
])('the key %s means %s', (name, key) => {
  expect(keyOf(name)).toBe(key)
})

test('cancel takes back what was typed of a hand-over first, then leads back to the sale that waits', () => {
  const counter = desk()
  counter.show({ kind: 'handOver', amount: DINNER }, 'p1')
  counter.pass(300)
  for (const key of ['0', '2', 'cancel'] as const) counter.press(key)
  expect(counter.sent).toEqual([])
  counter.press('cancel')
  expect(counter.sent).toEqual([{ type: 'key', page: 'p1', key: 'cancel' }])
})

test('a digit chooses what was wrong with a payment', () => {
  const counter = desk()
  counter.show(pageNamed('what-was-wrong'), 'p1')
  counter.pass(300)
  counter.press('3')
  expect(counter.sent).toEqual([{ type: 'option', page: 'p1', option: 'paidTwice' }])
})

test('whatever key is pressed over the help takes it away and does nothing else, and so does a new page', () => {
  const counter = desk()
  counter.show({ kind: 'confirmAmount', amount: DINNER }, 'p1')
  counter.pass(300)
  counter.askHelp()
  expect(counter.isHelping.value).toBe(true)
  counter.press('confirm')
  expect(counter.isHelping.value).toBe(false)
  expect(counter.sent).toEqual([])
  counter.askHelp()
  counter.show(amountPage, 'p2')
  expect(counter.isHelping.value).toBe(false)
})

test('digits of a payment code stay on the screen until they are whole, and leave it in one action', () => {
  const counter = desk()
  counter.show({ ...presentPage(), mayType: true }, 'p1')
  counter.pass(300)
  for (const key of ['1', '3', '4', 'backspace', '5', 'confirm'] as const) counter.press(key)
  expect(counter.sent).toEqual([{ type: 'code', page: 'p1', digits: '135' }])
  expect(counter.code.value).toBeNull()
})

test('cancel gives up the digits first, then the wait; where no code is typed a digit is a key of the page', () => {
  const counter = desk()
  counter.show({ ...presentPage(), mayType: true }, 'p1')
  counter.pass(300)
  for (const key of ['1', 'cancel', 'cancel'] as const) counter.press(key)
  expect(counter.sent).toEqual([{ type: 'key', page: 'p1', key: 'cancel' }])
  counter.show(presentPage(), 'p2')
  counter.pass(300)
  counter.press('1')
  expect(counter.sent.at(-1)).toEqual({ type: 'key', page: 'p2', key: '1' })
})

function presentPage(): Extract<CounterPage, { kind: 'present' }> {
  const wait = { startedAt: 0, deadlineAt: 90_000 }
  return { kind: 'present', amount: DINNER, wait, means: ['code'] }
}

/** What may come in from a page. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAction } from '#web/action-frame.ts'

test.each([
  { type: 'key', page: 'p1', key: '00' },
  { type: 'key', page: 'p1', key: 'confirm' },
  { type: 'option', page: 'p1', option: 'reprint', item: 'r1' },
  { type: 'option', page: 'p1', option: 'back' },
  { type: 'signIn', page: 'p1', operator: '01', pin: '2580' },
  { type: 'newPin', page: 'p1', operator: '99', pin: '2580' },
  { type: 'locale', screen: 'customer', locale: 'en' },
])('an action the screens send is read as it is: $type', (action) => {
  expect(readAction(JSON.stringify(action))).toEqual({ ok: true, action })
})

test.each([
  ['a key that no terminal has', { type: 'key', page: 'p1', key: 'F9' }],
  ['a key without its page', { type: 'key', key: '1' }],
  ['an unknown kind', { type: 'approve', page: 'p1' }],
  ['a PIN with letters', { type: 'signIn', page: 'p1', operator: '01', pin: 'abcd' }],
  ['a number far too long', { type: 'signIn', page: 'p1', operator: '0'.repeat(13), pin: '1' }],
  ['a field that does not belong', { type: 'key', page: 'p1', key: '1', amount: 5 }],
  ['an empty page name', { type: 'option', page: '', option: 'back' }],
  ['a list', []],
  ['nothing', null],
])('%s is refused', (_, frame) => {
  expect(readAction(JSON.stringify(frame))).toMatchObject({ ok: false })
})

test('the refusal of a PIN names the field and never quotes the digits', () => {
  const read = readAction(
    JSON.stringify({ type: 'signIn', page: 'p', operator: '01', pin: '2580x' }),
  )
  expect(read).toEqual({ ok: false, why: 'unknown value in pin' })
})

test('whatever text arrives, the answer is an outcome and not a crash', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(readAction(text).ok).toBe(false)
    }),
  )
})

/** What may come in from a page. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readFrame } from '#web/action-frame.ts'

test.each([
  { type: 'key', page: 'p1', key: '00' },
  { type: 'key', page: 'p1', key: 'confirm' },
  { type: 'option', page: 'p1', option: 'reprint', item: 'r1' },
  { type: 'option', page: 'p1', option: 'back' },
  { type: 'signIn', page: 'p1', operator: '01', pin: '2580' },
  { type: 'newPin', page: 'p1', operator: '99', pin: '2580' },
  { type: 'locale', screen: 'customer', locale: 'en' },
])('an action the screens send is read as it is: $type', (action) => {
  const frame = { type: 'act', revision: 7, action }
  expect(readFrame(JSON.stringify(frame))).toEqual({ ok: true, frame })
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
])('%s is refused', (_, action) => {
  expect(readFrame(JSON.stringify({ type: 'act', revision: 7, action }))).toMatchObject({
    ok: false,
  })
})

test.each([
  ['an action that does not say on which view it was done', { type: 'act', action: {} }],
  ['a hello of no screen', { type: 'hello', screen: 'bench', token: 'a' }],
  [
    'a hello with a token of any length',
    { type: 'hello', screen: 'counter', token: 'a'.repeat(65) },
  ],
  ['a bare action', { type: 'key', page: 'p1', key: '1' }],
  ['a list', []],
])('%s is no frame', (_, frame) => {
  expect(readFrame(JSON.stringify(frame)).ok).toBe(false)
})

test('the refusal of a PIN names the field and never quotes the digits', () => {
  const action = { type: 'signIn', page: 'p', operator: '01', pin: '2580x' }
  const read = readFrame(JSON.stringify({ type: 'act', revision: 7, action }))
  expect(read).toEqual({ ok: false, why: 'unknown value in action.pin' })
})

test('whatever text arrives, the answer is an outcome and not a crash', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(readFrame(text).ok).toBe(false)
    }),
  )
})

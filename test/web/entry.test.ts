/** Typing an operator number and a PIN. */
import { expect, test } from 'vitest'
import type { Key } from '#shell/api/view.ts'
import { type Entry, newPinEntry, type Pressed, press, signInEntry } from '#web/client/entry.ts'

function type(entry: Entry, keys: readonly Key[], twice: boolean): Pressed {
  let pressed: Pressed = { entry, done: null, refused: false }
  for (const key of keys) pressed = press(pressed.entry, key, twice)
  return pressed
}

test('operator number, confirm, PIN, confirm: both are handed over and the PIN is forgotten', () => {
  const pressed = type(signInEntry(''), ['0', '1', 'confirm', '2', '5', '8', '0', 'confirm'], false)
  expect(pressed.done).toEqual({ operator: '01', pin: '2580' })
  expect(pressed.entry).toEqual(signInEntry('01'))
})

test('backspace on an empty PIN goes back to the operator number', () => {
  expect(type(signInEntry('01'), ['backspace'], false).entry).toMatchObject({
    step: 'operator',
    operator: '01',
  })
})

test('cancel forgets everything', () => {
  expect(type(signInEntry('01'), ['2', '5', 'cancel'], false).entry).toEqual(signInEntry(''))
})

test('a new PIN is asked for twice and handed over once when both are equal', () => {
  const pressed = type(
    newPinEntry('99'),
    ['2', '5', '8', 'confirm', '2', '5', '8', 'confirm'],
    true,
  )
  expect(pressed.done).toEqual({ operator: '99', pin: '258' })
})

test('two different new PINs start over and nothing is handed over', () => {
  const pressed = type(newPinEntry('99'), ['2', '5', 'confirm', '2', '6', 'confirm'], true)
  expect(pressed).toEqual({
    entry: { ...newPinEntry('99'), mismatch: true },
    done: null,
    refused: false,
  })
})

test('the note about different entries goes away with the next digit', () => {
  const pressed = type(newPinEntry('99'), ['2', 'confirm', '3', 'confirm', '7'], true)
  expect(pressed.entry.mismatch).toBe(false)
})

test('more than twelve digits, an empty confirm and a decimal point are refused', () => {
  const full = type(signInEntry(''), Array<Key>(12).fill('1'), false).entry
  expect(press(full, '1', false)).toMatchObject({ refused: true, entry: full })
  expect(press(signInEntry(''), 'confirm', false).refused).toBe(true)
  expect(press(signInEntry('01'), '.', false).refused).toBe(true)
})

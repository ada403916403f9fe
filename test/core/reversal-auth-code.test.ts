import { expect, test } from 'vitest'
import { counterFrom } from './counter.ts'

test('an approval that comes after the cashier pressed cancel: its reversal knows the authorization code', () => {
  const counter = counterFrom()
  counter.open()
  counter.ask(38)
  counter.presentCard()
  counter.press('cancel')
  counter.reply()
  expect(counter.state().reversal).toMatchObject({ state: 'sent', authCode: 'A12345' })
})

test('an answer that proves nothing leaves no authorization code behind', () => {
  const counter = counterFrom()
  counter.open()
  counter.ask(38)
  counter.presentCard()
  counter.reply({}, 'bad')
  expect(counter.state().reversal?.authCode).toBeUndefined()
})

import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { loadCards } from '../rig/cards.ts'
import { createPhones, type Phones } from '../rig/phones.ts'

const CARDS_FILE = fileURLToPath(new URL('../rig/cards.yaml', import.meta.url))

function countingPhones(): Phones {
  let digit = 0
  return createPhones(loadCards(CARDS_FILE), () => {
    digit = (digit + 1) % 10
    return digit
  })
}

test.each([
  ['wechat', /^13\d{16}$/],
  ['alipay', /^28\d{16}$/],
  ['unionpay', /^62\d{17}$/],
])('the payment code of %s has its prefix and length', (wallet, shape) => {
  const phones = countingPhones()
  expect(phones.open('left', wallet)).toBe(true)
  expect(phones.holdUp('left')).toMatch(shape)
})

test('a wallet shows a new code each time, because a code pays once', () => {
  const phones = countingPhones()
  const codes = [phones.holdUp('left'), phones.holdUp('left'), phones.holdUp('left')]
  expect(new Set(codes).size).toBe(3)
})

test('the code on the screen is the code that is read', () => {
  const phones = countingPhones()
  const onScreen = phones.state().find(({ id }) => id === 'right')?.text
  expect(phones.holdUp('right')).toBe(onScreen)
})

test('a goods barcode is the same goods barcode every time', () => {
  const phones = countingPhones()
  phones.open('left', 'goods')
  expect([phones.holdUp('left'), phones.holdUp('left')]).toEqual(['6901234567892', '6901234567892'])
})

test('the code used last can be found again, for the customer who kept a screenshot', () => {
  const phones = countingPhones()
  expect(phones.last()).toBeNull()
  const used = phones.holdUp('left')
  expect(phones.last()).toBe(used)
})

test('a phone cannot open what it does not have', () => {
  const phones = countingPhones()
  const before = phones.state()
  expect(phones.open('left', 'cash')).toBe(false)
  expect(phones.state()).toEqual(before)
})

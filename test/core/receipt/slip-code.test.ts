import { expect, test } from 'vitest'
import { readSlipCode, slipCodeOf } from '#core/receipt/slip-code.ts'

const NUMBERS = {
  batch: '000001',
  trace: '000012',
  reference: '112120461234',
  terminalNumber: '10000001',
}

test('the bar code names batch and voucher number, and starts with a letter, which no payment code does', () => {
  const code = slipCodeOf(NUMBERS)
  expect(code).toMatch(/^S000001000012\d{4}$/)
  expect(readSlipCode(code ?? '')).toMatchObject({ batch: '000001', trace: '000012' })
})

test.each([
  ['another reference', { reference: '112120461235' }],
  ['the same reference with two digits swapped', { reference: '112120461243' }],
  ['another terminal', { terminalNumber: '10000002' }],
  ['no reference at all', { reference: '' }],
])('a slip with %s has other check digits', (_what, change) => {
  expect(slipCodeOf({ ...NUMBERS, ...change })).not.toBe(slipCodeOf(NUMBERS))
})

test('each digit of batch and voucher number counts: no single misread digit gives a code that fits', () => {
  const code = slipCodeOf(NUMBERS) ?? ''
  for (let at = 1; at <= 12; at++)
    for (const digit of '0123456789') {
      const misread = code.slice(0, at) + digit + code.slice(at + 1)
      if (misread === code) continue
      const { batch, trace } = readSlipCode(misread) ?? { batch: '', trace: '' }
      expect(slipCodeOf({ ...NUMBERS, batch, trace })).not.toBe(misread)
    }
})

test('no bar code where batch or voucher number are not six digits', () => {
  expect(slipCodeOf({ ...NUMBERS, trace: '' })).toBeNull()
  expect(slipCodeOf({ ...NUMBERS, batch: '12345A' })).toBeNull()
})

test.each([
  '',
  '000012',
  'S00000100001',
  's0000010000121234',
  'S00000100001212345',
  '134567890123456789',
])('"%s" is no code of a slip', (text) => expect(readSlipCode(text)).toBeNull())

test('batch, voucher number and check digits stand at their places, the check digits always four', () => {
  const numbers = { ...NUMBERS, reference: '112120460240' }
  expect(slipCodeOf(NUMBERS)).toBe('S0000010000124071')
  expect(slipCodeOf(numbers)).toBe('S0000010000120032')
  expect(readSlipCode('S0000010000124071')).toEqual({
    batch: '000001',
    trace: '000012',
    check: '4071',
  })
})

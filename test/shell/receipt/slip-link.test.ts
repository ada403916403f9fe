/** The address of a slip on a phone: which payment it names, who can make it, and what is never in it. */
import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { initialState } from '#core/terminal/recover.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { slipLinkSection } from '#shell/config/sections/slip-link.ts'
import { codePicture } from '#shell/receipt/code-picture.ts'
import { slipLinkOf } from '#shell/receipt/slip-link.ts'
import { counterFrom } from '../../core/counter.ts'
import { readCode, squaresOf } from '../../web/read-code.ts'

const SECRET = '0123456789abcdef0123456789abcdef'
const URL_WITH_ALL =
  'https://slips.shop.example/{terminal}/{batch}/{trace}?r={reference}&a={amount}&d={date}&t={token}'
const LINK = { url: URL_WITH_ALL, secret: SECRET }

/** A card sale of 38 yuan, on its result page. */
function paid(): TerminalState {
  const counter = counterFrom()
  counter.open()
  counter.ask(38)
  counter.presentCard()
  counter.reply()
  expect(counter.step()).toBe('result')
  return counter.state()
}

test('it names the payment on the page, and its token is an HMAC over the same numbers', () => {
  const state = paid()
  const slip = state.recent.at(-1)?.slip
  if (slip === undefined || slip === null) throw new Error('nothing was sold')
  const { batch, dateTime, merchantNumber, reference, terminalNumber, trace } = slip
  const date = dateTime.slice(0, 10)
  const named = [terminalNumber, merchantNumber, batch, trace, reference, '3800', date].join('|')
  const digest = createHmac('sha256', SECRET).update(named).digest()
  const token = digest.subarray(0, 16).toString('base64url')
  expect(slipLinkOf(state, LINK)).toBe(
    `https://slips.shop.example/${terminalNumber}/${batch}/${trace}?r=${reference}&a=3800&d=${date}&t=${token}`,
  )
})

test('a phone reads the address off its code', () => {
  const address = slipLinkOf(paid(), LINK) ?? ''
  const picture = codePicture(address)
  expect(picture === null ? null : readCode(squaresOf(picture.path, picture.size, 3))).toBe(address)
})

test('nothing of the card is in it, and another secret makes another token', () => {
  const state = paid()
  const address = slipLinkOf(state, LINK) ?? ''
  for (const digits of ['622202', '0012']) expect(address.split('t=')[0]).not.toContain(digits)
  const other = slipLinkOf(state, { ...LINK, secret: SECRET.replaceAll('0', '1') })
  expect(other).not.toBe(address)
})

describe('there is none', () => {
  test('before anything was paid', () => {
    expect(slipLinkOf(initialState(), LINK)).toBeNull()
  })

  test('of what was refused', () => {
    const counter = counterFrom()
    counter.open()
    counter.ask(38)
    counter.presentCard()
    counter.reply({ '39': '51' })
    expect(slipLinkOf(counter.state(), LINK)).toBeNull()
  })

  test('in a drill', () => {
    const state = paid()
    expect(slipLinkOf({ ...state, setup: { ...state.setup, drill: true } }, LINK)).toBeNull()
  })
})

test.each([
  ['without a token anybody could count through slips', 'https://slips.shop.example/{trace}'],
  ['nothing of a card may be asked for', 'https://slips.shop.example/{card}?t={token}'],
  ['in the clear', 'http://slips.shop.example/?t={token}'],
  ['a mark that no code of ours carries', 'https://slips.shop.example/a;b?t={token}'],
])('refused as a setting: %s', (_, url) => {
  expect(slipLinkSection.safeParse({ url, secret: SECRET }).success).toBe(false)
  expect(slipLinkSection.safeParse({ url: URL_WITH_ALL, secret: SECRET }).success).toBe(true)
})

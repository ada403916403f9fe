/** Digits of a code that were keyed in belong to the page on which the customer pays. Wherever else they arrive, they prove nothing and move nothing. */
import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import type { EventBody, Key } from '#core/terminal/event.ts'
import { type Counter, SETUP } from './counter.ts'
import { openShop, sell } from './two-people.ts'

const CODE = {
  handle: 'code-t',
  channel: 'wechat',
  masked: '**************6741',
  fingerprint: 'FT',
} as const
const OTHERS_SLIP = {
  batch: '000007',
  trace: '000123',
  check: '4711',
} as const

/** The keys that lead there from the empty amount page, after a sale. */
const PAGES: readonly [string, readonly Key[]][] = [
  ['amount', []],
  ['confirmAmount', ['5', 'confirm']],
  ['findOriginal', ['menu', '8']],
  ['records', ['menu', '2']],
  ['openItems', ['menu', '3']],
  ['totals', ['menu', '0']],
  ['checkSticker', ['menu', '9', '8']],
]

const EVENTS: readonly EventBody[] = [
  { type: 'codeAccepted', code: CODE, typed: true },
  { type: 'codeDoubted', code: CODE, why: 'RESIDENT_ID', typed: true },
  { type: 'codeRefused', why: 'NOT_A_PAYMENT_CODE', digits: 9, typed: true },
  {
    type: 'codeRefused',
    why: 'SLIP_CODE',
    digits: 17,
    record: null,
    slip: OTHERS_SLIP,
    typed: true,
  },
]

function on(keys: readonly Key[]): Counter {
  const counter = openShop({
    codes: { mergeMs: 0, secondPhoneMs: 0, unreadableTries: 3, typedMostMinor: minor(10_000) },
    slips: { ...SETUP.slips, copies: [] },
    payee: { daily: false },
    refundGuard: { coolOffMs: 0, otherTerminals: ['10000002'] },
  })
  sell(counter, 38)
  counter.press(...keys)
  return counter
}

test.each(PAGES)('typed digits that arrive on the page %s leave it as it is', (page, keys) => {
  for (const event of EVENTS) {
    const counter = on(keys)
    expect(counter.step()).toBe(page)
    const { at: _at, tone: _tone, ...before } = counter.state()
    counter.tell(event)
    expect(counter.state()).toMatchObject(before)
    expect(counter.dos()).toEqual(event.type === 'codeRefused' ? [] : ['forgetTender'])
  }
})

/** Payment codes under the scanner: two phones, dirty windows, codes of yesterday. */
import { expect, test } from 'vitest'
import { pageName } from '#core/terminal/decision.ts'
import type { Setup } from '#core/terminal/setup.ts'
import { type Counter, counterFrom, SETUP } from './counter.ts'

const CODES = { mergeMs: 300, secondPhoneMs: 1000, unreadableTries: 3 }
const WATCHFUL: Setup = { ...SETUP, codes: CODES }

/** Ready to sell, the amount confirmed, reader and scanner on. */
function asking(setup: Setup = WATCHFUL): Counter {
  const counter = counterFrom(undefined, setup)
  counter.open()
  counter.ask(38)
  return counter
}

const ends = (counter: Counter) => counter.tell({ type: 'timerFired', timer: 'codes' })

test('a code waits a moment before it is charged; nothing leaves in that time', () => {
  const counter = asking()
  counter.presentCode('F1')
  expect(counter.step()).toBe('present')
  expect(counter.dos()).not.toContain('sendRequest')
  ends(counter)
  expect(counter.step()).toBe('authorizing')
  expect(counter.dos()).toContain('sendRequest')
})

test('the same code read twice in that moment is one code', () => {
  const counter = asking()
  counter.presentCode('F1')
  counter.presentCode('F1')
  expect(counter.dos()).toEqual(['forgetTender'])
  ends(counter)
  expect(counter.step()).toBe('authorizing')
})

test('two phones in that moment: neither is charged, both codes are forgotten, and one alone pays then', () => {
  const counter = asking()
  counter.presentCode('F1')
  counter.presentCode('F2')
  expect(counter.said()).toBe('code.TWO_CODES')
  expect(counter.dos().filter((effect) => effect === 'forgetTender')).toHaveLength(2)
  expect(counter.dos()).toContain('readCard')
  ends(counter)
  expect(counter.step()).toBe('present')
  counter.presentCode('F2')
  ends(counter)
  expect(counter.state().step).toMatchObject({
    kind: 'authorizing',
    attempt: { tender: { code: { fingerprint: 'F2' } } },
  })
})

test('another phone after the request has left: the first one pays, and the cashier is told which', () => {
  const counter = asking()
  counter.presentCode('F1')
  expect(ends(counter)).toContainEqual({ do: 'startTimer', timer: 'codes', ms: 1000 })
  counter.presentCode('F2')
  expect(counter.said()).toBe('code.SECOND_PHONE')
  expect(counter.state().message?.params).toEqual({ last4: '6741' })
  expect(counter.dos()).toEqual(['forgetTender', 'disarmScanner', 'stopTimer'])
  counter.reply()
  expect(counter.state().step).toMatchObject({ kind: 'result', outcome: 'approved' })
})

test('a card that is tapped while a code waits is not charged as well', () => {
  const counter = asking()
  counter.presentCode('F1')
  counter.presentCard()
  expect(counter.dos()).toEqual(['forgetTender'])
  ends(counter)
  expect(counter.state().step).toMatchObject({
    kind: 'authorizing',
    attempt: { tender: { kind: 'code' } },
  })
})

test('cancel while a code waits: it is forgotten and nothing is sent', () => {
  const counter = asking()
  counter.presentCode('F1')
  counter.press('cancel')
  expect(counter.dos()).toContain('forgetTender')
  ends(counter)
  expect(counter.step()).toBe('amount')
})

test('a doubted code waits as well, and is asked about then', () => {
  const counter = asking()
  const code = { handle: 'c', channel: 'unionpay', masked: '****0012', fingerprint: 'F1' } as const
  counter.tell({ type: 'codeDoubted', code, why: 'PAN_LOOKALIKE' })
  expect(counter.step()).toBe('present')
  ends(counter)
  expect(counter.step()).toBe('confirmCode')
})

test('three unreadable codes in a row: clean the window or take a card; a well-read wrong one starts the count anew', () => {
  const counter = asking()
  const refused = (why: string) => {
    counter.tell({ type: 'codeRefused', why, digits: 9, fingerprint: 'X' })
    return counter.said()
  }
  expect([refused('BAD_LENGTH'), refused('DOUBLE_READ')]).toEqual([
    'code.BAD_LENGTH',
    'code.DOUBLE_READ',
  ])
  expect(refused('CONTACT_CARD')).toBe('code.CONTACT_CARD')
  expect([refused('BAD_CHAR'), refused('BAD_CHAR')]).toEqual(['code.BAD_CHAR', 'code.BAD_CHAR'])
  expect(refused('BAD_LENGTH')).toBe('code.CLEAN_WINDOW')
})

test('half a code from the scanner is said to be half a code, while somebody waits for it', () => {
  const counter = asking()
  const health = { device: 'qrScanner', troubles: ['garbled'] } as const
  counter.tell({ type: 'deviceHealthChanged', health })
  expect(counter.said()).toBe('code.TRUNCATED')
  counter.press('cancel')
  counter.tell({ type: 'deviceHealthChanged', health: { device: 'qrScanner', troubles: [] } })
  counter.tell({ type: 'deviceHealthChanged', health })
  expect(counter.said()).toBe('present.cancelled')
})

test('a pad that has protected itself is not called disconnected', () => {
  const counter = asking()
  counter.presentCard({ verification: 'onlinePin' })
  const { step } = counter.state()
  const stan = step.kind === 'pin' ? step.attempt.stan : ''
  counter.tell({ type: 'pinEnded', stan, why: 'deviceFailed', trouble: 'tampered' })
  expect(counter.said()).toBe('pin.tampered')
})

test('a code payment of yesterday cannot be voided, and refund is named instead', () => {
  const counter = asking()
  counter.presentCode('F1')
  ends(counter)
  counter.reply()
  counter.press('cancel')
  const { state } = counter
  const recent = state().recent.map((record) => ({ ...record, at: record.at - 86_400_000 }))
  const later = counterFrom({ ...state(), recent })
  later.press('menu', '2')
  const item = recent.at(-1)?.id ?? ''
  later.tell({ type: 'optionChosen', page: pageName(later.state()), option: 'void', item })
  expect(later.said()).toBe('void.codeOtherDay')
})

test('a terminal that takes no stripe of a chip card says so and lights the reader again', () => {
  const counter = asking()
  counter.tell({ type: 'started', setup: { ...WATCHFUL, chipFallback: false }, keysReady: true })
  const page = pageName(counter.state())
  counter.tell({ type: 'operatorChecked', page, operator: '01', correct: true })
  counter.tell({ type: 'signedOn', batch: '000001' })
  counter.ask(38)
  counter.presentCard({ interface: 'stripe', serviceCode: '201' })
  expect(counter.said()).toBe('card.chipOnly')
  expect(counter.dos()).toEqual(['forgetTender', 'readCard'])
  counter.presentCard({ interface: 'stripe', serviceCode: '101' })
  expect(counter.step()).toBe('pin')
})

test('the host refuses a payment code in words that mean "too old": a fresh one is asked for, and the amount is kept', () => {
  const setup: Setup = { ...SETUP, host: { ...SETUP.host, codeExpired: ['12'] } }
  const answered = (present: (counter: Counter) => unknown, code: string): string | null => {
    const counter = counterFrom(undefined, setup)
    counter.open()
    counter.ask(38)
    present(counter)
    counter.reply({ '39': code })
    expect(counter.state().step).toMatchObject({ outcome: 'notPaid', order: { dueMinor: 3800 } })
    return counter.said()
  }
  expect(answered((counter) => counter.presentCode(), '12')).toBe('code.expired')
  expect(answered((counter) => counter.presentCode(), '51')).toBe('host.declined.51')
  expect(answered((counter) => counter.presentCard(), '12')).toBe('host.declined.12')
})

test('a code for an amount above the limit of the shop is looked at first; nothing leaves before, and cancel forgets it', () => {
  const above = (confirmAboveMinor: number) => {
    const counter = asking({ ...WATCHFUL, codes: { ...CODES, confirmAboveMinor } })
    counter.presentCode('F1')
    ends(counter)
    return counter
  }
  expect(above(3800).step()).toBe('authorizing')
  const counter = above(3799)
  expect([counter.step(), counter.said()]).toEqual(['confirmCode', 'confirmCode.largeAmount'])
  expect(counter.dos()).not.toContain('sendRequest')
  counter.press('cancel')
  expect(counter.dos()).toContain('forgetTender')
  expect(counter.step()).toBe('present')
  counter.presentCode('F2')
  ends(counter)
  counter.press('confirm')
  expect(counter.state().step).toMatchObject({
    kind: 'authorizing',
    attempt: { tender: { code: { fingerprint: 'F2' } } },
  })
})

const TYPED = {
  handle: 'code-t',
  channel: 'wechat',
  masked: '**************6741',
  fingerprint: 'FT',
} as const

test('the digits of a code are keyed in: channel and last four are looked at, and only then it is charged', () => {
  const counter = asking({ ...SETUP, codes: { ...CODES, typedMostMinor: 10_000 } })
  counter.tell({ type: 'codeAccepted', code: TYPED, typed: true })
  ends(counter)
  expect(counter.said()).toBe('confirmCode.typed')
  expect(counter.step()).toBe('confirmCode')
  counter.press('confirm')
  expect(counter.step()).toBe('authorizing')
})

test.each([
  ['the shop wants none', CODES],
  ['the amount is too large for it', { ...CODES, typedMostMinor: 3_799 }],
])('keyed in although %s: nothing is charged, and the digits are forgotten', (_why, codes) => {
  const counter = asking({ ...SETUP, codes })
  counter.tell({ type: 'codeAccepted', code: TYPED, typed: true })
  expect(counter.said()).toBe('code.NOT_TYPED_HERE')
  expect(counter.dos()).toEqual(['forgetTender'])
  expect(counter.step()).toBe('present')
})

test('a card that the acquirer has listed is let go of before anything is sent, and another card pays', () => {
  const counter = asking()
  counter.ask(38)
  counter.presentCard({ listed: true })
  expect(counter.said()).toBe('card.listed')
  expect(counter.dos()).toEqual(['forgetTender', 'readCard'])
  expect(counter.state().reversal).toBeNull()
  counter.presentCard()
  expect(counter.dos()).toContain('sendRequest')
})

test('the scanner that looks on after a quick payment stays lit where a slip is asked for by then', () => {
  const counter = asking()
  counter.presentCode()
  ends(counter)
  counter.reply()
  counter.press('cancel', 'menu', '8')
  expect(counter.step()).toBe('findOriginal')
  expect(ends(counter)).not.toContainEqual({ do: 'disarmScanner' })
})

test('where payments by code have a processing code of their own, an approval must repeat that one', () => {
  const setup: Setup = { ...SETUP, host: { ...SETUP.host, codeProcessingCode: '190000' } }
  const paid = asking(setup)
  paid.presentCode('F1')
  paid.reply({ '3': '190000' })
  expect(paid.state().recent.at(-1)).toMatchObject({ outcome: 'approved' })
  const other = asking(setup)
  other.presentCode('F1')
  other.reply({ '3': '000000' })
  expect(other.state().recent.at(-1)?.outcome).not.toBe('approved')
  const byCard = asking(setup)
  byCard.presentCard()
  byCard.reply({ '3': '000000' })
  expect(byCard.state().recent.at(-1)).toMatchObject({ outcome: 'approved' })
})

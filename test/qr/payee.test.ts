import { expect, test } from 'vitest'
import { crc16 } from '#qr/crc16.ts'
import { judgePayee } from '#qr/payee.ts'

/** Our code with parts exchanged and the CRC made right again, as someone who sticks it over ours would. */
function forged(from = '', to = ''): string {
  const body = `${OUR_BODY.replace(from, to)}6304`
  return body + crc16(new TextEncoder().encode(body))
}

const OUR_BODY =
  '0002010102121531104000441234567810000000000666652045411530315654041.015802CN5908TESTSHOP6007BEIJING'
const OURS = forged()

test('our own code is ours, also with blanks and an AIM prefix around and a lower-case CRC', () => {
  for (const seen of [
    OURS,
    ` ${OURS}\r\n`,
    `]Q1${OURS}\r`,
    OURS.slice(0, -4) + OURS.slice(-4).toLowerCase(),
  ])
    expect(judgePayee(seen, OURS)).toEqual({ verdict: 'match', why: [] })
})

test.each(['\ufeff', '\u3000', '\u200b', '\u00a0'])(
  'our own code with %j around it is not ours: only blanks and line ends are left out',
  (stranger) => {
    for (const seen of [stranger + OURS, OURS + stranger])
      expect(judgePayee(seen, OURS).verdict).toBe('refuse')
  },
)

test.each([
  ['another merchant number with a right CRC', '006666', '006667', ['DIFFERS_merchantAccounts']],
  ['one more account', '5204', '26080004evil5204', ['DIFFERS_merchantAccounts']],
  ['another amount', '54041.01', '54041.10', ['DIFFERS_amount']],
  ['another currency', '5303156', '5303344', ['DIFFERS_currency']],
  ['another country', '5802CN', '5802HK', ['DIFFERS_country']],
  ['a static code for a dynamic one', '010212', '010211', ['DIFFERS_poi']],
  ['another name', 'TESTSHOP', 'TESTSH0P', ['DIFFERS_merchantName']],
])('%s is refused', (_what, from, to, why) => {
  expect(judgePayee(forged(from, to), OURS)).toEqual({ verdict: 'refuse', why })
})

test('an amount that is left to the payer is ours, and the same amount written otherwise too', () => {
  expect(judgePayee(forged('54041.01', ''), OURS).verdict).toBe('match')
  expect(judgePayee(OURS, { text: OURS, amount: '1.010' }).verdict).toBe('match')
  expect(judgePayee(OURS, { text: OURS, amount: '10.1' })).toEqual({
    verdict: 'refuse',
    why: ['DIFFERS_amount'],
  })
})

test('our own code as it stands is ours, even where it breaks a rule', () => {
  const ours = forged('6007BEIJING', '')
  expect(judgePayee(ours, ours)).toEqual({ verdict: 'match', why: [] })
  expect(judgePayee(ours, { text: ours, amount: '1.01' }).why).toEqual(['MISSING_60'])
})

test('one changed character anywhere is refused', () => {
  for (let at = 0; at < OURS.length; at += 1) {
    const other = OURS[at] === '7' ? '8' : '7'
    const seen = OURS.slice(0, at) + other + OURS.slice(at + 1)
    expect(judgePayee(seen, OURS).verdict).toBe('refuse')
  }
})

test.each([
  ['98.', '98', 'match'],
  ['098.10', '98.1', 'match'],
  ['1.00', '1', 'match'],
  ['0.50', '.5', 'refuse'],
  ['0.0', '0', 'refuse'],
  ['100', '1', 'refuse'],
  ['1', '1.001', 'refuse'],
])('a code over %s, where %s is to be paid: %s', (written, due, verdict) => {
  const length = String(written.length).padStart(2, '0')
  const seen = forged('54041.01', `54${length}${written}`)
  expect(judgePayee(seen, { text: OURS, amount: due }).verdict).toBe(verdict)
})

test('a code with an amount is not ours where ours leaves it to the payer', () => {
  const open = forged('54041.01', '')
  expect(judgePayee(OURS, open)).toEqual({ verdict: 'refuse', why: ['DIFFERS_amount'] })
  expect(judgePayee(OURS, { text: open, amount: '1.01' })).toEqual({ verdict: 'match', why: [] })
})

test('one account fewer, or another one in its place, is another payee', () => {
  const two = forged('5204', '26080004shop5204')
  expect(judgePayee(OURS, two)).toEqual({ verdict: 'refuse', why: ['DIFFERS_merchantAccounts'] })
  const moved = forged('5204', '27080004shop5204')
  expect(judgePayee(moved, two)).toEqual({ verdict: 'refuse', why: ['DIFFERS_merchantAccounts'] })
})

test('country and currency are those of the mainland even where our own code says otherwise', () => {
  const foreign = forged('5303156', '5303344')
  expect(judgePayee(foreign, { text: foreign, amount: '1.01' }).why).toEqual(['DIFFERS_currency'])
})

test('a name is the same composed or decomposed, with or without blanks around', () => {
  const ours = forged('5908TESTSHOP', '5908TESTCAF\u00c9')
  expect(judgePayee(forged('5908TESTSHOP', '5909TESTCAFE\u0301'), ours).verdict).toBe('match')
  expect(judgePayee(forged('5908TESTSHOP', '5909TESTCAF\u00c9 '), ours).verdict).toBe('match')
  expect(judgePayee(forged('5908TESTSHOP', '5908TESTCAFE'), ours).verdict).toBe('refuse')
})

test('what cannot be read says so: the code that was seen, or our own', () => {
  expect(judgePayee(OURS.slice(0, -1), OURS).why).toEqual(['TLV_TRUNCATED'])
  expect(judgePayee('135112298638468293', OURS).why).toEqual(['DIFFERS_kind'])
  expect(judgePayee(OURS, OURS.slice(0, -1)).why).toEqual(['REFERENCE_UNREADABLE'])
})

test('our own code in words is ours to the letter only', () => {
  expect(judgePayee(' SHOP-0001\r', 'SHOP-0001')).toEqual({ verdict: 'match', why: [] })
  expect(judgePayee('SHOP-0001', { text: 'SHOP-0001', amount: '1.00' }).verdict).toBe('match')
  expect(judgePayee('shop-0001', 'SHOP-0001').why).toEqual(['DIFFERS_text'])
})

test.each([
  ['wxp://f2f0TeStShOp01', 'match', []],
  ['WXP://f2f0TeStShOp01', 'match', []],
  ['wxp://F2F0TESTSHOP01', 'refuse', ['DIFFERS_path']],
  ['wxp://f2f0teStshop01', 'refuse', ['DIFFERS_path']],
  ['alipays://f2f0TeStShOp01', 'refuse', ['DIFFERS_host']],
])(
  'of a link without a host every letter names the payee, its case too: %s',
  (seen, verdict, why) => {
    expect(judgePayee(seen, 'wxp://f2f0TeStShOp01')).toEqual({ verdict, why })
  },
)

test('a link whose host is none is ours only as it stands', () => {
  const ours = 'https://qr.95516.com:8443/00010000/0123'
  expect(judgePayee(ours, ours).verdict).toBe('match')
  expect(judgePayee(ours.toUpperCase(), ours).why).toContain('DIFFERS_host')
})

test.each([
  ['https://qr.95516.com/00010000/0123', 'match', []],
  ['HTTPS://QR.95516.COM/00010000/0123', 'match', []],
  ['https://qr.95516.com/00010000/0124', 'refuse', ['DIFFERS_path']],
  ['https://qr.95516.com/00010000/0123?x=1', 'refuse', ['DIFFERS_path']],
  ['https://qr.95516.com.evil.example/00010000/0123', 'refuse', ['DIFFERS_host']],
  ['https://evil.example/00010000/0123', 'refuse', ['DIFFERS_host']],
  ['http://qr.95516.com/00010000/0123', 'refuse', ['DIFFERS_host']],
  ['', 'refuse', ['EMPTY']],
  ['hello', 'refuse', ['DIFFERS_kind']],
  [OURS, 'refuse', ['DIFFERS_kind']],
])('for a link as our code, %s: %s', (seen, verdict, why) => {
  expect(judgePayee(seen, 'https://qr.95516.com/00010000/0123')).toEqual({ verdict, why })
})

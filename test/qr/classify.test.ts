import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { classifyCustomerCode, classifyCustomerCodeBytes, LONGEST_READING } from '#qr/classify.ts'
import { shippedTable } from './table.ts'

const TABLE = shippedTable()
const WECHAT = '135112298638468293'
const UNIONPAY = '6200001234567890123'

function reasonOf(text: string, context = {}): string | null {
  return classifyCustomerCode(text, TABLE, context).rejectReason
}

test.each([
  ['WeChat', '10', 18, 'wechat'],
  ['WeChat', '15', 18, 'wechat'],
  ['Alipay', '25', 16, 'alipay'],
  ['Alipay', '30', 24, 'alipay'],
  ['UnionPay', '62', 19, 'unionpay'],
  ['e-CNY', '01', 19, 'ecny'],
])('a %s code from %s with %i digits is taken', (_name, prefix, length, channel) => {
  const code = prefix.padEnd(length, '7')
  expect(classifyCustomerCode(code, TABLE)).toMatchObject({ asCustomerCode: 'accept', channel })
})

test.each([
  ['WeChat one digit short', '13511229863846829', [18]],
  ['WeChat one digit long', `${WECHAT}1`, [18]],
  ['Alipay with 15 digits', '250000000000001', [16, 17, 18, 19, 20, 21, 22, 23, 24]],
  ['UnionPay with 18 digits', UNIONPAY.slice(0, -1), [19]],
])('%s is refused and the expected length named', (_name, code, expectedLengths) => {
  expect(classifyCustomerCode(code, TABLE)).toMatchObject({
    asCustomerCode: 'reject',
    rejectReason: 'BAD_LENGTH',
    expectedLengths,
  })
})

test('what stands around the code is left out, and the place of the code is told', () => {
  const bytes = new TextEncoder().encode(`]Q1 ${WECHAT}\r\n`)
  const verdict = classifyCustomerCodeBytes(bytes, TABLE)
  expect(verdict).toMatchObject({ asCustomerCode: 'accept', range: { start: 4, end: 22 } })
})

/** Every wallet of the table with every length around its own: the limits as the wallets publish them, not as the table was typed. */
const PUBLISHED = [
  { from: 10, to: 15, lengths: [18], channel: 'wechat' },
  { from: 25, to: 30, lengths: [16, 17, 18, 19, 20, 21, 22, 23, 24], channel: 'alipay' },
  { from: 62, to: 62, lengths: [19], channel: 'unionpay' },
  { from: 1, to: 1, lengths: [19], channel: 'ecny' },
]

test('of all two-digit beginnings and all lengths from 15 to 26, exactly the published ones are taken', () => {
  for (let prefix = 0; prefix < 100; prefix += 1) {
    for (let length = 15; length <= 26; length += 1) {
      // No two halves alike, no date, no goods barcode.
      const code =
        String(prefix).padStart(2, '0') + '90817263549081726354908172635'.slice(0, length - 2)
      const wallet = PUBLISHED.find(({ from, to }) => prefix >= from && prefix <= to)
      const taken = wallet?.lengths.includes(length) === true
      const { asCustomerCode, channel } = classifyCustomerCode(code, TABLE)
      expect({ code, asCustomerCode, channel }).toEqual({
        code,
        asCustomerCode: taken ? 'accept' : 'reject',
        channel: wallet?.channel ?? null,
      })
    }
  }
})

test.each([
  `${WECHAT}${WECHAT}`,
  `${WECHAT}\r${WECHAT}`,
  `${WECHAT}\r\n${WECHAT}\r\n`,
  `]Q1${WECHAT}]Q1${WECHAT}`,
  `]Q1${WECHAT}\r\n]Q1${WECHAT}\r\n`,
])('the same code twice in one reading is refused: %j', (text) => {
  expect(reasonOf(text)).toBe('DOUBLE_READ')
})

test.each([
  `135112298638\r468293`,
  `135112 298638468293`,
  '１３５１１２２９８６３８４６８２９３',
  '1351122986384682٩3',
  `1351122986\u200b38468293`,
  `\u0000${WECHAT}`,
  `\ufeff${WECHAT}`,
  `\ufeffhttps://qr.alipay.com/fkx1`,
])('a code with anything else inside is never repaired: %j', (text) => {
  expect(reasonOf(text)).toBe('BAD_CHAR')
})

test('the code that was charged last is refused, as text and as bytes', () => {
  expect(reasonOf(WECHAT, { lastAccepted: `${WECHAT}\r` })).toBe('REUSED')
  expect(reasonOf(WECHAT, { lastAccepted: new TextEncoder().encode(WECHAT) })).toBe('REUSED')
  expect(reasonOf(WECHAT, { lastAccepted: UNIONPAY })).toBeNull()
})

test('from the keypad a UnionPay code is refused, because a debit card looks the same', () => {
  expect(classifyCustomerCode(UNIONPAY, TABLE, { source: 'keypad' })).toMatchObject({
    asCustomerCode: 'reject',
    rejectReason: 'PAN_LOOKALIKE',
  })
  expect(classifyCustomerCode(WECHAT, TABLE, { source: 'keypad' }).asCustomerCode).toBe('accept')
})

test('an identity number with a fitting check digit is asked about, with another digit it is not', () => {
  expect(reasonOf('110101199003070011')).toBe('ID_NUMBER_LOOKALIKE')
  for (const last of '023456789') expect(reasonOf(`11010119900307001${last}`)).toBeNull()
  expect(reasonOf('110101199002300011')).toBeNull()
})

test.each([
  ['4200002345202511219876543210', 'wechat-bill'],
  ['2025112122001412345678901234', 'alipay-bill'],
  ['20251121101131301662414498118', 'merchant-bill'],
])('the bill number %s leads to the refund look-up', (code, kind) => {
  expect(classifyCustomerCode(code, TABLE)).toMatchObject({
    rejectReason: 'TRANSACTION_ID',
    class: kind,
  })
})

test.each([
  ['https://qr.alipay.com@evil.example/fkx1', 'UNKNOWN_URL'],
  ['https://qr.alipay.com\\@evil.example/fkx1', 'UNKNOWN_URL'],
  ['https://qr.alipay.com:8443/fkx1', 'UNKNOWN_URL'],
  ['https://qr.alipay.com%2eevil.example/fkx1', 'UNKNOWN_URL'],
  ['https://qr.alipay.com./fkx1', 'UNKNOWN_URL'],
  ['https://qr。alipay。com/fkx1', 'UNKNOWN_URL'],
  ['https:///qr.alipay.com/fkx1', 'UNKNOWN_URL'],
  ['https://qr.95516.com', 'PAYEE_CODE_UNIONPAY'],
  ['https://qr.alipay.com/fkx1?from=timeline&u=https://evil.example#x', 'PAYEE_CODE_ALIPAY'],
  ['https://qr.alipay.com:443/fkx1', 'PAYEE_CODE_ALIPAY'],
  ['https://xqr.alipay.com/fkx1', 'UNKNOWN_URL'],
  ['https://qr.аlipay.com/fkx1', 'UNKNOWN_URL'],
  ['HTTPS://QR.ALIPAY.COM/BAX1', 'PAYEE_CODE_ALIPAY_DYNAMIC'],
  ['https://m.wosai.cn/other', 'UNKNOWN_URL'],
  ['ftp://qr.alipay.com/fkx1', 'UNKNOWN_URL'],
  ['wxp://f2f1EXAMPLE', 'PAYEE_CODE_WECHAT'],
])('the link %s is %s', (link, reason) => {
  expect(reasonOf(link)).toBe(reason)
})

test('a merchant code with a right CRC names its merchant, with a wrong one it does not', () => {
  const code =
    '0002010102121531104000441234567810000000000666652045411530315654041.015802CN5908TESTSHOP6007BEIJING630472D7'
  expect(classifyCustomerCode(code, TABLE)).toMatchObject({
    rejectReason: 'PAYEE_CODE_EMV',
    merchantName: 'TESTSHOP',
  })
  expect(classifyCustomerCode(code.replace('TESTSHOP', 'TESTSHOQ'), TABLE)).toMatchObject({
    rejectReason: 'PAYEE_CODE_EMV',
    merchantName: null,
  })
})

test('a reading longer than any QR code is refused', () => {
  expect(reasonOf('1'.repeat(LONGEST_READING + 1))).toBe('TOO_LONG')
})

test.each([
  ['', 'EMPTY', 'empty'],
  [' \r\n', 'EMPTY', 'empty'],
  [']Q1', 'EMPTY', 'empty'],
  ['x'.repeat(LONGEST_READING), 'UNKNOWN_TEXT', 'UNKNOWN_TEXT'],
  ['x'.repeat(LONGEST_READING + 1), 'TOO_LONG', 'unknown'],
  [`${WECHAT}${WECHAT}`, 'DOUBLE_READ', 'unknown'],
  ['hQVDUFYw', 'TRUNCATED', 'cpm'],
  ['hQVDUFYwMg==', 'UNSUPPORTED_VERSION', 'cpm'],
  ['hQVDUFYwMQ==', 'UNSUPPORTED_AID', 'cpm'],
])('a reading that is no code of any kind is told by its class', (text, rejectReason, kind) => {
  expect(classifyCustomerCode(text, TABLE)).toMatchObject({ rejectReason, class: kind })
})

test('what a card code was decoded into is wiped when it has been judged', () => {
  const fill = vi.spyOn(Uint8Array.prototype, 'fill')
  expect(reasonOf('hQVDUFYwMQ==')).toBe('UNSUPPORTED_AID')
  const wiped = fill.mock.results.map(({ value }) => value.length)
  fill.mockRestore()
  expect(wiped).toEqual([7])
})

/** Any bytes, and as often digits: near misses of payment codes. */
const READING = fc.oneof(
  fc.uint8Array({ maxLength: 80 }),
  fc.uint8Array({ min: 0x30, max: 0x39, minLength: 14, maxLength: 26 }),
)

test('anything at all gets a verdict, and only whole payment codes are taken', () => {
  fc.assert(
    fc.property(READING, (bytes) => {
      const { asCustomerCode, rejectReason, range } = classifyCustomerCodeBytes(bytes, TABLE)
      const code = Buffer.from(bytes.subarray(range?.start ?? 0, range?.end ?? 0)).toString(
        'latin1',
      )
      expect(asCustomerCode === 'accept').toBe(rejectReason === null)
      expect(code).toMatch(asCustomerCode === 'reject' ? /^$/ : /^[0-9]{16,24}$/)
    }),
    { numRuns: 500 },
  )
})

test('text and bytes get the same verdict', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const bytes = new TextEncoder().encode(text)
      expect(classifyCustomerCodeBytes(bytes, TABLE)).toEqual(classifyCustomerCode(text, TABLE))
    }),
  )
})

/** What the technician's command line says of a code that the known answers do not hold, and by which rule a scheme gets its name. */
import { expect, test, vi } from 'vitest'
import { classifyCustomerCode } from '#qr/classify.ts'
import type { CodeTable, SchemeRule } from '#qr/code-table.ts'
import { crc16 } from '#qr/crc16.ts'
import { describeCode } from '#qr/describe.ts'
import { parseMpm } from '#qr/mpm.ts'
import { schemeOfCpm, schemeOfMpm } from '#qr/scheme.ts'
import { shippedTable } from './table.ts'

const TABLE = shippedTable()

function sealed(body: string): string {
  return `${body}6304${crc16(new TextEncoder().encode(`${body}6304`))}`
}

test.each([
  ['an ISBN', '9787111128069', 'barcode', 'isbn', false],
  ['a number on a bill', '4200002345202511219876543210', 'barcode', 'wechat-bill', false],
  ['an invoice', '01,10,033001900411,23456789,88.50,20261121,', 'text', 'invoice', false],
  ['a face', `fp${'0a'.repeat(10)}`, 'text', 'alipay-face', false],
  ['a contact', 'MECARD:N:A;;', 'text', null, true],
  ['a contact that is a link', 'http://weixin.qq.com/r/EXAMPLE', 'url', null, true],
  ['any other link', 'https://a.example/', 'url', null, true],
  ['a link over two lines', 'https://a.example/\rb', 'paycode', 'unknown', false],
  ['any text', 'hello', 'text', null, true],
  ['objects of another scheme', '0004abcd0103xyz', 'emv-mpm', null, true],
  ['a merchant code cut off', '0002015303', 'emv-mpm', null, false],
  ['a card code cut off', 'hQVDUFYw', 'emv-cpm', null, false],
  ['a payment code', '135112298638468293', 'paycode', 'wechat', true],
  ['a payment code cut off', '13511229863846829', 'paycode', 'wechat', false],
  ['a payment code like an identity', '110101199003070011', 'paycode', 'wechat', 'confirm'],
])('%s', (_what, text, kind, scheme, wellFormed) => {
  expect(describeCode(text, TABLE)).toMatchObject({ kind, scheme, wellFormed })
})

test('both readings of a card code that is described are wiped', () => {
  const fill = vi.spyOn(Uint8Array.prototype, 'fill')
  describeCode('hQVDUFYwMQ==', TABLE)
  const wiped = fill.mock.results.map(({ value }) => value.length)
  fill.mockRestore()
  expect(wiped).toEqual([7, 7])
})

/** A table of these rules alone; each names a scheme after its place. */
function tableOf(...rules: readonly Partial<SchemeRule>[]): CodeTable {
  const schemes = rules.map((rule, at) => ({ name: `rule ${at}`, accounts: [], mark: '', ...rule }))
  return { ...TABLE, schemes }
}

const TEMPLATE = '00020126120008Shop.One'
const PLAIN = '00020115120008Shop.One'

test.each<[string, string, readonly Partial<SchemeRule>[], string | null]>([
  ['a rule for anything fits a template', TEMPLATE, [{}], 'rule 0'],
  ['and a plain account', PLAIN, [{}], 'rule 0'],
  ['a rule of another account does not', PLAIN, [{ accounts: ['16'] }], null],
  ['one of several accounts does', PLAIN, [{ accounts: ['16', '15'] }], 'rule 0'],
  ['a mark in any case and place fits', TEMPLATE, [{ mark: 'sHOP' }], 'rule 0'],
  ['another mark does not', TEMPLATE, [{ mark: 'two' }], null],
  ['a mark in another account does not', TEMPLATE, [{ mark: 'shop', accounts: ['27'] }], null],
  ['a plain account bears no mark', PLAIN, [{ mark: 'shop' }], null],
  ['not even a letter of one', PLAIN, [{ mark: 'e' }], null],
  ['a template without a name bears none', '00020126050101e', [{ mark: 'e' }], null],
  ['the first rule that fits counts', TEMPLATE, [{ mark: 'two' }, { mark: 'one' }, {}], 'rule 1'],
  ['no rule, no name', TEMPLATE, [], null],
])('scheme of a merchant code: %s', (_what, text, rules, expected) => {
  const reading = parseMpm(text)
  expect(reading.ok && schemeOfMpm(reading.code, tableOf(...rules))).toBe(expected)
})

test.each([
  ['one application that is known is enough', ['A0000000041010', 'A000000333010102'], 'rule 1'],
  ['the first rule goes before the first application', ['A000000333', 'A000000615'], 'rule 0'],
  ['a rule of an account of merchants does not fit', ['A000000727'], null],
  ['no application, no name', [], null],
])('scheme of a card code: %s', (_what, applications, expected) => {
  const table = tableOf(
    { accounts: ['CPM'], mark: 'a000000615' },
    { accounts: ['CPM'], mark: 'A000000333' },
    { accounts: ['26'], mark: 'A000000727' },
  )
  expect(schemeOfCpm(applications, table)).toBe(expected)
})

const NAMED = '0002015904SHOP'

test.each([
  ['the name in the language of the shop', `${NAMED}64140002ZH0104店名坊一`, '店名坊一'],
  ['its plain name without one', NAMED, 'SHOP'],
  ['with a language that is no objects', `${NAMED}6405plain`, 'SHOP'],
  ['with a language that has no name', `${NAMED}64060002ZH`, 'SHOP'],
  ['no name where there is none', '000201', null],
])('a merchant code with a right CRC tells %s', (_what, body, merchantName) => {
  expect(classifyCustomerCode(sealed(body), TABLE)).toMatchObject({
    rejectReason: 'PAYEE_CODE_EMV',
    class: 'emv-mpm',
    merchantName,
  })
})

test.each([
  ['without a CRC', NAMED],
  ['of digits only', '0002015303156'],
])('a merchant code %s is known as one, and its name is not told', (_what, text) => {
  expect(classifyCustomerCode(text, TABLE)).toMatchObject({
    rejectReason: 'PAYEE_CODE_EMV',
    merchantName: null,
  })
})

test.each(['two\rlines', 'bell\u0007', '１３５'])('%j is of no known class', (text) => {
  expect(classifyCustomerCode(text, TABLE)).toMatchObject({
    rejectReason: 'BAD_CHAR',
    class: 'unknown',
  })
})

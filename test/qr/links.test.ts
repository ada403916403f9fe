import { expect, test } from 'vitest'
import { classifyCustomerCode } from '#qr/classify.ts'
import type { CodeTable, LinkRule } from '#qr/code-table.ts'
import { classifyLink, parseLink } from '#qr/link.ts'
import { shippedTable } from './table.ts'

test.each([
  ['https://a.example/p?q#f', ['https', 'a.example', '/p', '/p?q#f']],
  ['HTTPS://A.Example/P', ['https', 'a.example', '/P', '/P']],
  ['https://a.example', ['https', 'a.example', '/', '']],
  ['https://a.example?q', ['https', 'a.example', '/', '?q']],
  ['https://a.example#f', ['https', 'a.example', '/', '#f']],
  ['https://a.example:443/p', ['https', 'a.example', '/p', '/p']],
  ['http://a.example:80/p', ['http', 'a.example', '/p', '/p']],
  ['http://a.example:443/p', ['http', '', '/p', '/p']],
  ['https://a.example:8443/p', ['https', '', '/p', '/p']],
  ['https://u@a.example/p', ['https', '', '/p', '/p']],
  ['https://a.example./p', ['https', '', '/p', '/p']],
  ['https://.a.example/p', ['https', '', '/p', '/p']],
  ['https:///p', ['https', '', '/p', '/p']],
  ['https://a_b-c.example/\np', ['https', 'a_b-c.example', '/\np', '/\np']],
  ['wxp://f2f0Ab', ['wxp', 'f2f0ab', '/', 'f2f0Ab']],
  ['x-1.a+b://c', ['x-1.a+b', 'c', '/', 'c']],
  ['https:/a.example', null],
  ['1ttps://a.example', null],
  [' https://a.example', null],
  ['hello', null],
])('%j', (text, parts) => {
  const link = parseLink(text)
  expect(link && [link.scheme, link.host, link.path, link.token]).toEqual(parts)
})

const RULE: LinkRule = { scheme: 'web', host: 'a.example', path: '/pay', class: 'PAY' }

test.each<[string, Partial<LinkRule>, string, string]>([
  ['a rule of the web fits https', {}, 'https://a.example/pay/1', 'PAY'],
  ['and http', {}, 'http://a.example/pay/1', 'PAY'],
  ['in capitals too', {}, 'HTTPS://A.EXAMPLE/PAY/1', 'PAY'],
  ['no other scheme', {}, 'ftp://a.example/pay/1', 'UNKNOWN_URL'],
  ['no other host', {}, 'https://b.example/pay/1', 'UNKNOWN_URL'],
  ['no other path', {}, 'https://a.example/play', 'UNKNOWN_URL'],
  ['a path by its beginning only', {}, 'https://a.example/1/pay', 'UNKNOWN_URL'],
  ['any host where none is named', { host: null }, 'https://b.example/pay', 'PAY'],
  ['a scheme of its own', { scheme: 'wxp', host: null, path: '/' }, 'wxp://x', 'PAY'],
  ['not the web', { scheme: 'wxp', host: null, path: '/' }, 'https://x', 'UNKNOWN_URL'],
])('%s', (_what, change, text, expected) => {
  const table: CodeTable = { ...shippedTable(), links: [{ ...RULE, ...change }] }
  const link = parseLink(text)
  expect(link && classifyLink(link, table)).toBe(expected)
})

test.each([
  ['BEGIN:VCARD\r\nFN:A\r\nEND:VCARD', 'CONTACT_CARD'],
  ['mecard:N:A;;', 'CONTACT_CARD'],
  ['BIZCARD:N:A;;', 'CONTACT_CARD'],
  ['see MECARD:N:A;;', 'UNKNOWN_TEXT'],
  ['WIFI:S:shop;;', 'NOT_A_PAYMENT_CODE'],
  ['sms:10086', 'UNKNOWN_TEXT'],
  ['smsto:10086', 'NOT_A_PAYMENT_CODE'],
  ['tel:10086', 'NOT_A_PAYMENT_CODE'],
  ['my tel:10086', 'UNKNOWN_TEXT'],
  ['two\rlines', 'BAD_CHAR'],
  ['two\tcolumns', 'BAD_CHAR'],
  ['bell\u0007', 'BAD_CHAR'],
  ['delete\u007f', 'BAD_CHAR'],
  ['mark\ufeff', 'BAD_CHAR'],
  ['01,10,033001900411,23456789,88.50,20261121,', 'INVOICE_QR'],
  ['see 01,10,033001900411,23456789,', 'UNKNOWN_TEXT'],
  ['01,10,033001900411,2345678,', 'UNKNOWN_TEXT'],
  [`fp${'0a'.repeat(10)}`, 'FACE_TOKEN_UNSUPPORTED'],
  [`fp${'0a'.repeat(9)}0`, 'UNKNOWN_TEXT'],
  [`xfp${'0a'.repeat(10)}`, 'UNKNOWN_TEXT'],
  [`fp${'0a'.repeat(10)}!`, 'UNKNOWN_TEXT'],
  ['0104abcd0203xyz', 'NOT_A_PAYMENT_CODE'],
  ['0104abcd0203xy', 'UNKNOWN_TEXT'],
  ['hello', 'UNKNOWN_TEXT'],
  ['12a4567890123456', 'UNKNOWN_TEXT'],
])('%j is refused as %s', (text, reason) => {
  expect(classifyCustomerCode(text, shippedTable())).toMatchObject({
    asCustomerCode: 'reject',
    rejectReason: reason,
    merchantName: null,
  })
})

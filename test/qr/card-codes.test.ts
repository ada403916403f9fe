/** Objects of card codes, byte by byte; what is cut off or longer than its frame is no code. */
import { expect, test, vi } from 'vitest'
import { decodeBase64 } from '#qr/base64.ts'
import { classifyCustomerCode } from '#qr/classify.ts'
import { findApplication, parseCpm } from '#qr/cpm.ts'
import { type CpmObject, type LengthStyle, parseCpmObjects } from '#qr/cpm-objects.ts'
import { shippedTable } from './table.ts'

const TABLE = shippedTable()
const AID = 'A000000333010102'

function shape(objects: readonly CpmObject[] | null): unknown {
  return (
    objects &&
    objects.map(({ tag, value, children }) => [
      tag,
      children === null ? Buffer.from(value).toString('hex') : shape(children),
    ])
  )
}

test.each<[string, string, LengthStyle, unknown]>([
  ['nothing', '', 'ber', []],
  ['one object', '850102', 'ber', [['85', '02']]],
  ['one without a value', '8500', 'ber', [['85', '']]],
  [
    'two',
    '85010295020304',
    'ber',
    [
      ['85', '02'],
      ['95', '0304'],
    ],
  ],
  ['a tag of two bytes', '9f2601aa', 'ber', [['9F26', 'aa']]],
  ['a tag of three', 'dfee2501aa', 'ber', [['DFEE25', 'aa']]],
  ['a tag of four', 'dfeeee2501aa', 'ber', null],
  ['a tag cut off', '9f', 'ber', null],
  ['a length cut off', '85', 'ber', null],
  ['a length cut off that would be a plain byte', '85', 'plainByte', null],
  ['a tag of four cut off', 'dfeeee', 'plainByte', null],
  ['a value cut off', '850201', 'ber', null],
  ['a length in one more byte', '858101aa', 'ber', [['85', 'aa']]],
  ['in two more', '85820001aa', 'ber', [['85', 'aa']]],
  ['in three more', '8583000001aa', 'ber', null],
  ['in an endless one', '8580aa', 'ber', null],
  ['in an endless one, and nothing behind', '8580', 'ber', null],
  ['in an endless one that 128 bytes follow', `8580${'aa'.repeat(128)}`, 'ber', null],
  ['a long length cut off', '858200', 'ber', null],
  ['a long length without its value', '858101', 'ber', null],
  ['a template', '6103850102', 'ber', [['61', [['85', '02']]]]],
  ['a template whose content is cut off', '6103850202', 'ber', null],
  ['an empty template', '6100', 'ber', [['61', []]]],
  ['four deep', '6106610461028500', 'ber', [['61', [['61', [['61', [['85', '']]]]]]]]],
  ['five deep', '61086106610461028500', 'ber', null],
])('%s', (_what, text, style, expected) => {
  expect(shape(parseCpmObjects(Buffer.from(text, 'hex'), style))).toEqual(expected)
})

test('a length above 127 as one plain byte is read where BER cannot, and a long one is its bytes', () => {
  const value = 'aa'.repeat(200)
  expect(shape(parseCpmObjects(Buffer.from(`85c8${value}`, 'hex'), 'ber'))).toBeNull()
  expect(shape(parseCpmObjects(Buffer.from(`85c8${value}`, 'hex'), 'plainByte'))).toEqual([
    ['85', value],
  ])
  const long = 'bb'.repeat(300)
  expect(shape(parseCpmObjects(Buffer.from(`8582012c${long}`, 'hex'), 'ber'))).toEqual([
    ['85', long],
  ])
})

function code(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64')
}

const VERSION = '85054350563031'

test.each([
  ['a card code', `${VERSION}610a4f08${AID}`, null],
  ['another version', `85054350563032610a4f08${AID}`, 'UNSUPPORTED_VERSION'],
  ['no application', VERSION, 'UNSUPPORTED_AID'],
  ['a template without an application', `${VERSION}61035701aa`, 'UNSUPPORTED_AID'],
  ['an application outside of a template', `${VERSION}4f08${AID}`, 'UNSUPPORTED_AID'],
  ['a template of something else', `${VERSION}620a4f08${AID}`, 'UNSUPPORTED_AID'],
  ['a template cut off', `${VERSION}610b4f08${AID}`, 'TRUNCATED'],
])('%s: %s', (_what, hex, reason) => {
  expect(classifyCustomerCode(code(hex), TABLE).rejectReason).toBe(reason)
})

test('a version that does not stand first is none, and no object at all is no code', () => {
  const reading = parseCpm(Buffer.from(code(`610a4f08${AID}${VERSION}`)))
  expect(reading).toMatchObject({ ok: true, supportedVersion: false, applications: [AID] })
  const elsewhere = parseCpm(Buffer.from(code('84054350563031')))
  expect(elsewhere).toMatchObject({ ok: true, supportedVersion: false })
  const error = { ok: false, error: 'TRUNCATED_OR_NOT_BASE64' }
  expect([parseCpm(new Uint8Array()), parseCpm(Buffer.from('a'))]).toEqual([error, error])
})

test('the application that is asked for is found, and no other', () => {
  const reading = parseCpm(Buffer.from(code(`${VERSION}61034f01aa610a4f08${AID}`)))
  if (!reading.ok) throw new Error(reading.error)
  expect(reading.applications).toEqual(['AA', AID])
  expect(findApplication(reading.objects, AID)).toBe(reading.objects[2])
  expect(findApplication(reading.objects, 'BB')).toBeNull()
})

test('an application is named by its identifier, wherever that stands in the template', () => {
  const reading = parseCpm(Buffer.from(code(`${VERSION}610d5701bb4f08${AID}`)))
  expect(reading).toMatchObject({ ok: true, applications: [AID] })
})

test('what was decoded and is no card code is wiped', () => {
  const fill = vi.spyOn(Uint8Array.prototype, 'fill')
  parseCpm(Buffer.from(code(`${VERSION}610b4f08${AID}`)))
  const wiped = fill.mock.results.map(({ value }) => value.length)
  fill.mockRestore()
  expect(wiped).toEqual([19])
})

test.each([
  ['QQ==', '41'],
  ['QQ', '41'],
  ['QUI=', '4142'],
  ['QUJD', '414243'],
  ['QU\r\nJD', '414243'],
  ['+/+/', 'fbffbf'],
  ['-_-_', 'fbffbf'],
  ['AZaz09', '0196b3d3'],
  ['', ''],
  ['Q', null],
  ['QUJDQ', null],
  ['QQ==QQ', null],
  ['Q@==', null],
  ['Q[==', null],
  ['Q`==', null],
  ['Q{==', null],
  ['Q:==', null],
  ['Q.==', null],
  ['Q ==', null],
])('Base64 %j is %s', (text, hex) => {
  const bytes = decodeBase64(Buffer.from(text))
  expect(bytes && Buffer.from(bytes).toString('hex')).toBe(hex)
})

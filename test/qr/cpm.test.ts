import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeBase64 } from '#qr/base64.ts'
import { classifyCustomerCode } from '#qr/classify.ts'
import { findApplication, parseCpm } from '#qr/cpm.ts'
import { parseCpmObjects } from '#qr/cpm-objects.ts'
import { shippedTable } from './table.ts'

const TABLE = shippedTable()
const UNIONPAY =
  'hQVDUFYwMWFYTwigAAADMwEBAVcTYpJhA1hEQzVkHSIQIBAAABiAH180AQBjM58mCFaLEtnaC9l/nycBgJ8QEQcAAQOgAAABCDM5OTk5OTk5nzYCAAGCAgAAnzcE6gZYyA=='

/** A consumer-presented code with these application identifiers, in this order. */
function codeWith(...aids: string[]): string {
  const templates = aids.map((aid) => {
    const value = Buffer.from(aid, 'hex')
    return Buffer.concat([Buffer.from([0x61, value.length + 2, 0x4f, value.length]), value])
  })
  return Buffer.concat([Buffer.from('8505', 'hex'), Buffer.from('CPV01'), ...templates]).toString(
    'base64',
  )
}

test('a UnionPay card code is taken, also in the URL alphabet, unpadded or with line breaks', () => {
  const urlSafe = UNIONPAY.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  const broken = `${UNIONPAY.slice(0, 76)}\r\n${UNIONPAY.slice(76)}`
  for (const text of [UNIONPAY, urlSafe, broken])
    expect(classifyCustomerCode(text, TABLE)).toMatchObject({
      asCustomerCode: 'accept',
      channel: 'unionpay',
      class: 'cpm',
    })
})

test('of several applications a supported one is enough; none is a reason', () => {
  expect(
    classifyCustomerCode(codeWith('A0000000041010', 'A000000333010102'), TABLE).asCustomerCode,
  ).toBe('accept')
  expect(classifyCustomerCode(codeWith('A0000000041010'), TABLE).rejectReason).toBe(
    'UNSUPPORTED_AID',
  )
  expect(classifyCustomerCode(codeWith('A0000003330101'), TABLE).rejectReason).toBe(
    'UNSUPPORTED_AID',
  )
})

test('after the wipe no byte of track 2 is left', () => {
  const reading = parseCpm(new TextEncoder().encode(UNIONPAY))
  const track = reading.ok
    ? findApplication(reading.objects, 'A000000333010101')?.children?.find(
        ({ tag }) => tag === '57',
      )
    : undefined
  expect(track?.value.some((byte) => byte !== 0)).toBe(true)
  if (reading.ok) reading.wipe()
  expect(track?.value.every((byte) => byte === 0)).toBe(true)
})

test('what Base64 encodes comes back, in both alphabets', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      for (const alphabet of ['base64', 'base64url'] as const) {
        const text = new TextEncoder().encode(Buffer.from(bytes).toString(alphabet))
        expect(decodeBase64(text)).toEqual(bytes)
      }
    }),
  )
})

test.each(['a', 'ab=c', 'ab$d', '，'])('%j is not Base64', (text) => {
  expect(decodeBase64(new TextEncoder().encode(text))).toBeNull()
})

test('objects nested deeper than any card code, and any other bytes, are answered without an error', () => {
  expect(
    parseCpmObjects(Buffer.from('610A6108610661046102850 0'.replaceAll(' ', ''), 'hex'), 'ber'),
  ).toBeNull()
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), (tail) => {
      const text = Buffer.concat([Buffer.from('8505', 'hex'), Buffer.from('CPV01'), tail]).toString(
        'base64',
      )
      expect(['accept', 'reject']).toContain(classifyCustomerCode(text, TABLE).asCustomerCode)
    }),
    { numRuns: 300 },
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPosReports } from '#drivers/qr-scanner/hid-pos/report.ts'

/** One report, built by the table of the HID point-of-sale usage tables and not by the simulator. */
function report(
  data: string,
  options: { more?: boolean; length?: number; aim?: string } = {},
): Uint8Array {
  const { more = false, length = data.length, aim = ']Q1' } = options
  const bytes = new Uint8Array(64)
  bytes.set([0x02, length])
  bytes.set(new TextEncoder().encode(aim), 2)
  bytes.set(new TextEncoder().encode(data).subarray(0, 56), 5)
  bytes[63] = more ? 1 : 0
  return bytes
}

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes)

test('a code of 60 characters comes in two reports and is one code', () => {
  const reports = createPosReports()

  expect(reports.push(report('1'.repeat(56), { more: true }), true)).toBe(null)
  const done = reports.push(report('2345'), true)

  expect(done?.reading.symbology).toBe(']Q1')
  expect(text(done?.reading.bytes)).toBe(`${'1'.repeat(56)}2345`)
})

test('a report that claims more than its 56 bytes gives no code, and the next one is read', () => {
  const reports = createPosReports()

  expect(reports.push(report('6'.repeat(18), { length: 57 }), true)).toBe(null)
  expect(reports.push(report('6'.repeat(18), { length: 255 }), true)).toBe(null)
  expect(reports.spoilt).toBe(2)

  expect(text(reports.push(report('130000000000000025'), true)?.reading.bytes)).toBe(
    '130000000000000025',
  )
  expect(reports.spoilt).toBe(0)
})

test('half a code that is not completed in time is dropped, and its rest is not a code', () => {
  const reports = createPosReports()
  reports.push(report('1'.repeat(56), { more: true }), true)

  reports.silence()

  expect(reports).toMatchObject({ busy: false, spoilt: 1 })
  expect(text(reports.push(report('9999'), true)?.reading.bytes)).toBe('9999')
})

test('parts of different symbologies are not one code', () => {
  const reports = createPosReports()
  reports.push(report('1'.repeat(56), { more: true }), true)

  expect(reports.push(report('2', { aim: ']C0' }), true)).toBe(null)
  expect(reports.spoilt).toBe(1)
})

test('a code longer than any real one is dropped whole', () => {
  const reports = createPosReports()
  for (let part = 0; part < 80; part++)
    expect(reports.push(report('1'.repeat(56), { more: true }), true)).toBe(null)

  expect(reports.push(report('1'), true)).toBe(null)
  expect(reports.spoilt).toBe(1)
})

test('a code that began when nobody wanted it stays unwanted', () => {
  const reports = createPosReports()
  reports.push(report('1'.repeat(56), { more: true }), false)

  expect(reports.push(report('2'), true)?.wanted).toBe(false)
})

test('a report of another kind and a report of another length are no code', () => {
  const reports = createPosReports()
  const other = report('123')
  other[0] = 0x03

  expect(reports.push(other, true)).toBe(null)
  expect(reports.push(report('123').slice(0, 60), true)).toBe(null)
  expect(reports).toMatchObject({ others: 1, spoilt: 1 })
})

test('nothing of a report stays behind in its bytes', () => {
  const reports = createPosReports()
  const bytes = report('130000000000000025')

  reports.push(bytes, true)

  expect(bytes.every((byte) => byte === 0)).toBe(true)
})

test('a device that sends nonsense never makes the driver throw, nor a code of more than 4096 bytes', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 80 }), { maxLength: 100 }), (all) => {
      const reports = createPosReports()
      for (const bytes of all) {
        const done = reports.push(bytes, true)
        expect(done?.reading.bytes.length ?? 0).toBeLessThanOrEqual(4096)
      }
    }),
  )
})

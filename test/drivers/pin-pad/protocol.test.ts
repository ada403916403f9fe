import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  amountText,
  displayPacket,
  isUsableKey,
  masterKeySelected,
  pinEntryPacket,
  readPinAnswer,
  readSerialNumber,
  selectMasterKeyPacket,
} from '#drivers/pin-pad/visa2/protocol.ts'

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'))
const SESSION = { kind: 'session', blockBytes: 8 } as const
const BLOCK = '0123456789ABCDEF'

test('packet 70 carries account, separator, key and amount', () => {
  const packet = pinEntryPacket({
    account: bytes('6222021001110000012'),
    wrappedPinKey: '00112233445566778899AABBCCDDEEFF',
    amountMinor: 5,
  })
  expect(Buffer.from(packet).toString('latin1')).toBe(
    '70.6222021001110000012\x1c00112233445566778899AABBCCDDEEFF0.05',
  )
})

test('packet 70 of a DUKPT pad carries a debit flag in the place of a key', () => {
  const packet = pinEntryPacket({
    account: bytes('4012345678909'),
    wrappedPinKey: null,
    amountMinor: 123_450,
  })
  expect(Buffer.from(packet).toString('latin1')).toBe('70.4012345678909\x1cD1234.50')
})

test.each([
  [`71.0FFFF9876543210E00001${BLOCK}`, 'FFFF9876543210E00001'],
  [`71.09876543210E00001${BLOCK}`, 'FFFF9876543210E00001'], // leading F left out
  [`710${'1'.repeat(10)}${BLOCK}`, `${'F'.repeat(10)}1111111111`],
] as const)('a DUKPT pad answers %s: block and serial number', (text, ksn) => {
  const block = Uint8Array.from(Buffer.from(BLOCK, 'hex'))
  expect(readPinAnswer(bytes(text), { kind: 'dukpt' })).toEqual({ kind: 'block', block, ksn })
})

test.each([
  ['71.0', { kind: 'bypassed' }],
  ['71.5', { kind: 'refused', code: '5' }],
  ['71F', { kind: 'refused', code: 'F' }],
  [`71.0${BLOCK}`, { kind: 'unreadable' }], // no serial number
  [`71.0123456789${BLOCK}`, { kind: 'unreadable' }], // nine digits of one
  [`71.0${'1'.repeat(21)}${BLOCK}`, { kind: 'unreadable' }],
  [`71.0G123456789${BLOCK}`, { kind: 'unreadable' }],
  [`71.01234567890${BLOCK.slice(1)}Z`, { kind: 'unreadable' }],
] as const)('a DUKPT pad answers %j', (text, answer) => {
  expect(readPinAnswer(bytes(text), { kind: 'dukpt' })).toEqual(answer)
})

test('a block of sixteen bytes is one under an SM4 key only', () => {
  const answer = bytes(`71.00601${BLOCK}${BLOCK}`)
  expect(readPinAnswer(answer, { kind: 'session', blockBytes: 16 })).toMatchObject({
    kind: 'block',
  })
  expect(readPinAnswer(answer, SESSION)).toEqual({ kind: 'unreadable' })
  const short = bytes(`71.00601${BLOCK}`)
  expect(readPinAnswer(short, { kind: 'session', blockBytes: 16 })).toEqual({ kind: 'unreadable' })
})

test.each([
  [0, '0.00'],
  [5, '0.05'],
  [100, '1.00'],
  [123_450, '1234.50'],
  [999_999_999_999, '9999999999.99'],
] as const)('%i fen are shown as %s', (fen, text) => {
  expect(amountText(fen)).toBe(text)
})

test('packet 71 with a block gives its eight bytes', () => {
  expect(readPinAnswer(bytes(`71.00601${BLOCK}`), SESSION)).toEqual({
    kind: 'block',
    ksn: '',
    block: Uint8Array.from(Buffer.from(BLOCK, 'hex')),
  })
})

test.each([
  [`71.00001${'0'.repeat(16)}`, { kind: 'bypassed' }],
  ['71A', { kind: 'refused', code: 'A' }],
  ['71.F', { kind: 'refused', code: 'F' }],
  [`71.00301${BLOCK}`, { kind: 'unreadable' }], // three digits are no PIN
  [`71.01301${BLOCK}`, { kind: 'unreadable' }], // nor are thirteen
  [`71.00602${BLOCK}`, { kind: 'unreadable' }], // another block format
  [`71.00601${BLOCK.slice(1)}`, { kind: 'unreadable' }],
  [`71.00601${BLOCK}0`, { kind: 'unreadable' }],
  [`71.00601G${BLOCK.slice(1)}`, { kind: 'unreadable' }],
  ['71', { kind: 'unreadable' }],
  ['710', { kind: 'unreadable' }],
  ['72', { kind: 'unreadable' }],
  ['', { kind: 'unreadable' }],
] as const)('the pad answers %j', (text, answer) => {
  expect(readPinAnswer(bytes(text), SESSION)).toEqual(answer)
})

test('no answer of a pad is ever more than an outcome', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (data) => {
      expect(() => readPinAnswer(data, SESSION)).not.toThrow()
      expect(() => readPinAnswer(data, { kind: 'dukpt' })).not.toThrow()
      expect(() => readSerialNumber(data)).not.toThrow()
    }),
  )
})

test('slots are 0 to 9, and a key is 16 or 32 upper-case hex digits', () => {
  expect(Buffer.from(selectMasterKeyPacket(9) ?? []).toString('latin1')).toBe('089')
  expect([
    selectMasterKeyPacket(10),
    selectMasterKeyPacket(-1),
    selectMasterKeyPacket(0.5),
  ]).toEqual([null, null, null])
  expect(['', 'A'.repeat(15), 'a'.repeat(16), 'A'.repeat(24)].map(isUsableKey)).not.toContain(true)
  expect([isUsableKey('A'.repeat(16)), isUsableKey('0'.repeat(32))]).toEqual([true, true])
})

test('080 selects, anything else does not', () => {
  expect(masterKeySelected(bytes('080'))).toBe(true)
  expect(['081', '08', '0800', ''].map((text) => masterKeySelected(bytes(text)))).not.toContain(
    true,
  )
})

test('a text is cleared, cut and filled to two lines of sixteen', () => {
  const packet = Buffer.from(displayPacket(['1234567890123456789', 'B'])).toString('latin1')
  expect(packet).toBe(`Z2\x1a1234567890123456${'B'.padEnd(16)}`)
})

test('no lines to show sends the pad back to its idle display', () => {
  expect(Buffer.from(displayPacket([])).toString('latin1')).toBe('Z1')
})

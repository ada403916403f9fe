import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toHex } from '#crypto/hex.ts'
import { emvRefusal, parseAtr } from '#emv/atr.ts'
import { hex } from '../crypto/hex-of.ts'

/** A T=1 card, by its interface characters; TB1 is 00, TD1 is 91, and the check character is put behind. */
const BLOCK_CARD = { TA1: '11', TA2: '01', TC1: '00', TD2: '71', TA3: 'FE', TB3: '45', TC3: '00' }

test('the simplest card of each protocol is accepted', () => {
  expect(refusal('3B600000')).toBeNull()
  expect(refusal(blockCard({}))).toBeNull()
})

test('historical characters are told apart from interface characters', () => {
  const outcome = parseAtr(hex('3B6300004A4F59'))
  expect(outcome.ok && toHex(outcome.atr.historical)).toBe('4A4F59')
  expect(outcome.ok && [...outcome.atr.characters]).toEqual([
    ['TB1', 0],
    ['TC1', 0],
  ])
})

test('each character outside of what EMV allows refuses the card by name', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['TA1', '14', 'TA1'],
    ['TC1', '01', 'TC1'],
    ['TA2', '11', 'TA2'],
    ['TA2', '00', 'TA2'],
    ['TD2', '70', 'TD2'],
    ['TA3', '0F', 'TA3'],
    ['TA3', 'FF', 'TA3'],
    ['TB3', '55', 'TB3'],
    ['TB3', '46', 'TB3'],
    ['TC3', '01', 'TC3'],
  ]
  for (const [name, value, expected] of cases) {
    expect(refusal(blockCard({ [name]: value })), `${name}=${value}`).toBe(expected)
  }
})

test('a T=0 card that tells its voltages names one at least, and none that there is not', () => {
  expect(refusal('3BF41300FFD0000A3F0300DEADBEEFDC')).toBeNull()
  expect(refusal('3BF41300FFD0000A3F0800DEADBEEFD7')).toBe('TA3')
  expect(refusal('3BF41300FFD0000A3F0000DEADBEEFDF')).toBe('TA3')
})

test('the programming voltage matters after a cold reset only', () => {
  const noVoltage = parseAtr(hex('3B4000'))
  expect(noVoltage.ok && emvRefusal(noVoltage.atr, 'cold')).toBe('TB1')
  expect(noVoltage.ok && emvRefusal(noVoltage.atr, 'warm')).toBeNull()
})

test('a damaged answer says what is damaged', () => {
  const whole = blockCard({})
  const errors = ['', '00', '3B', whole.slice(0, -2), `${whole}00`, `${whole.slice(0, -2)}00`]
    .concat([`3B${'FF'.repeat(33)}`])
    .map((text) => parseAtr(hex(text)))
    .map((outcome) => (outcome.ok ? 'none' : outcome.error))
  expect(errors).toEqual([
    'convention',
    'convention',
    'truncated',
    'truncated',
    'leftOver',
    'checkCharacter',
    'leftOver',
  ])
})

test('any bytes at all give an outcome', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const outcome = parseAtr(Uint8Array.of(0x3b, ...bytes))
      const answer = outcome.ok ? emvRefusal(outcome.atr) : outcome.error
      expect(answer === null || typeof answer === 'string').toBe(true)
    }),
    { numRuns: 2000 },
  )
})

function blockCard(change: Partial<Record<keyof typeof BLOCK_CARD, string>>): string {
  const c = { ...BLOCK_CARD, ...change }
  // T0 F0: TA1 TB1 TC1 TD1 follow; TD1 91: TA2 TD2 follow, T=1; TD2: TA3 TB3 TC3.
  const body = `F0${c.TA1}00${c.TC1}91${c.TA2}${c.TD2}${c.TA3}${c.TB3}${c.TC3}`
  const check = hex(body).reduce((sum, byte) => sum ^ byte, 0)
  return `3B${body}${check.toString(16).padStart(2, '0')}`
}

function refusal(atr: string): string | null {
  const outcome = parseAtr(hex(atr))
  return outcome.ok ? emvRefusal(outcome.atr) : outcome.error
}

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
  expect(refusal('3BF41300FFD0000A3F0100DEADBEEFDE')).toBeNull()
  expect(refusal('3BF41300FFD0000A3F0700DEADBEEFD8')).toBeNull()
  expect(refusal('3BF41300FFD0000A3F0800DEADBEEFD7')).toBe('TA3')
  expect(refusal('3BF41300FFD0000A3F0000DEADBEEFDF')).toBe('TA3')
})

test('the programming voltage matters after a cold reset only', () => {
  const noVoltage = parseAtr(hex('3B4000'))
  expect(noVoltage.ok && emvRefusal(noVoltage.atr, 'cold')).toBe('TB1')
  expect(noVoltage.ok && emvRefusal(noVoltage.atr, 'warm')).toBeNull()
})

test.each([
  ['the inverse convention', '3F2000', null],
  ['no programming voltage told', '3B00', 'TB1'],
  ['a protocol that is neither T=0 nor T=1', checked('A00002'), 'TD1'],
  ['a second programming voltage', '3BA0002000', 'TB2'],
  ['the usual work waiting time of T=0', '3BA000400A', null],
  ['another work waiting time', '3BA000400B', 'TC2'],
  ['a work waiting time under T=1, which has none', checked('A000C10A31FE45'), 'TC2'],
  ['T=1 without its mode told', checked('A0008131FE45'), null],
  ['T=1 without its waiting times', checked('A0008111FE'), 'TB3'],
  ['T=1 without a second round', checked('A00001'), 'TD2'],
  ['T=1 with a block size left out', checked('A000812145'), null],
  ['a second protocol behind T=0', '3BA0008000', 'TD2'],
  ['a block size of sixteen', blockCard({ TA3: '10' }), null],
  ['a fixed speed below the first', blockCard({ TA1: '10' }), 'TA1'],
  ['a fixed speed of factor four', blockCard({ TA1: '13' }), null],
  ['a speed that is told to be negotiable', '3B301300', null],
  ['a higher one', '3B309600', null],
  ['one that does not reach factor four', '3B301200', 'TA1'],
  ['one without a frequency', '3B300300', 'TA1'],
])('%s', (_what, atr, expected) => {
  expect(refusal(atr)).toBe(expected)
})

test('an answer of 33 bytes is the longest', () => {
  const groups = '000000F1000000F100000071000000'
  expect(parseAtr(hex(checked(`FF${groups}${'4A'.repeat(15)}`))).ok).toBe(true)
  expect(parseAtr(hex(`3BFF${groups}${'4A'.repeat(17)}`))).toEqual(refused('leftOver'))
})

test('an answer that ends among its interface characters is cut off', () => {
  for (const cut of ['3B60', '3B6000', '3BF0110000', checked('A00081').slice(0, -2), '3B6200004A'])
    expect({ cut, ...parseAtr(hex(cut)) }).toEqual({ cut, ...refused('truncated') })
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
  return checked(`F0${c.TA1}00${c.TC1}91${c.TA2}${c.TD2}${c.TA3}${c.TB3}${c.TC3}`)
}

/** With the check character behind. */
function checked(body: string): string {
  const check = hex(body).reduce((sum, byte) => sum ^ byte, 0)
  return `3B${body}${check.toString(16).padStart(2, '0')}`
}

function refused(error: string): object {
  return { ok: false, error }
}

function refusal(atr: string): string | null {
  const outcome = parseAtr(hex(atr))
  return outcome.ok ? emvRefusal(outcome.atr) : outcome.error
}

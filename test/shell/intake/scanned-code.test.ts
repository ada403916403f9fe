/** What is kept of a code that was refused: its class, its length and a keyed hash; never the code. */
import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { createCustody } from '#shell/custody/custody.ts'
import { scannedCode, typedCode } from '#shell/intake/scanned-code.ts'
import { createSecretArena } from '#shell/secrets/arena.ts'
import { shippedTable } from '../../qr/table.ts'

const RECEIVE_CODE = 'wxp://f2f0abcdefghijklmnop'

function hash(bytes: Uint8Array): string {
  return createHmac('sha256', 'device key').update(bytes).digest('hex').slice(0, 32)
}

function intake() {
  return {
    table: shippedTable(),
    arena: createSecretArena(),
    custody: createCustody(),
    fingerprint: hash,
    records: { recordById: () => null, recordsHolding: () => [] },
    payees: [],
  }
}

function scan(text: string) {
  const bytes = new TextEncoder().encode(text)
  return { bytes, event: scannedCode(intake(), { bytes, symbology: '' }) }
}

test('a refused read is written down by class, length and keyed hash, the same code under the same hash, and its text is nowhere', () => {
  const { bytes, event } = scan(RECEIVE_CODE)
  expect(event).toMatchObject({
    type: 'codeRefused',
    why: 'PAYEE_CODE_WECHAT',
    digits: RECEIVE_CODE.length,
    fingerprint: hash(new TextEncoder().encode(RECEIVE_CODE)),
  })
  const written = JSON.stringify(event)
  expect(written).not.toContain(RECEIVE_CODE.slice(0, 8))
  expect(bytes.every((byte) => byte === 0)).toBe(true)
  expect(scan(RECEIVE_CODE).event).toEqual(event)
  expect(scan(`${RECEIVE_CODE}x`).event).not.toMatchObject({
    fingerprint: 'fingerprint' in event ? event.fingerprint : '',
  })
})

test('digits that were keyed in are a code like a scanned one, told apart, and zeroed', () => {
  const bytes = new TextEncoder().encode('134567890123456741')
  const event = typedCode(intake(), bytes)
  expect(event).toMatchObject({ type: 'codeAccepted', typed: true, code: { channel: 'wechat' } })
  expect(JSON.stringify(event)).not.toContain('13456789')
  expect(bytes.every((byte) => byte === 0)).toBe(true)
})

test.each([
  ['a card number', '6222021001110000012', 'PAN_LOOKALIKE'],
  ['a digit too few', '13456789012345674', 'BAD_LENGTH'],
])('%s that is keyed in buys nothing', (_what, digits, why) => {
  const event = typedCode(intake(), new TextEncoder().encode(digits))
  expect(event).toMatchObject({ type: 'codeRefused', why, typed: true })
})

/** What is kept of a code that was refused: its class, its length and a keyed hash; never the code. */
import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { createCustody } from '#shell/custody/custody.ts'
import { scannedCode } from '#shell/intake/scanned-code.ts'
import { createSecretArena } from '#shell/secrets/arena.ts'
import { shippedTable } from '../../qr/table.ts'

const RECEIVE_CODE = 'wxp://f2f0abcdefghijklmnop'

function hash(bytes: Uint8Array): string {
  return createHmac('sha256', 'device key').update(bytes).digest('hex').slice(0, 32)
}

function scan(text: string) {
  const bytes = new TextEncoder().encode(text)
  const event = scannedCode(
    {
      table: shippedTable(),
      arena: createSecretArena(),
      custody: createCustody(),
      fingerprint: hash,
      records: { recordById: () => null, recordsHolding: () => [] },
      payees: [],
    },
    { bytes, symbology: '' },
  )
  return { bytes, event }
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

import { expect, test } from 'vitest'
import { type AnswerSettings, readAnswer } from '#shell/acquirer/read-answer.ts'
import { loadDialect } from '#shell/config/dialect-file.ts'
import { DeviceKey } from '#shell/keys/device-key.ts'
import { fingerprint } from '#shell/keys/seal.ts'
import { openLink } from './bench.ts'

/** The answer to a code payment from an acquirer that writes the wallet's user into field 57. */
function answered(name: string, payerField?: string) {
  const loaded = loadDialect('unionpay-pos', 'config/dialects')
  if (!loaded.ok) throw new Error(loaded.problem)
  const fields = { '3': '000000', '11': '000007', '39': '00', '41': '10000001', '57': name }
  const packed = loaded.dialect.pack({ mti: '0210', fields })
  if (!packed.ok) throw new Error('the answer cannot be packed')
  const key = new DeviceKey(new Uint8Array(32).fill(1))
  const { keys } = openLink({ ports: [] })
  const settings: AnswerSettings = {
    mac: 'unionpay-ecb',
    macCountsFor: null,
    ...(payerField === undefined ? {} : { payerField }),
  }
  const payerHash = (bytes: Uint8Array) => fingerprint(key, 'payer', bytes)
  const parts = { dialect: loaded.dialect, keys, payerHash, settings, signedWith: null }
  return readAnswer(packed.bytes, parts)
}

test('an acquirer that names who paid: the same user gives the same hash, and the name goes nowhere', () => {
  const [one, again, other] = ['oUpF8uMuAJO_M2pxb1Q9', 'oUpF8uMuAJO_M2pxb1Q9', 'oUpF8uN95'].map(
    (name) => answered(name, '57'),
  )
  expect(one?.payer).toMatch(/^[0-9A-F]{64}$/)
  expect(again?.payer).toBe(one?.payer)
  expect(other?.payer).not.toBe(one?.payer)
  expect(JSON.stringify(one)).not.toContain('oUpF8')
})

test('without a setting nobody is told apart, and a blank field names nobody', () => {
  expect(answered('oUpF8uMuAJO_M2pxb1Q9')).not.toHaveProperty('payer')
  expect(answered('   ', '57')).not.toHaveProperty('payer')
})

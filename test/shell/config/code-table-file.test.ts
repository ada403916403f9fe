import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readCodeTable } from '#shell/config/code-table-file.ts'

const SHIPPED = readFileSync('config/code-classes.yaml', 'utf8')

test('the shipped table is whole and has a version', () => {
  expect(readCodeTable(SHIPPED)).toMatchObject({ ok: true, table: { version: '2026-11-1' } })
})

test.each([
  ['a host in capitals', SHIPPED.replace('qr.alipay.com', 'QR.alipay.com'), 'host'],
  ['a prefix of three digits', SHIPPED.replace('"62"', '"620"'), 'prefixes'],
  ['an unknown key', `${SHIPPED}\nextra: 1\n`, 'extra'],
  ['a prefix of two wallets', SHIPPED.replace('["01"]', '["62"]'), '62'],
  ['no YAML', '{', ''],
])('a table with %s is refused and the place named', (_what, text, named) => {
  expect(readCodeTable(text)).toMatchObject({ ok: false, error: expect.stringContaining(named) })
})

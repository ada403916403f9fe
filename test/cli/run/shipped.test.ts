/** Shipped files that were checked when the release was made: believed as long as nobody changes them. */
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { holdShipped, shippedNow } from '../../../src/cli/run/shipped.ts'

function config(): string {
  const folder = mkdtempSync(join(tmpdir(), 'shipped-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  cpSync('config', folder, { recursive: true })
  return folder
}

test('where the files are those of the release, nothing is read again', () => {
  const held = holdShipped('config')
  const now = shippedNow(held, config())
  expect(now.dialect('unionpay-pos')).toBe(held.dialect)
  expect([now.codeTable(), now.responseCodes(), now.situations()]).toEqual([
    held.codeTable,
    held.responseCodes,
    held.situations,
  ])
})

test('another dialect is read where the terminal stands, also one that extends the held one', () => {
  const now = shippedNow(holdShipped('config'), config())
  for (const name of ['iso87-ascii', 'unionpay-pos-sm4'])
    expect(now.dialect(name)).toMatchObject({ ok: true })
  expect(now.dialect('nowhere')).toMatchObject({ ok: false })
})

test.each([
  'dialects/unionpay-pos.yaml',
  'code-classes.yaml',
  'response-codes.yaml',
  'drills.yaml',
])('whoever changes %s is believed: everything is read anew', (file) => {
  const held = holdShipped('config')
  const folder = config()
  appendFileSync(join(folder, file), '\nnonsense: 1\n')
  const now = shippedNow(held, folder)
  expect(now.dialect('unionpay-pos')).not.toBe(held.dialect)
  const wrong = [
    now.dialect('unionpay-pos').ok,
    now.codeTable().ok,
    now.responseCodes() !== null,
    now.situations().ok,
  ].filter((isFine) => !isFine)
  expect(wrong).toHaveLength(1)
})

test('a file that is missing is said to be missing', () => {
  const held = holdShipped('config')
  const folder = config()
  rmSync(join(folder, 'dialects', 'unionpay-pos.yaml'))
  expect(shippedNow(held, folder).dialect('unionpay-pos')).toMatchObject({ ok: false })
})

/** A shipped file is read out of its JSON only as long as nobody has changed the YAML. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { loadCodeTable } from '#shell/config/code-table-file.ts'
import { loadDialect } from '#shell/config/dialect-file.ts'
import { parsedBefore, textHash } from '#shell/config/parsed-before.ts'
import { loadResponseCodes } from '#shell/config/response-codes-file.ts'
import { loadSituations } from '#shell/drill/situations-file.ts'
import { writeParsed } from '../../../scripts/build-program/parsed.ts'

const DIALECTS = ['unionpay-pos', 'unionpay-pos-48ans', 'iso87-binary']

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'parsed-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

function everything(config: string) {
  return JSON.stringify([
    ...DIALECTS.map((name) => loadDialect(name, join(config, 'dialects'))),
    loadCodeTable(join(config, 'code-classes.yaml')),
    loadResponseCodes(join(config, 'response-codes.yaml')),
    loadSituations(join(config, 'drills.yaml')),
  ])
}

test('dialects, code classes, response codes and drills are the same out of the JSON of a release', () => {
  const config = folder()
  writeParsed(config)
  cpSync('config', config, { recursive: true })
  const text = 'version: of the YAML'
  expect(everything(config)).toBe(everything('config'))
  writeFileSync(join(config, 'some.yaml'), text)
  writeFileSync(
    join(config, 'some.yaml.json'),
    JSON.stringify({ of: textHash(text), says: { version: 'of the JSON' } }),
  )
  expect(parsedBefore(join(config, 'some.yaml'), text)).toEqual({ version: 'of the JSON' })
})

test('a code table that was changed by hand is read as it now stands', () => {
  const config = folder()
  writeParsed(config)
  const file = join(config, 'code-classes.yaml')
  const changed =
    'version: mine\npaymentCodes: []\nbills: []\nlinks: []\nschemes: []\ncpmApplications: []\n'
  writeFileSync(file, changed)
  expect(loadCodeTable(file)).toMatchObject({ ok: true, table: { version: 'mine' } })
})

test('a JSON that is missing, torn or of another form is as good as none', () => {
  const config = folder()
  const file = join(config, 'some.yaml')
  expect(parsedBefore(file, 'a: 1')).toBeNull()
  for (const text of ['', '{"of":', '[]', 'null', '{"says":1}']) {
    writeFileSync(`${file}.json`, text)
    expect(parsedBefore(file, 'a: 1')).toBeNull()
  }
})

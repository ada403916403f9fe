/** Dialect files as a technician writes them: inheritance works, and every mistake is one clear sentence. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadDialect } from '#shell/config/dialect-file.ts'

const SHIPPED = join(import.meta.dirname, '..', '..', '..', 'config', 'dialects')

const BASE = `
name: base
mti: bcd
bitmap: raw
lastField: 64
digits: bcd
binary: raw
prefix: bcd
charset: gbk
fields:
  2: { format: n..19, sensitive: true, name: { zh-CN: 主账号, en: PAN } }
  39: { format: an2 }
  48: { format: n..322 }
`

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dialects-'))
  writeFileSync(join(folder, 'base.yaml'), BASE)
})

afterEach(() => rmSync(folder, { recursive: true }))

function load(text: string) {
  writeFileSync(join(folder, 'own.yaml'), text)
  return loadDialect('own', folder)
}

function problemOf(text: string): string {
  const loaded = load(text)
  return loaded.ok ? 'loaded' : loaded.problem.replace(`${folder}/`, '')
}

test.each(readdirSync(SHIPPED).map((file) => file.replace(/\.yaml$/, '')))(
  'the shipped dialect %s loads and names all its fields in both languages',
  (name) => {
    const loaded = loadDialect(name, SHIPPED)
    expect(loaded.ok ? loaded.dialect.name : loaded.problem).toBe(name)
    const fields = loaded.ok ? Object.values(loaded.dialect.spec.fields) : []
    expect(fields.length).toBeGreaterThan(30)
    expect(fields.filter((field) => !field.name?.['zh-CN'] || !field.name.en)).toEqual([])
  },
)

test('an heir changes single properties, adds fields and removes them', () => {
  const loaded = load(
    'extends: base\nname: own\nfields:\n  2: { format: n..16 }\n  39: null\n  48: { sensitive: true }\n  70: null\n  41: { format: ans8 }\n',
  )
  expect(loaded.ok ? loaded.dialect.spec.fields : loaded.problem).toEqual({
    '2': { format: 'n..16', sensitive: true, name: { 'zh-CN': '主账号', en: 'PAN' } },
    '41': { format: 'ans8' },
    '48': { format: 'n..322', sensitive: true },
  })
})

test('a path to a file is taken as it is', () => {
  expect(loadDialect(join(folder, 'base.yaml'), SHIPPED)).toMatchObject({ ok: true })
})

test.each([
  ['extends: base\nfields: { 2: { formt: n6 } }', 'own.yaml: fields.2: Unrecognized key: "formt"'],
  [
    'extends: base\nfields: { 2: { format: q6 } }',
    'own.yaml: field 2: format "q6" is no ISO 8583 notation',
  ],
  ['extends: nobody\n', 'nobody.yaml cannot be read: ENOENT'],
  ['extends: ../base\n', 'own.yaml: extends no name of a dialect'],
  ['extends: own\n', 'own.yaml: extends more than 8 files'],
  ['- 1', 'own.yaml: Invalid input: expected object, received array'],
  ['name: x\n', 'own.yaml: mti: Invalid option: expected one of "bcd"|"ascii"|"ebcdic"'],
])('the file %j is refused with one sentence', (text, sentence) => {
  expect(problemOf(text)).toBe(sentence)
})

test('a file that is no YAML says where', () => {
  expect(problemOf('fields: [1, 2')).toMatch(/^own\.yaml is no YAML: .+ at line 1, column \d+/)
})

test('a name cannot leave the folder', () => {
  expect(loadDialect('../dialects/unionpay-pos', folder)).toEqual({
    ok: false,
    problem: '"../dialects/unionpay-pos" is no name of a dialect',
  })
})

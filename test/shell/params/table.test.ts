import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parametersPage } from '#shell/params/explain.ts'
import { listParameters } from '#shell/params/parameter.ts'
import { loadParameterWords } from '#shell/params/words.ts'

const NAMES = listParameters().map(({ name }) => name)

test.each(['en', 'zh-CN'] as const)(
  'every parameter of the schema has a meaning in %s',
  (locale) => {
    const { meanings } = loadParameterWords('config', locale)
    expect(NAMES.filter((name) => meanings[name] === undefined)).toEqual([])
  },
)

test('docs/parameters.md is what the schema and the words say', () => {
  const page = parametersPage(
    listParameters(),
    loadParameterWords('config', 'en'),
    loadParameterWords('config', 'zh-CN'),
  )
  expect(readFileSync('docs/parameters.md', 'utf8')).toBe(page)
})

test('every difference between acquirers that is documented is a parameter with a name of the schema', () => {
  const rows = readFileSync('docs/acquirers.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && line.includes('`'))
  const named = rows.flatMap((row) => {
    const cell = row.split(' | ')[1] ?? ''
    let group = ''
    return [...cell.matchAll(/`([.\w]+)`/g)].map(([, name = '']) => {
      if (name.startsWith('.')) return `acquirer.${group}${name}`
      group = name.split('.')[0] ?? ''
      return `acquirer.${name}`
    })
  })
  expect(named.length).toBeGreaterThan(30)
  const unknown = named.filter(
    (name) => !NAMES.some((own) => own === name || own.startsWith(`${name}.`)),
  )
  expect(unknown).toEqual([])
})

test('a default that the table names is within its own bounds', () => {
  const numbers = listParameters().filter(({ fallback }) => typeof fallback === 'number')
  expect(numbers.length).toBeGreaterThan(20)
  for (const { bounds, fallback, name } of numbers) {
    const [least, most] = bounds.split('…').map((text) => (text === '' ? Number.NaN : Number(text)))
    const isIn = Number(fallback) >= (least ?? 0) && Number(fallback) <= (most ?? 0)
    expect([name, isIn || bounds.split(' | ').includes(String(fallback))]).toEqual([name, true])
  }
})

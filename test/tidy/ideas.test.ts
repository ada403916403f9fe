import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { wrongInIdeas } from './idea-table.ts'
import { titlesOfTree } from './known-titles.ts'

const PAGE = readFileSync(new URL('../../docs/ideas.md', import.meta.url), 'utf8')
const TITLES = titlesOfTree()

test('the page of ideas tells all 120, and whatever it names as shown is shown by a test or a scenario', () => {
  expect(wrongInIdeas(PAGE, TITLES)).toEqual([])
})

const ROW = /^\| S2-14 .*$/m
const SHOWN = '`core/sale` twenty confirm keys in a row confirm once and never send'

test.each([
  ['a number is left out', PAGE.replace(ROW, ''), 'S2-14 is missing'],
  [
    'a number stands there twice',
    PAGE.replace(ROW, (row) => `${row}\n${row}`),
    'S2-14 is there twice',
  ],
  ['a number that is none', PAGE.replace('| S2-14 ', '| S2-94 '), 'S2-94 is no idea'],
  [
    'a title that no test has',
    PAGE.replace(SHOWN, `${SHOWN} twice`),
    /core\/sale shows no ".* twice"/,
  ],
  [
    'a part of a title',
    PAGE.replace(SHOWN, '`core/sale` twenty confirm keys'),
    /core\/sale shows no/,
  ],
  [
    'a file that is not there',
    PAGE.replace(SHOWN, '`core/nowhere` anything'),
    /core\/nowhere shows no/,
  ],
  [
    'a scenario that is not there',
    PAGE.replace(SHOWN, '`scenarios/sale` x'),
    /scenarios\/sale shows no/,
  ],
  [
    'built with nothing that shows it',
    withRow('| S2-14 | x | built | | |'),
    /S2-14: built, and nothing shows it/,
  ],
  [
    'not yet, and yet shown',
    withRow(`| S2-14 | x | not yet | ${SHOWN} | |`),
    /S2-14: not yet, and something shows it/,
  ],
  [
    'in part, and nobody says what is missing',
    withRow(`| S2-14 | x | in part | ${SHOWN} | |`),
    /S2-14: in part, and nobody says why/,
  ],
  [
    'built to the limit, and nobody says why no terminal can do more',
    withRow(`| S2-14 | x | to the limit | ${SHOWN} | |`),
    /S2-14: to the limit, and nobody says why/,
  ],
  ['a state that is none', withRow('| S2-14 | x | nearly | | |'), /"nearly" is no state/],
  ['wrong counts', PAGE.replace(/^Counts: \d+/m, 'Counts: 121'), /the counts must read/],
])('%s: the check of the page says so', (_what, page, wanted) => {
  expect(page).not.toBe(PAGE)
  expect(wrongInIdeas(page, TITLES).join('\n')).toMatch(wanted)
})

test('a scenario that shows a fault of the product proves nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'titles-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'scenarios'))
  const faulty = '{ title: B, knownFault: { why: w, seen: s }, steps: [{ press: [menu] }] }'
  const text = `scenarios:\n  - { title: A, steps: [{ press: [menu] }] }\n  - ${faulty}\n`
  writeFileSync(join(folder, 'scenarios', 'shop.yaml'), text)
  const titles = titlesOfTree(folder)
  expect(['A', 'B'].map((title) => titles.isShown('scenarios/shop', title))).toEqual([true, false])
})

function withRow(row: string): string {
  return PAGE.replace(ROW, row)
}

/** The log of a terminal: what is written, how grave it is, and how much of it is kept. */
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, onTestFinished, test } from 'vitest'
import { type LogSettings, openLog } from '#shell/log.ts'
import { gravelyNamed } from '#shell/log-levels.ts'

const SETTINGS: LogSettings = { level: 'info', fileMegabytes: 1, files: 2, keepDays: 30 }
const DAY_S = 86_400
/** Its text and the frame of a line are more than 300 bytes. */
const LONG_FACT = 'x'.repeat(400)
const LINES_OF_A_FILE = 6000

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'log-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'terminal.log')
}

test('a line is one JSON object with its time, its level, its sentence and short facts', () => {
  const file = newFile()
  const log = openLog(file, SETTINGS)
  log.note('exchange', { mti: '0200', detail: LONG_FACT })
  log.note('stray answer', {})
  log.note('journal failed')
  log.close()
  const lines = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines).toMatchObject([
    { level: 30, msg: 'exchange', mti: '0200', detail: 'x'.repeat(200) },
    { level: 40, msg: 'stray answer' },
    { level: 50, msg: 'journal failed' },
  ])
  expect(lines[0].time).toMatch(/^\d{4}-\d\d-\d\dT/)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test.each([
  ['error', ['journal failed']],
  ['warning', ['stray answer', 'journal failed']],
  ['info', ['exchange', 'stray answer', 'journal failed']],
] as const)('at the level %s nothing less grave is written', (level, expected) => {
  const file = newFile()
  const log = openLog(file, { ...SETTINGS, level })
  for (const what of ['exchange', 'stray answer', 'journal failed']) log.note(what)
  log.close()
  const said = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).msg)
  expect(said).toEqual(expected)
})

test('a full file is put aside while the terminal runs, and no more of them are kept than may be', () => {
  const file = newFile()
  const log = openLog(file, SETTINGS)
  for (let line = 0; line < 4 * LINES_OF_A_FILE; line++) log.note(`line ${line}`, { LONG_FACT })
  log.note('the last line')
  log.close()
  expect(readdirSync(join(file, '..')).sort()).toEqual([
    'terminal.log',
    'terminal.log.1',
    'terminal.log.2',
  ])
  for (const kept of [file, `${file}.1`, `${file}.2`])
    expect(statSync(kept).size).toBeLessThan(2 * 1024 * 1024)
  expect(readFileSync(file, 'utf8')).toContain('the last line')
})

test('what is older than it may be kept is deleted, and the file that is written stays', () => {
  const file = newFile()
  const first = openLog(file, SETTINGS)
  for (let line = 0; line < 3 * LINES_OF_A_FILE; line++) first.note('filling', { LONG_FACT })
  const now = Date.now()
  utimesSync(`${file}.1`, now / 1000 - 29 * DAY_S, now / 1000 - 29 * DAY_S)
  utimesSync(`${file}.2`, now / 1000 - 31 * DAY_S, now / 1000 - 31 * DAY_S)
  first.tidy(now)
  first.close()
  expect([file, `${file}.1`, `${file}.2`].map((name) => existsSync(name))).toEqual([
    true,
    true,
    false,
  ])
})

test('a disk that takes nothing stops nobody, and what waits for it does not grow without end', () => {
  const file = newFile()
  symlinkSync('/dev/full', file)
  const log = openLog(file, { ...SETTINGS, fileMegabytes: 256 })
  const before = heapInUse()
  for (let line = 0; line < 60_000; line++) log.note(`line ${line}`, { LONG_FACT })
  const grown = heapInUse() - before
  log.close()
  // All of these lines are 18 MB of text.
  expect(grown).toBeLessThan(8_000_000)
  expect(statSync('/dev/full').isCharacterDevice()).toBe(true)
})

test('every sentence that has a level of its own is written somewhere', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('log-levels.ts'))
    .map((name) => readFileSync(join('src', name), 'utf8'))
    .join('\n')
  expect(gravelyNamed().filter((what) => !sources.includes(`'${what}'`))).toEqual([])
})

/** Bytes that are really held. */
function heapInUse(): number {
  setFlagsFromString('--expose_gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}

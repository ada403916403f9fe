import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command, CommanderError } from 'commander'
import { expect, test } from 'vitest'
import { archiveOldest } from '#shell/journal/archive/archive.ts'
import { registerEvidence } from '../../../src/cli/report/evidence.ts'
import { type Happening, SHORT_DAY } from '../../crash/plan.ts'
import { scratchFolder, tamper, writeDay } from '../journal/day.ts'

const SHARED = fileURLToPath(new URL('../../../config', import.meta.url))

/** The verb in this process. */
function evidence(...args: string[]): { code: number; out: string[]; err: string[] } {
  const said = { code: 0, out: new Array<string>(), err: new Array<string>() }
  const program = new Command('suretill').exitOverride()
  registerEvidence(program, {
    out: (line) => said.out.push(line),
    err: (line) => said.err.push(line),
    sharedConfig: SHARED,
    wallMs: () => 1_795_000_000_000,
  })
  try {
    program.parse(['evidence', ...args], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    said.code = error.exitCode
  }
  return said
}

type Line = { readonly line: string; readonly [name: string]: unknown }

function linesOf(file: string): readonly Line[] {
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((text): Line => JSON.parse(text))
}

/** The only person of the scripted shop is a cashier; on disk a supervisor is made of her. */
function promote(data: string): void {
  const role = (name: string) => `"number":"01","role":"${name}"`
  tamper(
    join(data, 'journal.db'),
    `UPDATE state SET body = replace(body, '${role('cashier')}', '${role('supervisor')}')`,
  )
}

/** A pack about the first sale of the day, and its folder. */
function packOfDay(...flags: string[]): { data: string; file: string } {
  const data = scratchFolder()
  writeDay(data)
  promote(data)
  const file = join(data, 'pack.jsonl')
  const made = evidence(
    '--data',
    data,
    '--trace',
    '2',
    '--out',
    file,
    '--supervisor',
    '01',
    ...flags,
  )
  if (made.code !== 0) throw new Error(made.err.join())
  return { data, file }
}

test('the evidence of a sale holds its record, who and when, slip, and the chain to the head, and is whole', () => {
  const { file } = packOfDay()
  const lines = linesOf(file)
  const kinds = new Set(lines.map(({ line }) => line))
  expect([...kinds]).toEqual(['pack', 'record', 'story', 'slip', 'seal', 'begin', 'event', 'end'])
  expect(lines[0]).toMatchObject({ trace: '000002', exportedBy: { operator: '01' } })
  expect(lines[1]).toMatchObject({ record: { stan: '000002', paidMinor: 3800 } })
  const story = lines.filter(({ line }) => line === 'story')
  expect(story.map(({ what }) => what)).toEqual(
    expect.arrayContaining(['keyPressed', 'cardPresented', 'hostReplied', 'printEnded']),
  )
  expect(story.every(({ operator }) => operator === '01')).toBe(true)
  const slip = lines.find(({ line }) => line === 'slip')
  expect([slip?.['text'], slip?.['svg']]).toEqual([
    expect.stringContaining('38.00'),
    expect.stringContaining('<svg'),
  ])
  const checked = evidence('verify', file)
  expect([checked.code, checked.out[0]]).toEqual([
    0,
    expect.stringMatching(/^The pack about 000002 is whole: 1 records, 2 slips \(2 made again/),
  ])
})

test('nothing of another payment stands in a pack of this order alone, and what is left out is not called proven', () => {
  const { file } = packOfDay('--only-order')
  const lines = linesOf(file)
  const own = lines[0]?.['events']
  if (!Array.isArray(own)) throw new Error('no events are named')
  expect(lines.filter(({ line }) => line === 'event').map(({ seq }) => seq)).toEqual(own)
  expect(readFileSync(file, 'utf8')).not.toContain('000001-000005')
  const { code, out } = evidence('verify', file, '--json')
  const told = JSON.parse(out[0] ?? '')
  expect([code, told.named > 10, told.proven]).toEqual([0, true, own.length])
})

test.each([
  ['the record', '"paidMinor":3800', '"paidMinor":3900', 'record'],
  ['who was signed in', '"operator":"01","page"', '"operator":"02","page"', 'story'],
  ['the slip', '38.00', '39.00', 'slip'],
  ['an event', '"39":"00"', '"39":"51"', 'event'],
])('whoever changes %s afterwards is found, and the changed line is named', (_, from, to, kind) => {
  const { file } = packOfDay()
  const texts = readFileSync(file, 'utf8').split('\n')
  const at = texts.findIndex((text) => text.startsWith(`{"line":"${kind}"`) && text.includes(from))
  expect(at).toBeGreaterThan(0)
  texts[at] = texts[at]?.replace(from, to) ?? ''
  writeFileSync(file, texts.join('\n'))
  const { code, out } = evidence('verify', file)
  expect([code, out[0]]).toEqual([1, expect.stringContaining(`line ${at + 1} `)])
})

test('a line taken out, put in twice or moved is found at every place', () => {
  const { file } = packOfDay()
  const texts = readFileSync(file, 'utf8').trimEnd().split('\n')
  const broken = (lines: readonly string[]): number => {
    writeFileSync(file, lines.join('\n'))
    return evidence('verify', file).code
  }
  expect(broken(texts)).toBe(0)
  for (const [at, text] of texts.entries()) {
    expect(broken(texts.toSpliced(at, 1))).toBe(1)
    expect(broken(texts.toSpliced(at, 0, text))).toBe(1)
    const next = texts[(at + 1) % texts.length] ?? ''
    expect(broken(texts.with(at, next).with((at + 1) % texts.length, text))).toBe(1)
  }
}, 60_000)

test('digests made anew do not hide a slip or record that the journal did not keep', () => {
  const { data, file } = packOfDay()
  tamper(join(data, 'journal.db'), `UPDATE record SET body = replace(body, '3800', '3900')`)
  const other = join(data, 'other.jsonl')
  evidence('--data', data, '--trace', '2', '--out', other, '--supervisor', '01')
  const { code, out } = evidence('verify', other)
  expect([code, out[0]]).toEqual([
    1,
    expect.stringContaining('line 2 is not the record that the events kept'),
  ])
  expect(evidence('verify', file).code).toBe(0)
})

test('a payment that lies in an archive is still proven up to the newest event', () => {
  const data = scratchFolder()
  const sale: Happening = { do: 'sell', yuan: 9, outcome: 'approved' }
  const journal = writeDay(data, [...SHORT_DAY, { do: 'settle' }, sale])
  archiveOldest(journal, Number.MAX_SAFE_INTEGER)
  promote(data)
  const file = join(data, 'pack.jsonl')
  expect(evidence('--data', data, '--trace', '2', '--out', file, '--supervisor', '01').code).toBe(0)
  expect(evidence('verify', file).code).toBe(0)
})

test('a cashier is no supervisor: nothing is written in that name', () => {
  const data = scratchFolder()
  writeDay(data)
  const file = join(data, 'pack.jsonl')
  const { code, err } = evidence(
    '--data',
    data,
    '--trace',
    '2',
    '--out',
    file,
    '--supervisor',
    '01',
  )
  expect([code, err]).toEqual([2, [expect.stringMatching(/^01 is no supervisor/)]])
  expect(existsSync(file)).toBe(false)
})

test('no pack without a supervisor of this terminal, over another file, or about what was never paid', () => {
  const { data, file } = packOfDay()
  const out = join(data, 'new.jsonl')
  const tries = [
    ['--data', data, '--trace', '2', '--out', out],
    ['--data', data, '--trace', '2', '--out', out, '--supervisor', '90'],
    ['--data', data, '--trace', '999', '--out', out, '--supervisor', '01'],
    ['--data', data, '--trace', '2', '--out', file, '--supervisor', '01'],
    ['verify', join(data, 'nothing')],
  ]
  for (const args of tries) {
    const { code, err } = evidence(...args)
    expect([code, err.length]).toEqual([2, 1])
  }
})

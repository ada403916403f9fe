import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { Command, CommanderError } from 'commander'
import { expect, test } from 'vitest'
import { archiveOldest } from '#shell/journal/archive/archive.ts'
import { archiveName } from '#shell/journal/archive/archive-table.ts'
import { registerJournal } from '../../../src/cli/journal/journal.ts'
import { longDay, SHORT_DAY } from '../../crash/plan.ts'
import { scratchFolder, tamper, writeDay } from '../../shell/journal/day.ts'

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url))
/** A clock that is years off, for the whole process. */
const OTHER_CLOCK = 'data:text/javascript,const now=Date.now;Date.now=()=>now()+3e11'

/** The verb in this process. */
function journal(...args: string[]): { code: number; out: string[]; err: string[] } {
  const said = { code: 0, out: new Array<string>(), err: new Array<string>() }
  const program = new Command('suretill').exitOverride()
  registerJournal(program, {
    out: (line) => said.out.push(line),
    err: (line) => said.err.push(line),
  })
  try {
    program.parse(['journal', ...args], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    said.code = error.exitCode
  }
  return said
}

/** The verb as another machine would run it: a process of its own, other zone, language and clock. */
function elsewhere(file: string): unknown {
  const run = spawnSync(
    process.execPath,
    ['--import', OTHER_CLOCK, MAIN, 'journal', 'replay', '--json', file],
    {
      encoding: 'utf8',
      env: {
        PATH: '/usr/bin:/bin',
        TZ: 'America/St_Johns',
        LANG: 'tr_TR.UTF-8',
        LC_ALL: 'tr_TR.UTF-8',
      },
    },
  )
  if (run.status !== 0) throw new Error(run.stderr + run.stdout)
  return JSON.parse(run.stdout)
}

test('journals of two terminals, carried to another machine, give the same decisions byte for byte', () => {
  const machine = scratchFolder()
  for (const [name, plan] of [
    ['one', SHORT_DAY],
    ['two', longDay(2)],
  ] as const) {
    const here = scratchFolder()
    writeDay(here, plan)
    const there = join(machine, name)
    cpSync(here, there, { recursive: true })
    const [line = ''] = journal('replay', '--json', '--data', here).out
    const replayed: unknown = JSON.parse(line)
    expect(replayed).toMatchObject({ difference: null })
    expect(elsewhere(join(there, 'journal.db'))).toEqual(replayed)
    const exported = join(machine, `${name}.jsonl`)
    writeFileSync(exported, `${journal('export', '--data', here).out.join('\n')}\n`)
    expect(elsewhere(exported)).toEqual(replayed)
  }
}, 60_000)

test('a replay says step by step what happened, where it led, what was done and why not', () => {
  const { code, out } = journal('replay', '--data', dayFolder())
  expect(code).toBe(0)
  const told = out.join('\n')
  expect(told).toMatch(/cardPresented .*present → authorizing .*sendRequest 000002/)
  expect(told).toMatch(/hostSilent stan=\d+ .*authorizing → reversing/)
  expect(told).toMatch(/keepRecord 000001-000002 approved 3800/)
  expect(out.at(-1)).toMatch(/^\d+ events, \d+ decided again as recorded\. Decisions [0-9a-f]{64}/)
})

test('an event that was decided otherwise ends with 1 and is named', () => {
  const data = dayFolder()
  tamper(join(data, 'journal.db'), "UPDATE event SET refused = 'stalePage' WHERE seq = 5")
  const { code, out } = journal('replay', '--quiet', '--data', data)
  expect([code, out]).toEqual([1, ['Event 5: event 5 is not as it was written.']])
})

test('an export ends with count and chain head, and a part holds what was asked for', () => {
  const data = dayFolder()
  const all = journal('export', '--data', data).out.map(parsed)
  expect(all.at(-1)).toMatchObject({ line: 'end', events: numbers(all).length })
  const part = journal('export', '--data', data, '--from', '10', '--to', '12').out.map(parsed)
  expect(numbers(part)).toEqual([10, 11, 12])
  const none = journal('export', '--data', data, '--from', '2030-01-01')
  expect([none.code, none.out, none.err]).toEqual([1, [], ['No event fits: nothing was exported.']])
})

test.each([[['export', '--from', 'yesterday']], [['export', '--batch', 'x']]])(
  'a wish that cannot be read ends with 2 and one sentence: %j',
  (args) => {
    const { code, err } = journal(...args, '--data', dayFolder())
    expect([code, err.length]).toEqual([2, 1])
  },
)

test('one batch, or one day, is exported alone and replays alone', () => {
  const data = scratchFolder()
  const sale = { do: 'sell', yuan: 9, outcome: 'approved' } as const
  writeDay(data, [...SHORT_DAY, { do: 'settle' }, sale, { do: 'settle' }])
  const all = numbers(journal('export', '--data', data).out.map(parsed))
  const batches = ['1', '000002', '3'].map((batch) => {
    const { out } = journal('export', '--data', data, '--batch', batch)
    const file = join(data, `${batch}.jsonl`)
    writeFileSync(file, `${out.join('\n')}\n`)
    expect(journal('replay', '--quiet', file).code).toBe(0)
    return numbers(out.map(parsed))
  })
  expect(batches.flat()).toEqual(all)
  // The slip of the second batch comes out of the printer when the third is open already.
  expect(batches.map((one) => one.length > 4)).toEqual([true, true, false])
  // The scripted day is 2026-11-21 in China.
  const day = journal('export', '--data', data, '--from', '2026-11-21', '--to', '2026-11-21').out
  expect(numbers(day.map(parsed))).toEqual(all)
  expect(journal('export', '--data', data, '--to', '2026-11-20').code).toBe(1)
  expect(journal('export', '--data', data, '--batch', '4').code).toBe(1)
})

test('verify follows the chain through the archives, and names one that is missing', () => {
  const data = scratchFolder()
  const file = writeDay(data, [...SHORT_DAY, { do: 'settle' }])
  expect(journal('verify', '--data', data).out[0]).toMatch(/^The journal is whole: \d+ events\./)
  const archived = archiveOldest(file, Number.MAX_SAFE_INTEGER)
  expect(journal('verify', '--data', data).out[0]).toMatch(/1 archives are whole, 0 were deleted/)
  if (!archived.ok || archived.moved === null) throw new Error('nothing was archived')
  rmSync(join(data, archiveName(archived.moved)))
  expect(journal('verify', '--data', data)).toMatchObject({
    code: 1,
    out: [expect.stringMatching(/archive-000001-\d+\.jsonl is missing/)],
  })
})

test('where there is no journal, every verb says so and ends with 2', () => {
  const empty = join(scratchFolder(), 'empty')
  mkdirSync(empty)
  for (const verb of ['verify', 'export', 'replay']) {
    expect(journal(verb, '--data', empty)).toMatchObject({
      code: 2,
      err: [`There is no journal in ${empty}.`],
    })
  }
})

test('a file that is no journal is named and ends with 2 or 1, never with a stack', () => {
  const file = join(scratchFolder(), 'minutes.jsonl')
  writeFileSync(file, 'these are the minutes\n')
  expect(journal('replay', '--quiet', file)).toMatchObject({
    code: 1,
    out: ['Event 0: line 1 is no line of a journal.'],
  })
})

function dayFolder(): string {
  const folder = scratchFolder()
  writeDay(folder)
  return folder
}

type Line = { readonly line: string; readonly seq?: number }

function parsed(text: string): Line {
  return JSON.parse(text)
}

const numbers = (lines: readonly Line[]): unknown[] =>
  lines.filter(({ line }) => line === 'event').map(({ seq }) => seq)

test('verify says whether this device wrote the journal, and that the device key is missing', () => {
  const folder = scratchFolder()
  writeDay(folder)
  expect(journal('verify', '--data', folder)).toMatchObject({
    code: 0,
    out: [expect.stringContaining('The device key is not here')],
  })
  // Nothing in this journal was written with the key.
  writeFileSync(join(folder, 'device.key'), new Uint8Array(32).fill(1))
  expect(journal('verify', '--data', folder)).toMatchObject({
    code: 1,
    out: [expect.stringContaining('no proof of this device')],
  })
})

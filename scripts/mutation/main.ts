/**
 * `make mutation`: every small change that Stryker's instrumenter knows is made in the named files, one at a time, and a test must notice. All tests are loaded
 * once, in one process, and each mutant runs those that reach it: a room takes a minute. Prints a row for each file and what survived.
 * Run: node scripts/mutation/main.ts FILE-OR-FOLDER … [--tests REGEX] [--longest MS]. Exit 1 when a file is below 90 %.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { files, isBelow, type Outcome, survivors } from './report.ts'
import { layOut } from './sandbox.ts'

/** Pure and quick; what needs a process, a disk or a browser proves other things. */
const PURE = '^test/(core|iso8583|crypto|qr|emv)/'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    tests: { type: 'string', default: PURE },
    // A test that takes longer by itself is left out; what only it would notice is told as survived.
    longest: { type: 'string', default: '1000' },
  },
})
const root = join(import.meta.dirname, '../..')
if (positionals.length === 0) throw new Error('which file or folder is to be changed?')
const sandbox = await layOut(root, positionals)

const { status } = spawnSync(
  'vitest',
  ['run', '--config', 'scripts/mutation/inside/vitest.config.ts'],
  {
    cwd: sandbox,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, MUTATION_TESTS: values.tests, MUTATION_LONGEST_MS: values.longest },
  },
)
if (status !== 0) process.exit(status ?? 1)

const outcomes: readonly Outcome[] = JSON.parse(
  readFileSync(join(sandbox, 'outcomes.json'), 'utf8'),
)
const rows = files(outcomes)
console.log('| file | mutants | killed | score |\n| --- | --- | --- | --- |')
for (const { file, killed, mutants } of rows)
  console.log(
    `| \`${file}\` | ${mutants} | ${killed} | ${Math.round((100 * killed) / mutants)} % |`,
  )
for (const line of survivors(outcomes, (file) => readFileSync(join(root, file), 'utf8')))
  console.log(line)
if (rows.some(isBelow)) process.exitCode = 1

/** `suretill-rig mistakes`: simulated cashiers make mistakes on five terminals; exit 1 when a goal that our guards keep is missed. */
import { readFileSync, writeFileSync } from 'node:fs'
import { type Command, InvalidArgumentError } from 'commander'
import { readCodeTable } from '../src/shell/config/code-table-file.ts'
import { goals } from '../test/mistakes/goals.ts'
import { reportPage, tellResult } from '../test/mistakes/report.ts'
import { runMistakes } from '../test/mistakes/run.ts'

type Options = { readonly orders: number; readonly into?: string; readonly json: boolean }

const ORDERS = 100_000
const TELL_EVERY_DAYS = 100

/** Adds the verb to the laboratory's command. */
export function registerMistakes(program: Command): void {
  program
    .command('mistakes')
    .description('Simulated cashiers make mistakes; what reaches the acquirer, what it costs.')
    .option('--orders <n>', 'true orders, each served by every terminal', wholeNumber, ORDERS)
    .option('--into <file>', 'writes the report as Markdown')
    .option('--json', 'one line of JSON instead of sentences', false)
    .exitOverride()
    .action((options: Options) => run(options))
}

function run({ orders, into, json }: Options): void {
  const read = readCodeTable(readFileSync('config/code-classes.yaml', 'utf8'))
  if (!read.ok) throw new Error(read.error)
  const result = runMistakes({
    orders,
    table: read.table,
    onDay: (day, served) => {
      if (!json && day % TELL_EVERY_DAYS === 0) console.error(`${day} days, ${served} orders`)
    },
  })
  if (into !== undefined) writeFileSync(into, reportPage(result))
  const tallies = result.tallies.map(({ variant, tally: { extraTaps, extraMs, ...tally } }) => ({
    terminal: variant.name,
    ...tally,
    sales: extraTaps.length,
    extraTaps: extraTaps.reduce((sum, one) => sum + one, 0),
    extraMs: extraMs.reduce((sum, one) => sum + one, 0),
  }))
  console.log(json ? JSON.stringify({ ...result, tallies }) : tellResult(result))
  const kept = goals(result.tallies).filter(({ keptByGuard }) => keptByGuard)
  if (kept.some(({ met }) => !met)) process.exitCode = 1
}

function wholeNumber(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0 && number <= 10_000_000) return number
  throw new InvalidArgumentError('Orders are a whole number from 1 to 10000000.')
}

/** `suretill-rig run`: scenarios that a tester wrote, each in a shop of its own. Exit 1 when one fails, 2 when a file is unusable. */
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { type Command, InvalidArgumentError } from 'commander'
import {
  jsonReport,
  junitReport,
  tellTotals,
  tellVerdict,
  totalsOf,
} from '../test/rig/scenario/report.ts'
import { runScenarios } from '../test/rig/scenario/run-scenarios.ts'
import { readScenarios, type Scenario } from '../test/rig/scenario/scenario-file.ts'
import { layProgram } from '../test/rig/shipped-program.ts'

const EXIT_FAILED = 1
const EXIT_UNUSABLE = 2
const EXIT_STOPPED = 130
const MAX_JOBS = 64
/** Waiting shops cost nothing; starting ones share the processors. */
const JOBS_PER_PROCESSOR = 4

type Options = {
  readonly jobs: number
  readonly only?: string
  readonly json: boolean
  readonly junit?: string
  readonly quiet: boolean
}

/** Adds the verb to the laboratory's command. */
export function registerRun(program: Command): void {
  program
    .command('run')
    .description('Run scenarios written in YAML; exit 1 when one of them fails.')
    .argument('<scenario.yaml...>', 'files with scenarios')
    .option('--only <title>', 'the scenarios whose title contains this')
    .option(
      '--jobs <n>',
      'shops at a time',
      wholeNumber,
      availableParallelism() * JOBS_PER_PROCESSOR,
    )
    .option('--json', 'one line of JSON instead of sentences', false)
    .option('--junit <file>', 'write the verdicts as JUnit XML too')
    .option('--quiet', 'tell failures and totals only', false)
    .exitOverride()
    .action((files: string[], options: Options) => run(files, options))
}

async function run(files: readonly string[], options: Options): Promise<void> {
  const scenarios = readFiles(files)
  if (typeof scenarios === 'string') return refuse(scenarios)
  const { only } = options
  const wanted = scenarios.filter(({ title }) => only === undefined || title.includes(only))
  if (wanted.length === 0) return refuse(`No scenario has a title with "${only}".`)
  const began = performance.now()
  const laid = layProgram()
  process.once('exit', laid.remove)
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => process.exit(EXIT_STOPPED))
  const verdicts = await runScenarios(wanted, {
    jobs: options.jobs,
    program: laid.command,
    onVerdict(verdict) {
      if (!options.json && !(options.quiet && verdict.ok)) console.log(tellVerdict(verdict))
    },
  })
  const totals = totalsOf(verdicts, performance.now() - began)
  if (options.json) console.log(jsonReport(verdicts, totals))
  else console.log(`${tellTotals(totals)} The terminal was ${laid.name}.`)
  if (totals.failed > 0) process.exitCode = EXIT_FAILED
  if (options.junit !== undefined) writeReport(options.junit, junitReport(verdicts))
}

/** All scenarios, or one line that says what is wrong with a file. */
function readFiles(files: readonly string[]): readonly Scenario[] | string {
  const all: Scenario[] = []
  for (const file of files) {
    let text: string
    try {
      text = readFileSync(file, 'utf8')
    } catch (cause) {
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable'
      return `${file} cannot be read: ${code}`
    }
    const read = readScenarios(file, text)
    if (!read.ok) return read.problem
    all.push(...read.scenarios)
  }
  return all
}

function writeReport(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (cause) {
    refuse(`${file} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
}

/** One clear line. */
function refuse(why: string): void {
  console.error(why)
  process.exitCode = EXIT_UNUSABLE
}

function wholeNumber(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0 && number <= MAX_JOBS) return number
  throw new InvalidArgumentError(`Jobs are a whole number from 1 to ${MAX_JOBS}.`)
}

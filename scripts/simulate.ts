/** `suretill-rig simulate`: the whole system on virtual time, seed after seed. Exit 1 when an invariant broke. */
import { type Command, InvalidArgumentError } from 'commander'
import { tellBroken, tellTotals } from '../test/simulation/report.ts'
import { simulate } from '../test/simulation/simulate.ts'

type Options = {
  readonly seeds: { readonly first: number; readonly last: number }
  readonly sales: number
  readonly faults: boolean
  readonly json: boolean
}

/** Stories shown at most; every broken seed is named in the totals. */
const SHOWN_STORIES = 3
const SALES_PER_SEED = 50

/** Adds the verb to the laboratory's command. */
export function registerSimulate(program: Command): void {
  program
    .command('simulate')
    .description('Run the whole system on virtual time with faults; exit 1 when money goes astray.')
    .requiredOption('--seeds <A..B>', 'first and last seed, such as 1..2000', seedRange)
    .option('--sales <n>', 'orders typed in each seed', wholeNumber, SALES_PER_SEED)
    .option('--no-faults', 'nothing goes wrong: how fast the checks alone let it run')
    .option('--json', 'one line of JSON instead of sentences', false)
    .exitOverride()
    .action((options: Options) => run(options))
}

function run({ seeds, sales, faults, json }: Options): void {
  let shown = 0
  const totals = simulate({
    ...seeds,
    sales,
    faults,
    onBroken: (result) => {
      shown += 1
      if (shown <= SHOWN_STORIES) console.error(tellBroken(result, sales))
    },
  })
  console.log(json ? JSON.stringify(totals) : tellTotals(totals))
  if (totals.broken.length > 0) process.exitCode = 1
}

function seedRange(text: string): Options['seeds'] {
  const match = /^(\d{1,9})\.\.(\d{1,9})$/.exec(text)
  const first = Number(match?.[1])
  const last = Number(match?.[2])
  if (match === null || first > last)
    throw new InvalidArgumentError('Seeds are given as first..last, such as 1..2000.')
  return { first, last }
}

function wholeNumber(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0 && number <= 100_000) return number
  throw new InvalidArgumentError('Orders are a whole number from 1 to 100000.')
}

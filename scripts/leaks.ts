/** `suretill-rig leaks`: one terminal process serves thousands of customers; exit 1 when it holds more afterwards than it should. */
import { type Command, InvalidArgumentError } from 'commander'
import { judgeHelped, judgeSamples, tellFinding, tellSample } from './leaks/judge.ts'
import { type Helped, serve } from './leaks/serve.ts'

const SALES = 2000
const LOOK_EVERY = 100
/** Code that is compiled late, caches that fill once. */
const WARM_UP = 300

type Options = { readonly sales: number; readonly json: boolean }

/** Adds the verb to the laboratory's command. */
export function registerLeaks(program: Command): void {
  program
    .command('leaks')
    .description(
      'Serve thousands of customers with one process; exit 1 when handles, timers or memory grow.',
    )
    .option('--sales <n>', 'customers to be served', wholeNumber, SALES)
    .option('--json', 'one line of JSON instead of sentences', false)
    .exitOverride()
    .action((options: Options) => run(options))
}

async function run({ sales, json }: Options): Promise<void> {
  const began = performance.now()
  const helped: Helped[] = []
  const samples = await serve({
    sales,
    lookEvery: LOOK_EVERY,
    onHelped: (one) => {
      helped.push(one)
      if (!json) console.log(tellHelped(one))
    },
    onSample: (sample) => {
      if (!json) console.log(tellSample(sample))
    },
  })
  const held = judgeSamples(samples.filter(({ served }) => served >= WARM_UP))
  const findings = [...held, judgeHelped(helped.length, sales)]
  const ms = Math.round(performance.now() - began)
  if (json) console.log(JSON.stringify({ sales, ms, samples, helped, findings }))
  else {
    for (const finding of findings) console.log(tellFinding(finding))
    console.log(`${sales} customers in ${Math.round(ms / 1000)} s by one process.`)
  }
  if (held.length === 0 || findings.some(({ ok }) => !ok)) process.exitCode = 1
}

function tellHelped({ customer, title, at, did }: Helped): string {
  return `customer ${customer} (${title}) needed the cashier: ${at} | ${did.join(' | ')}`
}

function wholeNumber(text: string): number {
  const number = Number(text)
  const least = WARM_UP + LOOK_EVERY
  if (Number.isInteger(number) && number >= least && number <= 1_000_000) return number
  throw new InvalidArgumentError(`A whole number from ${least} to 1000000.`)
}

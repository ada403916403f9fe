/** `suretill-rig`: the laboratory on the command line. Never part of the shipped bundle. */
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { customerAddress } from '../test/rig/bench/customer-address.ts'
import { type Laboratory, startLaboratory } from '../test/rig/laboratory.ts'
import { registerConformance } from './conformance.ts'
import { registerFaults } from './faults.ts'
import { registerLeaks } from './leaks.ts'
import { registerMistakes } from './mistakes.ts'
import { registerRun } from './run-scenarios.ts'
import { registerSimulate } from './simulate.ts'

const EXIT_WRONG_USAGE = 2
/** As a real receipt printer of 100 mm a second. */
const PRINTER_LINES_PER_SECOND = 25
/** Last output of a terminal that crashes again and again. */
const SHOWN_LINES = 20
/** A second Ctrl-C does not wait. */
const EXIT_INTERRUPTED = 130

type Options = {
  readonly folder: string
  readonly screensPort: number
  readonly benchPort: number
  readonly acquirerPort: number
  readonly json: boolean
}

const program = new Command('suretill-rig')
  .description('Simulated devices, acquirer and bench for a SureTill terminal. No real money.')
  .exitOverride()

withPorts(program.command('up'))
  .description('Start devices, acquirer and bench page; you start the terminal.')
  .option('--folder <folder>', 'where device links and the configuration are made', './demo-data')
  .action((options: Options) => run(options, false))

withPorts(program.command('demo'))
  .description('Start everything, the terminal too.')
  .option('--folder <folder>', 'where the terminal keeps its data', './demo-data')
  .action((options: Options) => run(options, true))

registerConformance(program)
registerFaults(program)
registerLeaks(program)
registerMistakes(program)
registerRun(program)
registerSimulate(program)

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  process.exitCode = error.exitCode === 0 ? 0 : EXIT_WRONG_USAGE
}

function withPorts(command: Command): Command {
  return command
    .option('--screens-port <port>', 'pages of the terminal', port, 8583)
    .option('--bench-port <port>', 'bench page and its JSON', port, 8584)
    .option('--acquirer-port <port>', 'simulated acquirer', port, 8590)
    .option('--json', 'one line of JSON instead of sentences', false)
    .exitOverride()
}

function port(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 0 && number <= 65_535) return number
  throw new InvalidArgumentError('A port is a whole number from 0 to 65535.')
}

async function run(options: Options, withTerminal: boolean): Promise<void> {
  const folder = resolve(options.folder)
  if (withTerminal && !(await isFree(options.screensPort))) {
    fail(
      `Port ${options.screensPort} for the screens is taken; choose another with --screens-port.`,
    )
    return
  }
  const outcome = await startLaboratory({
    folder: join(folder, 'rig'),
    ports: {
      acquirer: options.acquirerPort,
      bench: options.benchPort,
      screens: options.screensPort,
    },
    linesPerSecond: PRINTER_LINES_PER_SECOND,
    dataFolder: withTerminal ? join(folder, 'terminal') : null,
  })
  if (outcome.kind === 'portTaken') {
    fail(outcome.why)
    return
  }
  const { laboratory } = outcome
  stopOnSignal(laboratory)
  if (laboratory.terminal === null) {
    tell(options, laboratory, `http://127.0.0.1:${options.screensPort}/`)
    return
  }
  const started = await laboratory.terminal.powerOn()
  if (started.kind === 'ready') {
    tell(options, laboratory, started.screens)
    return
  }
  const { crashes, lines } = laboratory.terminal.state()
  await laboratory.stop()
  if (crashes > 1) console.error(lines.slice(-SHOWN_LINES).join('\n'))
  fail(`The terminal did not start: ${started.why}`)
}

function tell(options: Options, { bench, rig, terminal }: Laboratory, screens: string): void {
  const customer = customerAddress(screens)
  if (options.json) {
    const { configFolder: config, acquirer } = rig
    const places = { screens, customer, bench: bench.url, acquirerPort: acquirer.port, config }
    console.log(JSON.stringify({ event: 'ready', ...places }))
    return
  }
  const byHand = `\nStart a terminal:  suretill run --config ${rig.configFolder} --data ./data\n`
  console.log(`
SureTill laboratory: simulated devices and host, no real money.

  Bench            ${bench.url}
  Counter screen   ${screens}
  Customer screen  ${customer}
${terminal === null ? byHand : ''}
First: open the bench. On the counter screen give each operator a PIN, then sign in as 01.
Type 38.5 and confirm. Then pick up a card and click the slot, or click a phone.
Ctrl-C ends everything.
`)
}

function stopOnSignal(laboratory: Laboratory): void {
  let stopping = false
  const stop = (): void => {
    if (stopping) {
      void laboratory.terminal?.powerCut()
      process.exit(EXIT_INTERRUPTED)
    }
    stopping = true
    void laboratory.stop().then(() => process.exit(0))
  }
  // SIGHUP: somebody closed the window.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
}

/** One clear line, and the exit code for what cannot be used as it is. */
function fail(why: string): void {
  console.error(why)
  process.exitCode = EXIT_WRONG_USAGE
}

async function isFree(wanted: number): Promise<boolean> {
  if (wanted === 0) return true
  return await new Promise((resolveFree) => {
    const probe = createServer()
    probe.once('error', () => resolveFree(false))
    probe.listen({ host: '127.0.0.1', port: wanted, exclusive: true }, () => {
      probe.close(() => resolveFree(true))
    })
  })
}

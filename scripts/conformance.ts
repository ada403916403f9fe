/** `suretill-rig conformance`: whether a real device does what the drivers rely on. Exit 1 when it does not, 2 for wrong usage. */
import { writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { Argument, type Command, InvalidArgumentError, Option } from 'commander'
import { fromHex } from '#crypto/hex.ts'
import { systemClock } from '#shell/system-clock.ts'
import { type ConformOptions, conform, DEVICES } from './conformance/conform.ts'
import { countOf, jsonReport, junitReport, verdictLine } from './conformance/report.ts'
import type { Tester } from './conformance/step.ts'

type Flags = {
  readonly device: string
  readonly baud?: number
  readonly columns: '32' | '48'
  readonly suffix: keyof typeof SUFFIXES
  readonly trigger: ConformOptions['trigger']
  readonly keyIndex: number
  readonly masterKey?: Uint8Array
  readonly yes: boolean
  readonly json: boolean
  readonly junit?: string
}

const EXIT_FAILED = 1
const SUFFIXES = { cr: '\r', lf: '\n', crlf: '\r\n', none: '' } as const
const USUAL_BAUD_RATES = {
  printer: 115_200,
  'pin-pad': 9600,
  'card-reader': 115_200,
  'qr-scanner': 9600,
}

/** Adds the verb to the laboratory's command. */
export function registerConformance(program: Command): void {
  program
    .command('conformance')
    .description('Check a real device, with a tester at hand; test cards and test keys only.')
    .addArgument(new Argument('<kind>', 'what it is').choices(DEVICES))
    .requiredOption('--device <path>', 'its node, such as /dev/ttyUSB0 or /dev/usb/lp0')
    .option('--baud <rate>', 'speed of a serial port', wholeNumber)
    .addOption(new Option('--columns <n>', 'printer').choices(['32', '48']).default('48'))
    .addOption(new Option('--suffix <end>', 'scanner').choices(Object.keys(SUFFIXES)).default('cr'))
    .addOption(
      new Option('--trigger <family>', 'scanner')
        .choices(['honeywell', 'newland', 'none'])
        .default('none'),
    )
    .option('--key-index <n>', 'slot of the test master key in the pad', wholeNumber, 0)
    .option('--master-key <hex>', 'the TEST master key in that slot; never a real one', keyFromHex)
    .option('--yes', 'nobody is there: leave out what needs a hand or an eye', false)
    .option('--json', 'one line of JSON instead of sentences', false)
    .option('--junit <file>', 'write the verdicts as JUnit XML too')
    .exitOverride()
    .action((kind: ConformOptions['device'], flags: Flags) => run(kind, flags))
}

async function run(device: ConformOptions['device'], flags: Flags): Promise<void> {
  const subject = { device, path: flags.device }
  const tester = flags.yes ? NOBODY_THERE : testerAt(process.stderr)
  const verdicts = await conform(
    {
      device,
      path: flags.device,
      baudRate: flags.baud ?? USUAL_BAUD_RATES[device],
      columns: flags.columns === '32' ? 32 : 48,
      suffix: SUFFIXES[flags.suffix],
      trigger: flags.trigger,
      masterKeyIndex: flags.keyIndex,
      masterKey: flags.masterKey ?? null,
    },
    {
      clock: systemClock,
      tester,
      tell: (verdict) => (flags.json ? undefined : console.log(verdictLine(verdict))),
    },
  )
  const failures = countOf(verdicts, 'failed')
  if (flags.json) console.log(jsonReport(subject, verdicts))
  else
    console.log(
      `${countOf(verdicts, 'passed')} passed, ${failures} failed, ${countOf(verdicts, 'notTried')} not tried.`,
    )
  if (flags.junit !== undefined) writeFileSync(flags.junit, junitReport(subject, verdicts))
  if (failures > 0) process.exitCode = EXIT_FAILED
}

const NOBODY_THERE: Tester = { hand: () => false, confirm: () => Promise.resolve('assumed') }

function testerAt(output: NodeJS.WritableStream): Tester {
  return {
    hand: (instruction) => {
      output.write(`  → ${instruction}\n`)
      return true
    },
    confirm: async (question) => {
      const asking = createInterface({ input: process.stdin, output })
      const answer = await asking.question(`  ? ${question} [y/n] `)
      asking.close()
      return /^\s*(y|yes|是)/i.test(answer) ? 'yes' : 'no'
    },
  }
}

function wholeNumber(text: string): number {
  if (/^\d{1,7}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('A whole number is wanted.')
}

function keyFromHex(text: string): Uint8Array {
  const key = fromHex(text.toUpperCase())
  if (key !== null && (key.length === 8 || key.length === 16)) return key
  throw new InvalidArgumentError('16 or 32 hex digits are wanted.')
}

/** `suretill qr …`: what a code is and whether it is our own receive code. One input per line, one JSON object per line. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Command, CommanderError } from 'commander'
import type { CodeTable } from '#qr/code-table.ts'
import { describeCode } from '#qr/describe.ts'
import { judgePayee } from '#qr/payee.ts'
import { readCodeTable } from '#shell/config/code-table-file.ts'
import { type CodeLine, codeLines } from './qr-line.ts'

export type QrIo = {
  /** Read only when no argument is given; chunks need not end at a line. */
  readonly stdin: AsyncIterable<string | Uint8Array>
  readonly out: (line: string) => void
  readonly err: (line: string) => void
  /** Folder with the shipped table of code classes. */
  readonly sharedConfig: string
}

type ClassifyFlags = {
  readonly jsonInput?: true
  readonly keypad?: true
  readonly last?: string
  readonly table: string
}
type PayeeFlags = { readonly jsonInput?: true; readonly expect: string; readonly amount?: string }

/** 0 fine, 1 a code is not our payee code, 2 unusable input. */
type ExitCode = 0 | 1 | 2
type Answer = { readonly line: object; readonly code: ExitCode }

/**
 * Adds the group `qr` with `classify` and `payee` to `program`. All fine: the action resolves. Otherwise it rejects, as commander
 * itself does under `exitOverride`, with a CommanderError whose `exitCode` is 1 or 2; what is to be said has been said by then.
 * `classify` shows what is inside a code, card data of a consumer-presented code too: it is a decoder of what the user gave.
 */
export function registerQr(program: Command, io: QrIo): void {
  const group = program.command('qr').description('classify scanned codes and check receive codes')
  group
    .command('classify')
    .description('what each code is and whether it may be charged')
    .argument('[code]', 'one code; without it, one per line from standard input')
    .option('--json-input', 'each input is a JSON string, or an object with "payload"')
    .option('--keypad', 'the digits were typed, not scanned')
    .option('--last <code>', 'the code that was charged last')
    .option('--table <file>', 'table of code classes', join(io.sharedConfig, 'code-classes.yaml'))
    .action(async (code: string | undefined, flags: ClassifyFlags) => {
      const table = loadTable(flags.table, io)
      await eachCode(io, { code, json: flags.jsonInput === true }, (text) =>
        classify(text, table, flags),
      )
    })
  group
    .command('payee')
    .description('whether each code is exactly our own receive code; exit code 1 if one is not')
    .argument('[code]', 'one code; without it, one per line from standard input')
    .requiredOption('--expect <reference>', 'our own receive code, whole')
    .option('--amount <amount>', 'amount now to be paid, such as 1.01')
    .option('--json-input', 'each input is a JSON string, or an object with "payload"')
    .action(async (code: string | undefined, flags: PayeeFlags) => {
      await eachCode(io, { code, json: flags.jsonInput === true }, (text) => payee(text, flags))
    })
}

function classify(text: string, table: CodeTable, flags: ClassifyFlags): Answer {
  const source = flags.keypad === true ? 'keypad' : 'scanner'
  return {
    line: describeCode(text, table, { source, lastAccepted: flags.last ?? null }),
    code: 0,
  }
}

function payee(text: string, flags: PayeeFlags): Answer {
  const line = judgePayee(text, { text: flags.expect, amount: flags.amount ?? null })
  return { line, code: line.verdict === 'match' ? 0 : 1 }
}

/** The worst line decides the exit code. */
async function eachCode(
  io: QrIo,
  input: { readonly code: string | undefined; readonly json: boolean },
  answer: (text: string) => Answer,
): Promise<void> {
  let worst: ExitCode = 0
  for await (const read of codeLines(input.code ?? io.stdin, input.json)) {
    const { line, code } = answerLine(read, answer)
    if (code > worst) worst = code
    io.out(JSON.stringify(line))
  }
  if (worst === 2) io.err('an input line is not a JSON string or an object with "payload"')
  if (worst !== 0) throw new CommanderError(worst, 'suretill.qr', '')
}

function answerLine(read: CodeLine, answer: (text: string) => Answer): Answer {
  if (!read.ok) return { line: { error: read.error }, code: 2 }
  const { line, code } = answer(read.payload)
  return { line: read.id === null ? line : { id: read.id, ...line }, code }
}

function loadTable(file: string, io: QrIo): CodeTable {
  const read = readTableFile(file)
  if (read.ok) return read.table
  io.err(`${file}: ${read.error.replaceAll('\n', ' ')}`)
  throw new CommanderError(2, 'suretill.qr', '')
}

function readTableFile(file: string): ReturnType<typeof readCodeTable> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : 'cannot be read' }
  }
  return readCodeTable(text)
}

/** `suretill evidence`: everything that is known of one payment in one file, and the check of such a file on any machine. */
import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type Command, CommanderError } from 'commander'
import { makePack, type PackOutcome } from '#shell/evidence/make-pack.ts'
import type { PackLine } from '#shell/evidence/pack-line.ts'
import { verifyPack } from '#shell/evidence/verify-pack.ts'
import { withReader } from '#shell/journal/reader.ts'
import { renderSlip } from '#shell/receipt/render-slip.ts'
import { readSlipWords, type SlipWords } from '#shell/receipt/slip-words.ts'
import { type Io, journalFile, refuse } from '../journal/journal-io.ts'
import { evidenceText } from './evidence-text.ts'

export type EvidenceParts = Io & {
  /** Shipped data: the words of slips. */
  readonly sharedConfig: string
  readonly wallMs: () => number
}

type Flags = {
  readonly data?: string
  readonly trace?: string
  readonly out?: string
  readonly supervisor?: string
  readonly onlyOrder?: true
  readonly json?: true
}

/** As on 58 mm paper. */
const PAPER = { columns: 32, dots: 384, images: 'generic' } as const
/** A pack of the most events that one holds. */
const FILE_BYTES_MOST = 512 * 1024 * 1024

/** Exits 0 when the pack is written or whole, 1 when it is not, 2 when it cannot be made or read at all. */
export function registerEvidence(program: Command, parts: EvidenceParts): void {
  const evidence = program
    .command('evidence')
    .description('everything that is known of one payment in one file; a terminal may be running')
    .option('--data <folder>', 'data folder of the terminal')
    .option('--trace <number>', 'voucher number on the slip')
    .option('--out <file>', 'the file to make; it must not be there yet')
    .option('--supervisor <number>', 'operator who answers for the export')
    .option('--only-order', 'name events of other payments by their hashes alone')
    .option('--json', 'one JSON line')
    .action((flags: Flags) => make(flags, parts))
  evidence
    .command('verify')
    .description('check a pack by itself: lines, chain, records, slips; names the first misfit')
    .argument('<file>', 'an evidence pack')
    .option('--json', 'one JSON line')
    .action((file: string, _flags: Flags, command: Command) =>
      verify(file, command.optsWithGlobals(), parts),
    )
}

function make(
  { data, json, onlyOrder, out, supervisor, trace }: Flags,
  parts: EvidenceParts,
): void {
  if (data === undefined || trace === undefined || out === undefined || supervisor === undefined)
    refuse(parts, 'Name --data, --trace, --out and --supervisor.')
  if (!/^[0-9]{1,6}$/.test(trace)) refuse(parts, 'A voucher number has at most six digits.')
  const journal = journalFile(data, parts)
  const words = slipWords(parts)
  const wish = {
    trace: trace.padStart(6, '0'),
    supervisor,
    onlyOrder: onlyOrder === true,
    now: parts.wallMs(),
    render: (slip: Parameters<typeof renderSlip>[0]) => renderSlip(slip, PAPER, words),
  }
  const made = [
    ...withReader(journal, function* (db) {
      const outcome = makePack(journal, db, wish)
      yield outcome.ok ? written(out, outcome.lines, parts) : outcome
    }),
  ][0]
  if (made === undefined) return
  if (typeof made !== 'number') refuse(parts, refusal(made))
  parts.out(
    json === true
      ? JSON.stringify({ file: out, lines: made })
      : `${out}: ${made} lines. Check it with: suretill evidence verify ${out}`,
  )
}

/** Lines that were written. A file that was begun and not finished is taken away again. */
function written(file: string, lines: Iterable<PackLine>, io: Io): number {
  let handle: number
  try {
    handle = openSync(file, 'wx', 0o600)
  } catch (cause) {
    return refuse(io, `${file} cannot be made: ${reasonOf(cause)}.`)
  }
  let count = 0
  try {
    for (const line of lines) {
      writeSync(handle, `${JSON.stringify(line)}\n`)
      count += 1
    }
  } catch (cause) {
    rmSync(file, { force: true })
    return refuse(io, `${file} cannot be written: ${reasonOf(cause)}.`)
  } finally {
    closeSync(handle)
  }
  return count
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'unknown'
}

function refusal({ detail, why }: Extract<PackOutcome, { ok: false }>): string {
  switch (why) {
    case 'noSuchPayment':
      return `The journal knows no payment with the voucher number ${detail}. Nothing was written.`
    case 'notASupervisor':
      return `${detail} is no supervisor or administrator of this terminal. Nothing was written.`
    case 'eventsGone':
      return `The events of ${detail} were deleted when their time was over. Nothing was written.`
    case 'tooLong':
      return `${detail} events lie between this payment and the end of the journal. Nothing was written; use --only-order.`
    case 'damaged':
      return `The journal cannot be read: ${detail}. Nothing was written; keep it and call support.`
  }
}

function verify(file: string, flags: Flags, parts: EvidenceParts): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size
  if (size === undefined) refuse(parts, `There is no ${file}.`)
  if (size > FILE_BYTES_MOST) refuse(parts, `${file} is too large to be an evidence pack.`)
  const words = slipWords(parts)
  const verified = verifyPack(
    readFileSync(file, 'utf8'),
    (slip) => renderSlip(slip, PAPER, words).text,
  )
  parts.out(flags.json === true ? JSON.stringify(verified) : evidenceText(verified))
  if (!verified.ok) throw new CommanderError(1, 'suretill.evidence', '')
}

/** Packs are laid out in Chinese with English beside it, as slips of Chinese banks are, whatever the shop prints: then any machine can make them again. */
function slipWords(parts: EvidenceParts): SlipWords {
  const file = join(parts.sharedConfig, 'locales', 'slip.zh-CN.json')
  const words = readSlipWords(JSON.parse(readFileSync(file, 'utf8')))
  if (!words.ok) return refuse(parts, `slip words: ${words.error}`)
  return words.words
}

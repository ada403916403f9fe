/** `suretill journal export`: events as lines of JSON, without what opens doors, closed by a line with their count and the chain's head. */
import { type Command, CommanderError } from 'commander'
import { type Choice, chooseLines } from '#shell/journal/lines/choose.ts'
import { journalLines } from '#shell/journal/lines/stretch.ts'
import { withReader } from '#shell/journal/reader.ts'
import { type Io, journalFile, refuse } from './journal-io.ts'

type Flags = {
  readonly data: string
  readonly from?: string
  readonly to?: string
  readonly batch?: string
  readonly json?: true
}

export function registerExport(journal: Command, io: Io): void {
  journal
    .command('export')
    .description(
      'events as JSON lines, PIN hashes left out; the last line has count and chain head',
    )
    .requiredOption('--data <folder>', 'data folder of the terminal')
    .option('--from <event|date>', 'first event, by number or by date (2026-11-21, or with time)')
    .option('--to <event|date>', 'last event; a date without time means its end')
    .option('--batch <number>', 'events while this batch was open')
    .option('--json', 'JSON lines, which it prints anyway')
    .action((flags: Flags) => {
      const choice = choiceOf(flags)
      if (choice === null)
        refuse(
          io,
          'Name --from and --to as event numbers or dates (2026-11-21), --batch by digits.',
        )
      const file = journalFile(flags.data, io)
      let lines = 0
      for (const line of withReader(file, (db) => chooseLines(journalLines(db), choice))) {
        if (line.line === 'fault') {
          io.err(`The journal cannot be exported: ${line.why}.`)
          throw new CommanderError(1, 'suretill.journal', '')
        }
        lines += 1
        io.out(JSON.stringify(line))
      }
      if (lines > 0) return
      io.err('No event fits: nothing was exported.')
      throw new CommanderError(1, 'suretill.journal', '')
    })
}

/** Null when a wish cannot be read. */
function choiceOf({ from, to, batch }: Flags): Choice | null {
  const first = from === undefined ? {} : placeOf(from, 0)
  const last = to === undefined ? {} : placeOf(to, DAY_MS - 1)
  if (first === null || last === null || (batch !== undefined && !/^[0-9]{1,6}$/.test(batch)))
    return null
  return {
    ...(first.seq === undefined ? {} : { fromSeq: first.seq }),
    ...(first.ms === undefined ? {} : { fromMs: first.ms }),
    ...(last.seq === undefined ? {} : { toSeq: last.seq }),
    ...(last.ms === undefined ? {} : { toMs: last.ms }),
    ...(batch === undefined ? {} : { batch: Number(batch) }),
  }
}

const DAY_MS = 86_400_000
/** Dates without a zone are the shop's own: China has one, and no summer time. */
const SHOP_ZONE = '+08:00'

function placeOf(text: string, intoDayMs: number): { seq?: number; ms?: number } | null {
  if (/^[0-9]{1,15}$/.test(text)) return { seq: Number(text) }
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const hasZone = /(Z|[+-]\d{2}:\d{2})$/.test(text)
  const ms = Date.parse(isDay ? `${text}T00:00:00${SHOP_ZONE}` : hasZone ? text : text + SHOP_ZONE)
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(ms)) return null
  return { ms: isDay ? ms + intoDayMs : ms }
}

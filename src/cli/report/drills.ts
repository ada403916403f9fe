/** `suretill drills`: how people did in the exercises of the drill, as the journal of the terminal keeps it. */
import { type Command, Option } from 'commander'
import { hostDateTime } from '#core/calendar.ts'
import type { Score } from '#core/drill/exercise.ts'
import { withReader } from '#shell/journal/reader.ts'
import { type Io, journalFile } from '../journal/journal-io.ts'

type Flags = { readonly data: string; readonly operator?: string; readonly format: string }

const COLUMNS = ['time', 'operator', 'situation', 'taps', 'seconds', 'misses', 'skipped'] as const

/** Exits 0, also when nobody has drilled yet; 2 when there is no journal. */
export function registerDrills(program: Command, io: Io): void {
  program
    .command('drills')
    .description('scores of the exercises: per operator, or one line for each as CSV or JSON')
    .requiredOption('--data <folder>', 'data folder of the terminal')
    .option('--operator <number>', 'of this one alone')
    .addOption(
      new Option('--format <format>', 'what is printed')
        .choices(['text', 'csv', 'json'])
        .default('text'),
    )
    .action(({ data, format, operator }: Flags) => {
      const scores = scoresIn(journalFile(data, io)).filter(
        (score) => operator === undefined || score.operator === operator,
      )
      for (const line of linesOf(scores, format)) io.out(line)
    })
}

function scoresIn(file: string): readonly Score[] {
  return [
    ...withReader(file, function* (db) {
      const body = db.prepare('SELECT body FROM state WHERE id = 1').get()?.['body']
      const state: { scores?: readonly Score[] } = typeof body === 'string' ? JSON.parse(body) : {}
      yield* state.scores ?? []
    }),
  ]
}

function linesOf(scores: readonly Score[], format: string): readonly string[] {
  if (format === 'json') return scores.map((score) => JSON.stringify(score))
  if (format === 'csv') return [COLUMNS.join(','), ...scores.map((one) => rowOf(one).join(','))]
  return scores.length === 0 ? ['Nobody has done an exercise yet.'] : sums(scores)
}

function rowOf(score: Score): readonly string[] {
  const { at, misses, ms, operator, situation, skipped, taps } = score
  const seconds = (ms / 1000).toFixed(1)
  return [
    hostDateTime(at, '', ''),
    operator,
    situation,
    String(taps),
    seconds,
    String(misses),
    skipped ? 'yes' : 'no',
  ]
}

function sums(scores: readonly Score[]): readonly string[] {
  const people = [...new Set(scores.map(({ operator }) => operator))].toSorted()
  return people.map((operator) => {
    const own = scores.filter((score) => score.operator === operator)
    const done = own.filter(({ skipped }) => !skipped)
    const good = done.filter(({ misses }) => misses === 0).length
    const misses = done.reduce((sum, score) => sum + score.misses, 0)
    const mean = (of: (score: Score) => number): string =>
      (done.reduce((sum, score) => sum + of(score), 0) / Math.max(1, done.length)).toFixed(1)
    return `${operator}: ${good} of ${own.length} without a miss, ${misses} misses, ${own.length - done.length} left out, on average ${mean(({ taps }) => taps)} keys and ${mean(({ ms }) => ms / 1000)} s.`
  })
}

/** The process that `make crash` records and breaks: a scripted day on a real journal. Arguments: folder; day; planted fault or none. */
import { openSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { type ArchiveOutcome, archiveOldest } from '#shell/journal/archive/archive.ts'
import { compact, removeExpired } from '#shell/journal/archive/retention.ts'
import { openJournal } from '#shell/journal/journal.ts'
import { verifyJournal } from '#shell/journal/verify/verify.ts'
import {
  KEEPING_DAY,
  longDay,
  NEXT_DAY,
  NEXT_KEEPING_DAY,
  SHORT_DAY,
  SMALL_DAY,
} from '../test/crash/plan.ts'
import {
  PLANTED,
  PLANTED_IN_FILES,
  type Planted,
  plant,
  plantInSqlite,
} from '../test/crash/planted.ts'
import { freshTicks, markerOn, type Shop, startLife } from '../test/crash/scripted-world.ts'

/** Events of the second life come a day later. */
const DAY_MS = 86_400_000
/** Rounds of a long day: its log passes SQLite's 1000 pages. */
const LONG_ROUNDS = 4

const ANY_AGE = Number.MAX_SAFE_INTEGER

const [folder = '.', day = 'short', wanted = ''] = process.argv.slice(2)
const days: Readonly<Record<string, typeof SHORT_DAY>> = {
  short: SHORT_DAY,
  long: longDay(LONG_ROUNDS),
  small: SMALL_DAY,
  next: NEXT_DAY,
  keeping: KEEPING_DAY,
  nextKeeping: NEXT_KEEPING_DAY,
}
const plan = days[day] ?? SHORT_DAY
const fault = [...PLANTED, PLANTED_IN_FILES].find((one): one is Planted => one === wanted) ?? null
const file = join(folder, 'journal.db')
const mark = markerOn(openSync(join(folder, 'marks'), 'a'))
const ticks = freshTicks()
if (day.startsWith('next')) {
  const verified = verifyJournal(file)
  ticks.seq = verified.ok ? verified.events : 0
  ticks.at += DAY_MS
}

plantInSqlite(fault)
try {
  let life = begin()
  for (const happening of plan) {
    if (happening.do === 'sell') life.shop.sell(happening.yuan, happening.outcome)
    if (happening.do === 'settle') life.shop.settle()
    if (happening.do === 'archive') while (hasMoved(archiveOldest(file, ANY_AGE)));
    if (happening.do === 'forget') forget(life.shop.state().counters.batch - 1)
    if (happening.do !== 'restart') continue
    life.close()
    life = begin()
  }
  mark({ mark: 'end' })
  life.close()
} catch (cause) {
  // A disk that fails ends the day: what is owed is for the next life to find.
  mark({ mark: 'failed' })
  console.error(cause instanceof Error ? cause.message : cause)
  process.exitCode = 1
}

/** Beside the open journal, as the terminal does it; what fails is for the next time. */
function forget(batch: number): void {
  mark({ mark: 'forgetting', batch: String(batch).padStart(6, '0') })
  removeExpired(file, ANY_AGE)
  compact(file)
}

function hasMoved(outcome: ArchiveOutcome): boolean {
  return outcome.ok && outcome.moved !== null
}

function begin(): { readonly shop: Shop; readonly close: () => void } {
  const opened = openJournal(file)
  if (!opened.ok) throw new Error(`${opened.why}: ${opened.detail}`)
  const journal = plant(fault, opened.journal)
  const shop = startLife(journal, mark, ticks)
  shop.open()
  return { shop, close: () => journal.close() }
}

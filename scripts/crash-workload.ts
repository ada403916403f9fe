/** The process that `make crash` records and breaks: a scripted day on a real journal. Arguments: folder; day; planted fault or none. */
import { openSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { openJournal } from '#shell/journal/journal.ts'
import { verifyJournal } from '#shell/journal/verify.ts'
import { longDay, NEXT_DAY, SHORT_DAY, SMALL_DAY } from '../test/crash/plan.ts'
import { PLANTED, plant, plantInSqlite } from '../test/crash/planted.ts'
import { freshTicks, markerOn, type Shop, startLife } from '../test/crash/scripted-world.ts'

/** Events of the second life come a day later. */
const DAY_MS = 86_400_000
/** Rounds of a long day: its log passes SQLite's 1000 pages. */
const LONG_ROUNDS = 4

const [folder = '.', day = 'short', wanted = ''] = process.argv.slice(2)
const days: Readonly<Record<string, typeof SHORT_DAY>> = {
  short: SHORT_DAY,
  long: longDay(LONG_ROUNDS),
  small: SMALL_DAY,
  next: NEXT_DAY,
}
const plan = days[day] ?? SHORT_DAY
const fault = PLANTED.find((one) => one === wanted) ?? null
const mark = markerOn(openSync(join(folder, 'marks'), 'a'))
const ticks = freshTicks()
if (day === 'next') {
  const verified = verifyJournal(join(folder, 'journal.db'))
  ticks.seq = verified.ok ? verified.events : 0
  ticks.at += DAY_MS
}

plantInSqlite(fault)
try {
  let life = begin()
  for (const happening of plan) {
    if (happening.do === 'sell') life.shop.sell(happening.yuan, happening.outcome)
    else {
      life.close()
      life = begin()
    }
  }
  mark({ mark: 'end' })
  life.close()
} catch (cause) {
  // A disk that fails ends the day: what is owed is for the next life to find.
  mark({ mark: 'failed' })
  console.error(cause instanceof Error ? cause.message : cause)
  process.exitCode = 1
}

function begin(): { readonly shop: Shop; readonly close: () => void } {
  const opened = openJournal(join(folder, 'journal.db'))
  if (!opened.ok) throw new Error(`${opened.why}: ${opened.detail}`)
  const journal = plant(fault, opened.journal)
  const shop = startLife(journal, mark, ticks)
  shop.open()
  return { shop, close: () => journal.close() }
}

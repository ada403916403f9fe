/** A scripted day on a real journal, as a terminal would have written it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { onTestFinished } from 'vitest'
import { type Journal, openJournal } from '#shell/journal/journal.ts'
import { type Happening, SHORT_DAY } from '../../crash/plan.ts'
import { freshTicks, startLife, type Ticks } from '../../crash/scripted-world.ts'

export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'journal-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Writes `journal.db` in the folder, closes it, and gives its name. */
export function writeDay(
  folder: string,
  plan: readonly Happening[] = SHORT_DAY,
  ticks: Ticks = freshTicks(),
): string {
  const file = join(folder, 'journal.db')
  let journal = opened(file)
  let shop = startLife(journal, () => undefined, ticks)
  shop.open()
  for (const happening of plan) {
    if (happening.do === 'sell') {
      shop.sell(happening.yuan, happening.outcome)
      continue
    }
    if (happening.do === 'settle') {
      shop.settle()
      continue
    }
    if (happening.do !== 'restart') throw new Error(`no day here does ${happening.do}`)
    journal.close()
    journal = opened(file)
    shop = startLife(journal, () => undefined, ticks)
    shop.open()
  }
  journal.close()
  return file
}

export function opened(file: string): Journal {
  const outcome = openJournal(file)
  if (!outcome.ok) throw new Error(`${outcome.why}: ${outcome.detail}`)
  return outcome.journal
}

/** What somebody with the file and a tool would do to it. */
export function tamper(file: string, sql: string): void {
  const db = new DatabaseSync(file)
  db.exec(sql)
  db.close()
}

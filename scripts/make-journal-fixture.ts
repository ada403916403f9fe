/** Writes the journal of a scripted day as this release does it: `node scripts/make-journal-fixture.ts FOLDER`. Kept for the releases that follow. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { openJournal } from '#shell/journal/journal.ts'
import { SHORT_DAY } from '../test/crash/plan.ts'
import { freshTicks, startLife } from '../test/crash/scripted-world.ts'

const [folder = '.'] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
const ticks = freshTicks()
let life = begin()
for (const happening of SHORT_DAY) {
  if (happening.do === 'sell') life.shop.sell(happening.yuan, happening.outcome)
  else {
    life.close()
    life = begin()
  }
}
life.close()

function begin() {
  const opened = openJournal(join(folder, 'journal.db'))
  if (!opened.ok) throw new Error(`${opened.why}: ${opened.detail}`)
  const { journal } = opened
  const shop = startLife(journal, () => undefined, ticks)
  shop.open()
  return { shop, close: () => journal.close() }
}

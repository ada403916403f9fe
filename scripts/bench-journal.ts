/**
 * `make bench-journal`: the journal beside what no journal can do without, side by side in one run. Prints ratios and asserts nothing: machines
 * differ. Arguments: the lengths of the journals, in events.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { bytesOf, openAppender, openEcho } from './bench/floor.ts'
import { longJournal, measureSizes, opened } from './bench/sizes.ts'
import { openTill } from './bench/till.ts'
import { inTurns, ms, ratioLine } from './bench/turns.ts'

const ROUNDS = 151
/** Sales before anything is measured: the state is as full as in a shop, the log is warm, the code compiled. */
const WARM_UP = 60
const sizes = process.argv.slice(2).map(Number)
const folder = mkdtempSync(join(tmpdir(), 'bench-journal-'))
const tell = (line: string): void => console.log(line)
try {
  await measureSale()
  await measureOpenSlips()
  const files: { readonly events: number; readonly file: string }[] = []
  for (const events of sizes.length > 0 ? sizes : [100, 10_000, 1_000_000])
    files.push({ events, file: await longJournal(folder, events) })
  await measureSizes(files, tell)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function measureSale(): Promise<void> {
  const journal = opened(join(folder, 'sale.db'))
  const till = openTill(journal, true)
  const echo = await openEcho(folder)
  const raw = openAppender(join(folder, 'raw'))
  let asked = till.state()
  for (let sale = 0; sale < WARM_UP; sale++) {
    till.ask()
    asked = till.state()
    await till.pay(echo.once)
    if (sale < WARM_UP - 1) till.tidy()
  }
  const [intent, outcome] = till.written()
  if (intent === undefined || outcome === undefined) throw new Error('a sale makes two commits')
  till.tidy()
  const [first, second] = [bytesOf(intent, asked), bytesOf(outcome, intent.state)]

  // The same entries again and again: what is in them does not matter to the journal.
  const other = opened(join(folder, 'commit.db'))
  for (let count = 0; count < WARM_UP; count++) other.commit(intent)
  const commits = await inTurns(
    [
      { name: 'ours', run: () => other.commit(intent) },
      { name: 'raw', run: () => raw.append(first) },
    ],
    ROUNDS,
  )
  other.close()
  tellRatio('durable commit ÷ append + fdatasync', commits, '≤ 1.8', `${first.length} bytes`)

  const floor = async (): Promise<void> => {
    raw.append(first)
    await echo.once()
    raw.append(second)
  }
  const fromCard = new Array<number>()
  const fromAmount = new Array<number>()
  const least = new Array<number>()
  for (let round = 0; round < ROUNDS; round++) {
    const typed = performance.now()
    till.ask()
    const presented = performance.now()
    await till.pay(echo.once)
    const told = performance.now()
    fromCard.push(told - presented)
    fromAmount.push(told - typed)
    till.tidy()
    const start = performance.now()
    await floor()
    least.push(performance.now() - start)
  }
  const floorMs = middle(least)
  const what = '2 × append + fdatasync + TLS echo'
  const card = new Map([
    ['ours', middle(fromCard)],
    ['raw', floorMs],
  ])
  tellRatio(`sale from the card on ÷ ${what}`, card, '≤ 1.6', 'two commits')
  const amount = new Map([
    ['ours', middle(fromAmount)],
    ['raw', floorMs],
  ])
  tellRatio(
    'the same from the amount on',
    amount,
    '≤ 2.0',
    'three: the amount is kept when it is confirmed',
  )
  raw.close()
  echo.close()
  journal.close()
}

/** No advices are queued here (one refund in doubt at most); the longest list that a terminal can hold is of slips not printed. */
async function measureOpenSlips(): Promise<void> {
  const tills: Tills = [await tillWith(0), await tillWith(180)]
  const took: readonly [number[], number[]] = [[], []]
  // Each leaves two slips more: few, so that the list stays about as long.
  for (let round = 0; round < 9; round++) {
    for (const [index, { till }] of tills.entries()) {
      till.ask()
      const start = performance.now()
      await till.pay(() => Promise.resolve())
      took[index]?.push(performance.now() - start)
      till.tidy()
    }
  }
  for (const { journal } of tills) journal.close()
  const times = new Map([
    ['raw', middle(took[0])],
    ['ours', middle(took[1])],
  ])
  tellRatio('sale with 180 slips not printed ÷ none', times, '≤ 1.2', '')
}

type Tills = readonly [Awaited<ReturnType<typeof tillWith>>, Awaited<ReturnType<typeof tillWith>>]

/** A till with so many slips that no printer took. */
async function tillWith(slips: number) {
  const journal = opened(join(folder, `slips-${slips}.db`))
  const till = openTill(journal, slips === 0)
  for (let sale = 0; sale < 90; sale++) {
    till.ask()
    await till.pay(() => Promise.resolve())
    till.tidy()
  }
  return { journal, till }
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}

function tellRatio(
  what: string,
  times: ReadonlyMap<string, number>,
  goal: string,
  detail: string,
): void {
  const [ours, raw] = [times.get('ours') ?? Number.NaN, times.get('raw') ?? Number.NaN]
  tell(ratioLine(what, ours / raw, goal, `${ms(ours)} beside ${ms(raw)} ${detail}`))
}

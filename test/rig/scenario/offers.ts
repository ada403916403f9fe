/** Picks what the pages of the counter offer: an option, an entry of the menu, the transaction that is to be put right. */
import type { CounterPage } from '#shell/api/view.ts'
import { keysOf, lookAnew, press } from './at-counter.ts'
import type { Stage } from './stage.ts'
import { type Done, type Play, waitFor } from './wait-for.ts'

/** `record`: which of the records that are shown, 1 is the newest. */
export function choose({ screen }: Stage, option: string, record = 1): Done {
  const counter = screen.views.at(-1)?.counter
  if (!screen.live() || counter === undefined) return 'the screen is dark'
  const item = itemOf(counter, option, record)
  screen.send((page) => ({
    type: 'option',
    page,
    option,
    ...(item === undefined ? {} : { item }),
  }))
  return null
}

/** The item that the option belongs to: a record, the oldest open item that offers it, the slip in doubt. */
function itemOf(counter: CounterPage, option: string, record: number): string | undefined {
  if (counter.kind === 'records') return counter.records[record - 1]?.id
  if (counter.kind === 'result') return counter.slips.find(({ state }) => state === 'unsure')?.id
  if (counter.kind !== 'openItems') return undefined
  return counter.items.find(({ options }) => options.some(({ id }) => id === option))?.id
}

/** Sheets of the menu. */
const SHEETS = 3

/** From home: the menu, the sheet on which the entry is, the entry. */
export async function chooseFromMenu(play: Play, entry: string, limitMs: number): Promise<Done> {
  const { stage } = play
  const late = await waitFor(play, { screen: { page: 'amount' } }, limitMs)
  if (late !== null) return late
  lookAnew(play)
  press(stage, ['menu'])
  const shut = await waitFor(play, { screen: { page: 'menu' } }, limitMs)
  if (shut !== null) return shut
  for (let sheet = 1; sheet < SHEETS; sheet += 1) {
    const view = stage.screen.views.at(-1)
    const isHere =
      view?.counter.kind === 'menu' && view.counter.options.some(({ id }) => id === entry)
    if (isHere) return choose(stage, entry)
    choose(stage, 'next')
    const turned = (): boolean => stage.screen.views.at(-1)?.page !== view?.page
    await stage.until(() => (turned() ? null : 'the next sheet did not come'), limitMs)
  }
  const absent = await waitFor(play, { screen: { page: 'menu', options: [entry] } }, limitMs)
  return absent ?? choose(stage, entry)
}

/** By number typed, or by the bar code of the newest slip under the scanner. */
export async function find(
  play: Play,
  by: 'lastApproved' | 'slip',
  limitMs: number,
): Promise<Done> {
  const { stage } = play
  const late = await waitFor(play, { screen: { page: 'findOriginal' } }, limitMs)
  if (late !== null) return late
  if (by === 'slip') return holdSlip(stage)
  const trace = lastApproved(stage)
  return trace === null ? 'nothing was approved yet' : press(stage, [...keysOf(trace), 'confirm'])
}

/** As a scanner reads it off the paper. */
export function holdSlip({ hands, rig }: Stage): Done {
  const papers = rig.printer.papers().map(({ text }) => text)
  const code = Array.from(papers.join('\n').matchAll(/\[barcode (S\d{16})\]/g)).at(-1)?.[1]
  if (code === undefined) return 'no slip with a bar code was printed'
  hands.scan(code)
  return null
}

function lastApproved({ screen }: Stage): string | null {
  const counter = screen.views.findLast(
    ({ counter: one }) => one.kind === 'result' && one.outcome === 'approved' && one.trace !== '',
  )?.counter
  return counter !== undefined && 'trace' in counter ? counter.trace : null
}

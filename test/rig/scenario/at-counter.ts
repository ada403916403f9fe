/** What people do at the counter screen: open the shop, ask for an amount, press keys, choose, identify themselves. */
import { type CounterPage, DIGIT_KEYS, type Key } from '#shell/api/view.ts'
import type { Picture } from './picture.ts'
import { PEOPLE, type Stage } from './stage.ts'
import { type Done, PATIENCE_MS, type Play, waitFor } from './wait-for.ts'

/** From a terminal that is off to a shop that sells: as `open: shop`, and then every device well and the link up. */
export async function openShop(play: Play): Promise<Done> {
  const well: Picture = { screen: { page: 'amount' }, strip: { faults: [], link: 'up' } }
  return (await openDoors(play)) ?? (await waitFor(play, well, PATIENCE_MS))
}

export async function openDoors(play: Play): Promise<Done> {
  const { stage } = play
  const off = await stage.powerOn()
  if (off !== null) return `the terminal did not start: ${off}`
  for (const { number: operator, pin } of PEOPLE) {
    const asked = (): boolean => {
      const counter = stage.screen.views.at(-1)?.counter
      return stage.screen.live() && counter?.kind === 'setPin' && counter.operator === operator
    }
    const late = await stage.until(() => (asked() ? null : `no PIN for ${operator}`), PATIENCE_MS)
    if (late !== null) return late
    stage.screen.send((page) => ({ type: 'newPin', page, operator, pin }))
  }
  const late = await waitFor(play, { screen: { page: 'signIn' } }, PATIENCE_MS)
  return late ?? identify(stage, PEOPLE[0].number)
}

/** Waits for the page after each confirm, as a person does: a key for the page before is dropped. */
export async function ask(play: Play, typed: string, limitMs: number): Promise<Done> {
  const { stage } = play
  const late = await waitFor(play, { screen: { page: 'amount' } }, limitMs)
  if (late !== null) return late
  press(stage, [...keysOf(typed), 'confirm'])
  const unconfirmed = await waitFor(
    play,
    { screen: { page: 'confirmAmount' }, strip: { link: 'up' } },
    limitMs,
  )
  if (unconfirmed !== null) return unconfirmed
  press(stage, ['confirm'])
  return await waitFor(play, { screen: { page: 'present' } }, limitMs)
}

export function press({ screen }: Stage, keys: readonly Key[]): Done {
  if (!screen.live()) return 'the screen is dark'
  for (const key of keys) screen.send((page) => ({ type: 'key', page, key }))
  return null
}

export function choose({ screen }: Stage, option: string): Done {
  const counter = screen.views.at(-1)?.counter
  if (!screen.live() || counter === undefined) return 'the screen is dark'
  const item = itemOf(counter, option)
  screen.send((page) => ({
    type: 'option',
    page,
    option,
    ...(item === undefined ? {} : { item }),
  }))
  return null
}

/** The item that the option belongs to: the newest record, the oldest open item that offers it, the slip in doubt. */
function itemOf(counter: CounterPage, option: string): string | undefined {
  if (counter.kind === 'records') return counter.records[0]?.id
  if (counter.kind === 'result') return counter.slips.find(({ state }) => state === 'unsure')?.id
  if (counter.kind !== 'openItems') return undefined
  return counter.items.find(({ options }) => options.some(({ id }) => id === option))?.id
}

export function lastApproved({ screen }: Stage): string | null {
  const counter = screen.views.findLast(
    ({ counter: one }) => one.kind === 'result' && one.outcome === 'approved' && one.trace !== '',
  )?.counter
  return counter !== undefined && 'trace' in counter ? counter.trace : null
}

export function identify({ screen }: Stage, who: string | { operator: string; pin: string }): Done {
  const operator = typeof who === 'string' ? who : who.operator
  const pin = typeof who === 'string' ? PEOPLE.find(({ number }) => number === who)?.pin : who.pin
  if (pin === undefined) return `nobody here has the number ${operator}`
  screen.send((page) => ({ type: 'signIn', page, operator, pin }))
  return null
}

export function keysOf(typed: string): Key[] {
  return typed.split('').map((mark) => DIGIT_KEYS.find((digit) => digit === mark) ?? '.')
}

/** What people do at the counter screen: open the shop, ask for an amount, press keys, choose, identify themselves. */
import { DIGIT_KEYS, type Key } from '#shell/api/view.ts'
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

/**
 * From home until the customer may present. A page that asks whether the amount is right is confirmed, as a person does who sees it come;
 * where the shop's habits need no such page, the first key was enough.
 */
export async function ask(play: Play, typed: string, limitMs: number): Promise<Done> {
  const { stage } = play
  const home: Picture = { screen: { page: 'amount' }, strip: { link: 'up' } }
  const late = await waitFor(play, home, limitMs)
  if (late !== null) return late
  press(stage, [...keysOf(typed), 'confirm'])
  const pageNow = (): string => stage.screen.views.at(-1)?.counter.kind ?? ''
  const stuck = await stage.until(
    () => (pageNow() === 'amount' ? `${typed} was not taken` : null),
    limitMs,
  )
  if (stuck !== null) return stuck
  if (pageNow() === 'confirmAmount') {
    const offline = await waitFor(play, { strip: { link: 'up' } }, limitMs)
    if (offline !== null) return offline
    press(stage, ['confirm'])
  }
  return await waitFor(play, { screen: { page: 'present' } }, limitMs)
}

/** Whole sales by a tap of the debit card: paid, on paper, and home again. */
export async function sell(
  play: Play,
  { amount, times }: { readonly amount: string; readonly times: number },
  limitMs: number,
): Promise<Done> {
  for (let sold = 0; sold < times; sold += 1) {
    const wrong = await sellOnce(play, amount, limitMs)
    if (wrong !== null) return `sale ${sold + 1}: ${wrong}`
  }
  return null
}

async function sellOnce(play: Play, amount: string, limitMs: number): Promise<Done> {
  const { stage } = play
  lookAnew(play)
  const unasked = (await ask(play, amount, limitMs)) ?? (await present(stage, limitMs))
  if (unasked !== null) return unasked
  const unpaid = await stage.until(() => {
    const counter = stage.screen.views.at(-1)?.counter
    const isPaid = counter?.kind === 'result' && counter.outcome === 'approved'
    return isPaid && counter.slips.every(({ state }) => state === 'printed')
      ? null
      : 'not paid, or not on paper'
  }, limitMs)
  if (unpaid !== null) return unpaid
  lookAnew(play)
  press(stage, ['cancel'])
  return await waitFor(play, { screen: { page: 'amount' } }, limitMs)
}

async function present(stage: Stage, limitMs: number): Promise<Done> {
  const { hands, rig, until } = stage
  const dark = await until(
    () => (rig.cardReader.state().lit ? null : 'the reader stays dark'),
    limitMs,
  )
  if (dark !== null) return dark
  const tapped = hands.card('tap', 'debit')
  return tapped.ok ? null : tapped.why
}

/** What was seen so far has been answered: only what comes now counts. */
export function lookAnew(play: Play): void {
  play.since = play.stage.screen.views.at(-1) ?? null
}

export function press({ screen }: Stage, keys: readonly Key[]): Done {
  if (!screen.live()) return 'the screen is dark'
  for (const key of keys) screen.send((page) => ({ type: 'key', page, key }))
  return null
}

export function identify({ screen }: Stage, who: string | { operator: string; pin: string }): Done {
  const operator = typeof who === 'string' ? who : who.operator
  const pin = typeof who === 'string' ? PEOPLE.find(({ number }) => number === who)?.pin : who.pin
  if (pin === undefined) return `nobody here has the number ${operator}`
  screen.send((page) => ({ type: 'signIn', page, operator, pin }))
  return null
}

export function keysOf(typed: string): Key[] {
  if (typed === 'today') return keysOf(todayInChina())
  return typed.split('').map((mark) => DIGIT_KEYS.find((digit) => digit === mark) ?? '.')
}

/** MMDD, as a slip of today says. */
function todayInChina(): string {
  const [, month = '', day = ''] = new Date(Date.now() + 8 * 3_600_000).toISOString().split(/[-T]/)
  return `${month}${day}`
}

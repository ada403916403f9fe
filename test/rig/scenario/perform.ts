/** Does one step on a stage. A step that acts waits first until somebody could: for the light, the page, the pad's question. */
import { type CounterPage, DIGIT_KEYS, type Key, type View } from '#shell/api/view.ts'
import { DEVICE_IDS, type DeviceId } from '../bench/state.ts'
import { differences, screenDifferences } from './compare.ts'
import type { Picture } from './picture.ts'
import { PEOPLE, type Stage } from './stage.ts'
import type { Step } from './step.ts'

/** How long a person waits before calling for help. */
const PATIENCE_MS = 15_000

/** Null, or what is wrong. */
type Done = string | null

export type Play = {
  readonly stage: Stage
  /** The view that was shown when somebody last did something; what came after it has not been asked for yet. */
  since: View | null
}

/** Resolves with null when the step was done and all that it asks for is so; else with what is wrong. */
export async function perform(play: Play, step: Step): Promise<Done> {
  const { stage } = play
  const limitMs = step.within === null ? PATIENCE_MS : step.within * 1000
  if (step.verb === 'wait') {
    const { page, message, ...picture } = step.with
    const short = {
      ...(page === undefined ? {} : { page }),
      ...(message === undefined ? {} : { message }),
    }
    return await waitFor(play, { ...picture, screen: { ...short, ...picture.screen } }, limitMs)
  }
  if (step.verb === 'expect') return differences(stage, step.with).join('; ') || null
  play.since = stage.screen.views.at(-1) ?? null
  return await act(play, step, limitMs)
}

type Deed = Exclude<Step, { verb: 'wait' | 'expect' }>

async function act(play: Play, step: Deed, limitMs: number): Promise<Done> {
  const { stage } = play
  const { hands, rig } = stage
  switch (step.verb) {
    case 'open':
      return await openDoors(play)
    case 'ask':
      return await ask(play, step.with, limitMs)
    case 'type':
      return press(stage, keysOf(step.with))
    case 'press':
      return press(stage, step.with)
    case 'option':
      return choose(stage, step.with)
    case 'find': {
      const trace = lastApproved(stage)
      if (trace === null) return 'nothing was approved yet'
      const late = await waitFor(play, { screen: { page: 'findOriginal' } }, limitMs)
      return late ?? press(stage, [...keysOf(trace), 'confirm'])
    }
    case 'signIn': {
      const late = await waitFor(play, { screen: { page: 'signIn' } }, limitMs)
      return late ?? identify(stage, step.with)
    }
    case 'approve': {
      const late = await waitFor(play, { screen: { page: 'approve' } }, limitMs)
      return late ?? identify(stage, step.with)
    }
    case 'tap':
    case 'insert':
    case 'swipe': {
      const dark = await stage.until(
        () => (rig.cardReader.state().lit ? null : 'the reader stays dark'),
        limitMs,
      )
      return dark ?? outcomeOf(hands.card(step.verb, step.with))
    }
    case 'remove':
      hands.removeCard()
      return null
    case 'pin':
      return await typeOnPad(stage, [...padDigits(step.with), 'enter'], limitMs)
    case 'padKeys':
      return await typeOnPad(stage, step.with, limitMs)
    case 'show':
      return hold(stage, step.with)
    case 'scan':
      hands.scan(step.with)
      return null
    case 'fault': {
      const { device, ...fault } = step.with
      if (device === 'acquirer') return outcomeOf(hands.applyFault(fault))
      return outcomeOf(hands.applyDeviceFault(LINKS[device], fault))
    }
    case 'clear':
      if (step.with === 'acquirer') hands.clearFaults()
      else hands.clearDeviceFaults(LINKS[step.with])
      return null
    case 'pull':
    case 'plug':
      hands.setPlugged(LINKS[step.with], step.verb === 'plug')
      return null
    case 'paper':
      hands.setPaper(step.with)
      return null
    case 'cover':
      hands.setCover(step.with)
      return null
    case 'network':
      await hands.setNetwork(step.with === 'up')
      return null
    case 'power':
      return await switchPower(stage, step.with)
  }
}

/** From a terminal that is off to a shop that sells: as `open: shop`, and then every device well and the link up. */
export async function openShop(play: Play): Promise<Done> {
  const well: Picture = { screen: { page: 'amount' }, strip: { faults: [], link: 'up' } }
  return (await openDoors(play)) ?? (await waitFor(play, well, PATIENCE_MS))
}

async function openDoors(play: Play): Promise<Done> {
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

/** A sight counts also when it has passed already, but not when it was there before the last deed and is gone. */
async function waitFor(play: Play, picture: Picture, limitMs: number): Promise<Done> {
  const { stage } = play
  const { screen, strip, ...rest } = picture
  const sights: Picture = {
    ...(screen === undefined ? {} : { screen }),
    ...(strip === undefined ? {} : { strip }),
  }
  const missing = await stage.until(() => {
    const latest = stage.screen.views.at(-1) ?? null
    const now = screenDifferences(stage, sights, latest)
    const seen =
      now.length === 0 ||
      viewsSince(play).some((view) => screenDifferences(stage, sights, view).length === 0)
    return [...(seen ? [] : now), ...differences(stage, rest)].join('; ') || null
  }, limitMs)
  return missing === null ? null : `${missing} (waited ${limitMs / 1000} s)`
}

function viewsSince({ stage, since }: Play): readonly View[] {
  const { views } = stage.screen
  return since === null ? views : views.slice(views.lastIndexOf(since) + 1)
}

/** Waits for the page after each confirm, as a person does: a key for the page before is dropped. */
async function ask(play: Play, typed: string, limitMs: number): Promise<Done> {
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

function press({ screen }: Stage, keys: readonly Key[]): Done {
  if (!screen.live()) return 'the screen is dark'
  for (const key of keys) screen.send((page) => ({ type: 'key', page, key }))
  return null
}

function choose({ screen }: Stage, option: string): Done {
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

function lastApproved({ screen }: Stage): string | null {
  const counter = screen.views.findLast(
    ({ counter: one }) => one.kind === 'result' && one.outcome === 'approved' && one.trace !== '',
  )?.counter
  return counter !== undefined && 'trace' in counter ? counter.trace : null
}

function identify({ screen }: Stage, who: string | { operator: string; pin: string }): Done {
  const operator = typeof who === 'string' ? who : who.operator
  const pin = typeof who === 'string' ? PEOPLE.find(({ number }) => number === who)?.pin : who.pin
  if (pin === undefined) return `nobody here has the number ${operator}`
  screen.send((page) => ({ type: 'signIn', page, operator, pin }))
  return null
}

async function typeOnPad(
  { hands, rig, until }: Stage,
  keys: readonly Parameters<Stage['hands']['pressKey']>[0][],
  limitMs: number,
): Promise<Done> {
  const silent = await until(
    () => (rig.pinPad.state().entering ? null : 'the PIN pad does not ask'),
    limitMs,
  )
  if (silent !== null) return silent
  for (const key of keys) hands.pressKey(key)
  return null
}

function hold({ hands }: Stage, what: string): Done {
  if (what === 'two') {
    hands.holdUp(['left', 'right'])
    return null
  }
  if (what === 'again') return hands.holdUpAgain() === null ? 'no code was shown yet' : null
  if (!hands.openOnPhone('left', what)) return `a phone cannot show "${what}"`
  hands.holdUp(['left'])
  return null
}

async function switchPower(stage: Stage, to: 'on' | 'off' | 'cut'): Promise<Done> {
  if (to === 'on') {
    const off = await stage.powerOn()
    return off === null ? null : `the terminal did not start: ${off}`
  }
  await (to === 'cut' ? stage.powerCut() : stage.powerOff())
  return null
}

const LINKS: Readonly<Record<'printer' | 'pinPad' | 'cardReader' | 'qrScanner', DeviceId>> = {
  printer: DEVICE_IDS[0],
  pinPad: DEVICE_IDS[1],
  cardReader: DEVICE_IDS[2],
  qrScanner: DEVICE_IDS[3],
}

function keysOf(typed: string): Key[] {
  return typed.split('').map((mark) => DIGIT_KEYS.find((digit) => digit === mark) ?? '.')
}

function padDigits(pin: string): (typeof DIGIT_KEYS)[number][] {
  return pin.split('').flatMap((mark) => DIGIT_KEYS.filter((digit) => digit === mark))
}

function outcomeOf(outcome: { ok: true } | { ok: false; why: string }): Done {
  return outcome.ok ? null : outcome.why
}

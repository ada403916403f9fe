/** Does one step on a stage. A step that acts waits first until somebody could: for the light, the page, the pad's question. */
import { DIGIT_KEYS } from '#shell/api/view.ts'
import { DEVICE_IDS, type DeviceId } from '../bench/state.ts'
import { ask, identify, keysOf, lookAnew, openDoors, press, sell } from './at-counter.ts'
import { differences } from './compare.ts'
import { A_NAME, offersSlipLink, signOnScreen } from './customer-screen.ts'
import { choose, chooseFromMenu, find, holdSlip } from './offers.ts'
import type { Stage } from './stage.ts'
import type { Step } from './step.ts'
import { sendOrder } from './till-orders.ts'
import { type Done, PATIENCE_MS, type Play, waitFor } from './wait-for.ts'

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
  lookAnew(play)
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
      return typeof step.with === 'string'
        ? choose(stage, step.with)
        : choose(stage, step.with.id, step.with.record)
    case 'menu':
      return await chooseFromMenu(play, step.with, limitMs)
    case 'sell':
      return await sell(
        play,
        typeof step.with === 'string' ? { amount: step.with, times: 1 } : step.with,
        limitMs,
      )
    case 'till':
      return await sendOrder(stage, step.with)
    case 'find':
      return await find(play, step.with, limitMs)
    case 'signIn': {
      const takesOver = stage.screen.views.at(-1)?.counter.kind === 'handOver'
      const late = takesOver ? null : await waitFor(play, { screen: { page: 'signIn' } }, limitMs)
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
    case 'sign':
      return await sign(stage, step.with)
    case 'slipLink':
      return await slipLink(stage, step.with)
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
    case 'reader':
      rig.cardReader.forgetTables()
      return null
    case 'paper':
      hands.setPaper(step.with)
      return null
    case 'cover':
      hands.setCover(step.with)
      return null
    case 'battery':
      stage.setBattery(step.with)
      return null
    case 'network':
      await hands.setNetwork(step.with === 'up')
      return null
    case 'host':
      rig.acquirer.upset(step.with)
      return null
    case 'power':
      return await switchPower(stage, step.with)
  }
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

async function slipLink({ terminal }: Stage, wanted: 'offered' | 'absent'): Promise<Done> {
  const { screens } = terminal.state()
  if (screens === null) return 'the terminal is off'
  const is = (await offersSlipLink(screens)) ? 'offered' : 'absent'
  return is === wanted ? null : `the code of the slip is ${is}`
}

async function sign({ terminal }: Stage, how: 'onScreen' | 'onPaper'): Promise<Done> {
  const { screens } = terminal.state()
  if (screens === null) return 'the terminal is off'
  await signOnScreen(screens, how === 'onScreen' ? A_NAME : '')
  return null
}

function hold(stage: Stage, what: string): Done {
  const { hands } = stage
  if (what === 'slip') return holdSlip(stage)
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

function padDigits(pin: string): (typeof DIGIT_KEYS)[number][] {
  return pin.split('').flatMap((mark) => DIGIT_KEYS.filter((digit) => digit === mark))
}

function outcomeOf(outcome: { ok: true } | { ok: false; why: string }): Done {
  return outcome.ok ? null : outcome.why
}

/** Lets the bench work the real simulators. */
import type { Controls, Outcome } from './bench/controls.ts'
import type { BenchState, CardView, PaperView } from './bench/state.ts'
import type { TestCard } from './cards.ts'
import { applyDeviceFault, clearDeviceFaults } from './device-faults.ts'
import { hostOf, ledgerOf } from './host-picture.ts'
import type { Rig } from './rig.ts'
import type { TerminalProcess } from './terminal-process.ts'

/** Older slips have gone into the bin. */
const MAX_PAPERS = 50

/** `terminal` is null when it is started by hand. */
export function controlsOf(rig: Rig, terminal: TerminalProcess | null): Controls {
  const { acquirer, cardReader, phones, pinPad, printer, scanner } = rig
  const listeners = new Set<() => void>()
  const changed = (): void => {
    for (const listener of listeners) listener()
  }
  rig.onChange(changed)
  const hand = rig.cards.cards.map(cardView)
  const papers = (): ReturnType<typeof printer.papers> => printer.papers().slice(-MAX_PAPERS)
  const hold = (text: string): void => {
    scanner.show(text)
    changed()
  }
  return {
    terminal,
    state: () => ({
      ...deviceStates(rig),
      hand,
      shows: phones.shows,
      phones: phones.state(),
      networkUp: acquirer.state().reachable,
      host: hostOf(acquirer.state()),
      ledger: ledgerOf(acquirer.state()),
      printer: { ...printerState(rig), papers: papers().map(paperView) },
      configFolder: rig.configFolder,
      screens: terminal?.state().screens ?? `http://127.0.0.1:${rig.screenPort}/`,
    }),
    onChange: (listener) => void listeners.add(listener),
    paperSvg: (id) => printer.papers().find((paper) => String(paper.id) === id)?.svg ?? null,
    openOnPhone(phone, show) {
      const opened = phones.open(phone, show)
      if (opened) changed()
      return opened
    },
    holdUp(ids) {
      const texts = ids.map((id) => phones.holdUp(id))
      hold(texts.join(rig.betweenReads))
      return texts
    },
    holdUpAgain() {
      const text = phones.last()
      if (text !== null) hold(text)
      return text
    },
    scan: hold,
    card: (action, card) => presentCard(rig, action, card),
    removeCard: () => cardReader.remove(),
    pressKey(key) {
      pinPad.press(key)
      return { ok: true }
    },
    setPaper: (paper) => printer.setPaper(paper),
    setCover: (cover) => printer.setCover(cover),
    setCutterJam: (jammed) => printer.setCutterJam(jammed),
    tearOff: () => printer.tearOff(),
    setPlugged(device, plugged) {
      if (plugged) rig.devices[device].plug()
      else rig.devices[device].unplug()
    },
    setNetwork: (up) => acquirer.setReachable(up),
    applyFault(fault) {
      const outcome = acquirer.applyFault(fault)
      return outcome.ok
        ? outcome
        : { ok: false, why: `The host takes no such fault: ${outcome.why}.` }
    },
    clearFaults: () => acquirer.clearFaults(),
    applyDeviceFault(device, fault) {
      const outcome = applyDeviceFault(rig, device, fault)
      return outcome.ok
        ? outcome
        : { ok: false, why: `The ${device} has no such fault: ${outcome.why}.` }
    },
    clearDeviceFaults: (device) => clearDeviceFaults(rig, device),
  }
}

function deviceStates(rig: Rig): Pick<BenchState, 'plugged' | 'pinPad' | 'cardReader' | 'scanner'> {
  const pinPad = rig.pinPad.state()
  const cardReader = rig.cardReader.state()
  const scanner = rig.scanner.state()
  return {
    plugged: {
      printer: rig.printer.state().plugged,
      'pin-pad': pinPad.plugged,
      'card-reader': cardReader.plugged,
      'qr-scanner': scanner.plugged,
    },
    pinPad: { display: pinPad.display, entering: pinPad.entering, digits: pinPad.digits },
    cardReader: {
      lit: cardReader.lit,
      slot: cardReader.slot,
      lights: cardReader.lights,
      message: cardReader.message,
    },
    scanner: { triggered: scanner.triggered, showing: scanner.showing },
  }
}

function presentCard(rig: Rig, action: 'insert' | 'tap' | 'swipe', id: string): Outcome {
  if (!rig.cards.cards.some((card) => card.id === id)) {
    return { ok: false, why: `There is no card "${id}"; state.hand lists the cards.` }
  }
  return rig.cardReader[action](id) ? { ok: true } : { ok: false, why: REFUSED[action] }
}

const REFUSED = {
  insert: 'The card cannot go into the slot: it has no chip, or a card is in there.',
  tap: 'Nothing happens: the reader is dark, or the card has no antenna.',
  swipe: 'Nothing happens: the reader is dark, or there is no stripe.',
} as const

function cardView(card: TestCard): CardView {
  const { id, name, interfaces, pan, pin } = card
  return {
    id,
    name,
    interfaces,
    pin,
    masked: `${pan.slice(0, 6)}${'*'.repeat(pan.length - 10)}${pan.slice(-4)}`,
  }
}

function paperView(paper: {
  id: number | string
  cut: boolean
  text: string
  svg: string
}): PaperView {
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(paper.svg) ?? []
  return {
    id: String(paper.id),
    cut: paper.cut,
    text: paper.text,
    width: Number(width ?? 384),
    height: Number(height ?? 0),
  }
}

function printerState(rig: Rig): Omit<BenchState['printer'], 'papers'> {
  const { paper, cover, cutterBlocked, cutterError, waiting, complaints } = rig.printer.state()
  return {
    paper,
    cover,
    cutterJammed: cutterBlocked || cutterError,
    printing: waiting > 0,
    complaints: complaints.length,
  }
}

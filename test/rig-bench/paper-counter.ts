/**
 * A counter without devices, for tests of the bench alone: it keeps what it was told and shows it in its state, as the real
 * one does. No simulator runs behind it.
 */
import { fileURLToPath } from 'node:url'
import type { Controls } from '../rig/bench/controls.ts'
import type { BenchState } from '../rig/bench/state.ts'
import { loadCards } from '../rig/cards.ts'
import { createPhones } from '../rig/phones.ts'
import type { TerminalProcess } from '../rig/terminal-process.ts'

const CARDS_FILE = fileURLToPath(new URL('../rig/cards.yaml', import.meta.url))

type State = Omit<BenchState, 'revision' | 'terminal'>
type Changes = { -readonly [Key in keyof State]: State[Key] }

export type PaperCounter = Controls & {
  /** What was done, in order. */
  readonly done: readonly string[]
  change(part: Partial<Changes>): void
}

/** A counter with one card (`debit`), real phones and one paper. */
export function paperCounter(terminal: TerminalProcess | null = null): PaperCounter {
  const listeners = new Set<() => void>()
  const done: string[] = []
  const phones = createPhones(loadCards(CARDS_FILE), () => 7)
  let now: State = { ...EMPTY, shows: phones.shows, phones: phones.state() }
  const change = (part: Partial<Changes>): void => {
    now = { ...now, ...part, phones: phones.state() }
    for (const listener of listeners) listener()
  }
  const note = (what: string, part: Partial<Changes> = {}): void => {
    done.push(what)
    change(part)
  }
  return {
    done,
    change,
    terminal,
    state: () => now,
    onChange: (listener) => void listeners.add(listener),
    paperSvg: (id) => (id === '1' ? '<svg xmlns="http://www.w3.org/2000/svg"/>' : null),
    openOnPhone(phone, show) {
      const opened = phones.open(phone, show)
      if (opened) note(`open ${phone} ${show}`)
      return opened
    },
    holdUp(ids) {
      const texts = ids.map((id) => phones.holdUp(id))
      note(`show ${texts.join(' and ')}`)
      return texts
    },
    holdUpAgain() {
      const text = phones.last()
      if (text !== null) note(`show ${text}`)
      return text
    },
    scan: (text) => note(`show ${text}`),
    card(action, card) {
      if (card !== 'debit') return { ok: false, why: `There is no card "${card}".` }
      const cardReader = { ...now.cardReader, slot: action === 'insert' ? card : null }
      note(`${action} ${card}`, { cardReader })
      return { ok: true }
    },
    removeCard: () => note('remove', { cardReader: { ...now.cardReader, slot: null } }),
    pressKey(key) {
      note(`key ${key}`)
      return { ok: true }
    },
    setPaper: (paper) => note(`paper ${paper}`, { printer: { ...now.printer, paper } }),
    setCover: (cover) => note(`cover ${cover}`, { printer: { ...now.printer, cover } }),
    setCutterJam: (cutterJammed) =>
      note(`cutter ${cutterJammed}`, { printer: { ...now.printer, cutterJammed } }),
    tearOff: () => note('tear'),
    setPlugged: (device, plugged) =>
      note(`${device} ${plugged}`, { plugged: { ...now.plugged, [device]: plugged } }),
    async setNetwork(networkUp) {
      note(`network ${networkUp}`, { networkUp })
    },
    applyFault(fault) {
      note(`fault ${JSON.stringify(fault)}`)
      return { ok: true }
    },
    clearFaults: () => note('clear'),
    applyDeviceFault(device, fault) {
      note(`fault of ${device} ${JSON.stringify(fault)}`)
      return { ok: true }
    },
    clearDeviceFaults: (device) => note(`clear ${device}`),
  }
}

const EMPTY: State = {
  hand: [
    {
      id: 'debit',
      name: { 'zh-CN': '借记卡', en: 'Debit card' },
      masked: '622202*********0012',
      interfaces: ['chip', 'contactless'],
      pin: '123456',
    },
  ],
  shows: [],
  phones: [],
  plugged: { printer: true, 'pin-pad': true, 'card-reader': true, 'qr-scanner': true },
  networkUp: true,
  printer: {
    paper: 'ok',
    cover: 'closed',
    cutterJammed: false,
    printing: false,
    papers: [{ id: '1', cut: true, text: '商户存根', width: 384, height: 120 }],
    complaints: 0,
  },
  pinPad: { display: ['WELCOME', ''], entering: false, digits: 0 },
  cardReader: { lit: false, slot: null, lights: [false, false, false, false], message: '' },
  scanner: { triggered: false, showing: false },
  host: { port: 8590, signedOn: true, faults: [], messages: [] },
  ledger: { heldMinor: 3850, entries: [], accounts: [] },
  configFolder: '/nowhere/config',
  screens: 'http://127.0.0.1:1/',
}

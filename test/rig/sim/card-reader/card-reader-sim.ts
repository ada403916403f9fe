/** A reader with slot, antenna and stripe head on a pseudo-terminal, and the laboratory's cards to hold against it. */
import { randomBytes } from 'node:crypto'
import type { CardSet, TestCard } from '../../cards.ts'
import { openPty } from '../pty.ts'
import type { Simulator } from '../simulator.ts'
import {
  type Activation,
  arqcAnswer,
  endingOf,
  interfaceObject,
  type OpenChip,
  swipeAnswer,
  type Via,
} from './kernel.ts'
import { decodeObjects, encodeObjects } from './objects.ts'
import { type Command, readerEar, readerFrame } from './wire.ts'

/** `silent`, `garbage` and `slow` stand until cleared; the others are used up by `times` (1 when absent). */
export type CardReaderFault =
  | { readonly kind: 'silent' }
  /** Answers with bytes that mean nothing. */
  | { readonly kind: 'garbage' }
  /** Cards take `ms` to be read, and to end. */
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'wrongCrc'; readonly times?: number }
  | { readonly kind: 'unreadableChip'; readonly times?: number }
  /** Two cards at the antenna. */
  | { readonly kind: 'collision'; readonly times?: number }
  /** The card itself refuses at once. */
  | { readonly kind: 'aacAtOnce'; readonly times?: number }
  | { readonly kind: 'aacAfterApproval'; readonly times?: number }

export type CardReaderState = {
  readonly lit: boolean
  /** Id of the card in the slot. */
  readonly slot: string | null
  /** The four lamps of the antenna, left to right. */
  readonly lights: readonly [boolean, boolean, boolean, boolean]
  readonly message: string
  readonly plugged: boolean
  readonly faults: readonly CardReaderFault['kind'][]
  /** What the terminal did against the protocol, newest last; empty is right. */
  readonly complaints: readonly string[]
}

export type CardReaderSim = Simulator<CardReaderState> & {
  /** False when that cannot be done: no such card, slot taken, no chip side. A card put in early is read when the reader lights. */
  insert(id: string): boolean
  remove(): void
  /** False when nobody looks: reader dark, or the card has no antenna. */
  tap(id: string): boolean
  /** Chip cards have a stripe too; phones have none. */
  swipe(id: string): boolean
  applyFault(fault: CardReaderFault): void
  clearFaults(): void
}

export type CardReaderSimOptions = {
  readonly path: string
  readonly cards: CardSet
  /** Taps above this ask for online PIN. */
  readonly contactlessNoPinMinor?: number
}

const MAX_COMPLAINTS = 50
const DEFAULT_NO_PIN_MINOR = 100_000
const MASK: Readonly<Record<Via, number>> = { stripe: 1, contactless: 2, chip: 4 }
const NEEDED: Readonly<Record<string, number>> = {
  '9F02': 6,
  '9F03': 6,
  '9C': 1,
  '5F2A': 2,
  '9A': 3,
  '9F21': 3,
  DFEF37: 1,
}
const STATUS = {
  ok: 0x00,
  unknown: 0x02,
  crc: 0x04,
  parameter: 0x05,
  timeout: 0x08,
  failed: 0x0a,
  notNow: 0x0b,
  online: 0x23,
}
const ERROR = { collision: 0x21, mute: 0x30, removed: 0x31, aac: 0x42 }
const ACTIVATE = 0x02
const APPLY = 0x60
const NOTICE = 0xc0

/** Opens the pseudo-terminal at once; the reader is plugged in and dark. */
export function startCardReaderSim(options: CardReaderSimOptions): CardReaderSim {
  const { path, cards, contactlessNoPinMinor = DEFAULT_NO_PIN_MINOR } = options
  const issuerKey = Buffer.from(cards.imk, 'hex')
  const counters = new Map<string, number>()
  const listeners: (() => void)[] = []
  const complaints: string[] = []
  const faults = new Map<CardReaderFault['kind'], number>()
  let lit: {
    readonly activation: Activation
    readonly mask: number
    readonly timer: NodeJS.Timeout
  } | null = null
  let slot: { readonly card: TestCard; read: boolean } | null = null
  let open: OpenChip | null = null
  let busy: { readonly timer: NodeJS.Timeout; readonly command: number } | null = null
  let lamps = 0
  let message = ''
  let plugged = true

  const pty = openPty({ path })

  const changed = (): void => {
    for (const listener of listeners) listener()
  }
  const complain = (what: string): void => {
    complaints.push(what)
    complaints.splice(0, Math.max(0, complaints.length - MAX_COMPLAINTS))
  }
  const consume = (kind: CardReaderFault['kind']): boolean => {
    const left = faults.get(kind) ?? 0
    if (left > 1) faults.set(kind, left - 1)
    else faults.delete(kind)
    return left > 0
  }
  const answer = (command: number, status: number, data: Buffer = Buffer.alloc(0)): void => {
    if (!plugged || faults.has('silent')) return
    const frame = readerFrame(command, status, data)
    if (consume('wrongCrc')) frame[frame.length - 1] = (frame.at(-1) ?? 0) ^ 0x55
    pty.write(faults.has('garbage') ? randomBytes(frame.length) : frame)
  }
  const fail = (command: number, error: number, via?: Via): void => {
    const tail = via === undefined ? Buffer.alloc(0) : encodeObjects([interfaceObject(via)])
    answer(command, STATUS.failed, Buffer.concat([Buffer.of(error, 0, 0, 0), tail]))
  }
  const darken = (text: string): void => {
    if (lit !== null) clearTimeout(lit.timer)
    lit = null
    lamps = 0
    message = text
  }
  const dropBusy = (): void => {
    if (busy !== null) clearTimeout(busy.timer)
    busy = null
  }
  /** Runs `step` at once, or after the time a slow card takes. */
  const inItsTime = (command: number, step: () => void): void => {
    const ms = faults.get('slow') ?? 0
    if (ms === 0) {
      step()
      return
    }
    message = 'PROCESSING'
    const timer = setTimeout(() => {
      busy = null
      step()
      changed()
    }, ms)
    busy = { timer: timer.unref(), command }
  }

  const activate = (data: Buffer): void => {
    const objects = decodeObjects(data.subarray(1))
    const seconds = data[0] ?? 0
    const wrong = Object.entries(NEEDED).filter(
      ([tag, size]) => objects?.get(tag)?.length !== 2 * size,
    )
    if (lit !== null) {
      complain('activation of a lit reader')
      answer(ACTIVATE, STATUS.notNow)
    } else if (objects === null || wrong.length > 0 || seconds === 0) {
      complain(`activation without ${wrong.map(([tag]) => tag).join(' ')}`)
      answer(ACTIVATE, STATUS.parameter)
    } else {
      open = null
      const timer = setTimeout(() => {
        darken('TIME IS OVER')
        answer(ACTIVATE, STATUS.timeout)
        changed()
      }, seconds * 1000).unref()
      lit = { activation: objects, mask: Number.parseInt(objects.get('DFEF37') ?? '0', 16), timer }
      lamps = 1
      message = 'INSERT, TAP OR SWIPE'
      if (slot !== null && !slot.read) present(slot.card, 'chip')
      else if (slot !== null) message = 'REMOVE CARD'
    }
  }

  /** A card meets the lit reader. */
  const present = (card: TestCard, via: Via): void => {
    if (lit === null || (lit.mask & MASK[via]) === 0 || busy !== null) return
    const { activation } = lit
    clearTimeout(lit.timer)
    if (via === 'chip' && slot !== null) slot.read = true
    lamps = 2
    inItsTime(ACTIVATE, () => finishRead(card, via, activation))
  }

  const finishRead = (card: TestCard, via: Via, activation: Activation): void => {
    const mute = via === 'chip' && (!card.interfaces.includes('chip') || consume('unreadableChip'))
    darken(via === 'chip' ? 'DO NOT REMOVE CARD' : 'PLEASE WAIT')
    if (mute) {
      message = 'CHIP NOT READ'
      fail(ACTIVATE, ERROR.mute, via)
    } else if (via === 'contactless' && consume('collision')) {
      message = 'ONE CARD ONLY'
      fail(ACTIVATE, ERROR.collision, via)
    } else if (via === 'stripe') answer(ACTIVATE, STATUS.ok, swipeAnswer(card))
    else {
      const counter = (counters.get(card.id) ?? 0) + 1
      counters.set(card.id, counter)
      if (consume('aacAtOnce')) {
        message = 'DECLINED'
        fail(ACTIVATE, ERROR.aac, via)
        return
      }
      const unpredictable = randomBytes(4).toString('hex')
      const result = arqcAnswer({
        card,
        via,
        issuerKey,
        counter,
        unpredictable,
        activation,
        contactlessNoPinMinor,
      })
      if (via === 'chip') open = result.chip
      lamps = 4
      answer(ACTIVATE, STATUS.online, result.data)
    }
  }

  const applyHostResponse = (data: Buffer): void => {
    const host = decodeObjects(data)
    const chip = open
    if (host === null || !host.has('8A') || !host.has('DFEF38')) {
      complain('host response without 8A or DFEF38')
      answer(APPLY, STATUS.parameter)
    } else if (chip === null) fail(APPLY, ERROR.removed, 'chip')
    else {
      inItsTime(APPLY, () => {
        const ending = endingOf(chip, host, consume('aacAfterApproval'))
        if (ending.arpcFits === false) complain('the ARPC of the host does not fit')
        open = null
        message = ending.approved ? 'APPROVED - REMOVE CARD' : 'DECLINED - REMOVE CARD'
        answer(APPLY, STATUS.ok, ending.data)
      })
    }
  }

  const cancel = (): void => {
    dropBusy()
    darken('')
    answer(0x05, STATUS.ok)
  }

  const obey = ({ command, sub, data }: Command): void => {
    const code = (command << 8) | sub
    if (code === 0x1801) answer(command, STATUS.ok)
    else if (code === 0x2900) answer(command, STATUS.ok, Buffer.from('NEO2-SIM 1.00', 'latin1'))
    else if (code === 0x0501) cancel()
    else if (code === 0x0240) activate(data)
    else if (code === 0x6012) applyHostResponse(data)
    else {
      complain(`unknown command ${code.toString(16).padStart(4, '0')}`)
      answer(command, STATUS.unknown)
    }
  }

  const ear = readerEar({
    command: obey,
    wrongCrc(command) {
      complain('wrong CRC')
      answer(command, STATUS.crc)
    },
    noise: complain,
  })
  pty.onBytes((bytes) => {
    if (faults.has('silent')) return
    ear.take(bytes)
    changed()
  })

  const find = (id: string): TestCard | undefined => cards.cards.find((card) => card.id === id)
  const isPhone = (card: TestCard): boolean => card.interfaces.join() === 'contactless'

  return {
    path,
    state: () => ({
      lit: lit !== null,
      slot: slot?.card.id ?? null,
      lights: [lamps > 0, lamps > 1, lamps > 2, lamps > 3],
      message,
      plugged,
      faults: [...faults.keys()],
      complaints: [...complaints],
    }),
    onChange(listener) {
      listeners.push(listener)
    },
    insert(id) {
      const card = find(id)
      if (card === undefined || slot !== null || isPhone(card)) return false
      slot = { card, read: false }
      if (plugged) answer(NOTICE, STATUS.ok, Buffer.of(1))
      present(card, 'chip')
      changed()
      return true
    },
    remove() {
      if (slot === null) return
      slot = null
      open = null
      if (busy !== null) {
        const { command } = busy
        dropBusy()
        darken('CARD REMOVED')
        fail(command, ERROR.removed, 'chip')
      } else message = lit === null ? '' : message
      answer(NOTICE, STATUS.ok, Buffer.of(0))
      changed()
    },
    tap(id) {
      const card = find(id)
      if (card === undefined || lit === null || !card.interfaces.includes('contactless'))
        return false
      present(card, 'contactless')
      changed()
      return true
    },
    swipe(id) {
      const card = find(id)
      if (card === undefined || lit === null || isPhone(card)) return false
      present(card, 'stripe')
      changed()
      return true
    },
    applyFault(fault) {
      faults.set(fault.kind, 'ms' in fault ? fault.ms : 'times' in fault ? (fault.times ?? 1) : 1)
      changed()
    },
    clearFaults() {
      faults.clear()
      changed()
    },
    unplug() {
      if (!plugged) return
      plugged = false
      dropBusy()
      darken('')
      open = null
      ear.forget()
      pty.unplug()
      changed()
    },
    plug() {
      if (plugged) return
      plugged = true
      pty.plug()
      changed()
    },
    stop() {
      dropBusy()
      darken('')
      plugged = false
      pty.stop()
    },
  }
}

/** A reader with slot, antenna and stripe head on a pseudo-terminal, and the laboratory's cards to hold against it. */
import { randomBytes } from 'node:crypto'
import type { CardSet, TestCard } from '../../cards.ts'
import { openPty, type Pty } from '../pty.ts'
import type { Simulator } from '../simulator.ts'
import { type CardReaderFault, createFaults, type FaultKind } from './faults.ts'
import { createFirmware } from './firmware.ts'
import { readerEar, readerFrame } from './wire.ts'

export type CardReaderState = {
  readonly lit: boolean
  /** Id of the card in the slot. */
  readonly slot: string | null
  /** The four lamps of the antenna, left to right. */
  readonly lights: readonly [boolean, boolean, boolean, boolean]
  readonly message: string
  readonly plugged: boolean
  readonly faults: readonly FaultKind[]
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
  /** CA keys that it was given: RID and index → modulus, as hex. */
  caKeys(): ReadonlyMap<string, string>
  /** AIDs that slot and antenna know, as hex. */
  aids(): Readonly<Record<'chip' | 'contactless', readonly string[]>>
  /** As if another unit stood here: no CA keys, and the AIDs that it was shipped with. */
  forgetTables(): void
  applyFault(fault: CardReaderFault): void
  clearFaults(): void
}

export type CardReaderSimOptions = {
  readonly path: string
  /** Another cable than a pseudo-terminal at `path`, such as one of HID reports. */
  readonly cable?: Pty
  readonly cards: CardSet
  /** Taps above this ask for online PIN. */
  readonly contactlessNoPinMinor?: number
}

const MAX_COMPLAINTS = 50
const DEFAULT_NO_PIN_MINOR = 100_000
const STATUS_WRONG_CRC = 0x04

/** Opens the pseudo-terminal at once; the reader is plugged in and dark. */
export function startCardReaderSim(options: CardReaderSimOptions): CardReaderSim {
  const { path, cards, contactlessNoPinMinor = DEFAULT_NO_PIN_MINOR } = options
  const listeners: (() => void)[] = []
  const complaints: string[] = []
  const faults = createFaults()
  const pty = options.cable ?? openPty({ path })
  let plugged = true
  let slot: TestCard | null = null

  const changed = (): void => {
    for (const listener of listeners) listener()
  }
  const complain = (what: string): void => {
    complaints.push(what)
    complaints.splice(0, Math.max(0, complaints.length - MAX_COMPLAINTS))
  }
  const answer = (command: number, status: number, data: Buffer): void => {
    if (!plugged || faults.standing('silent')) return
    const frame = readerFrame(command, status, data)
    if (faults.strikes('wrongCrc')) frame[frame.length - 1] = (frame.at(-1) ?? 0) ^ 0x55
    pty.write(faults.standing('garbage') ? randomBytes(frame.length) : frame)
  }

  const firmware = createFirmware({
    cards,
    faults,
    contactlessNoPinMinor,
    answer,
    complain,
    changed,
  })
  const ear = readerEar({
    command: (command) => firmware.obey(command),
    wrongCrc(command) {
      complain('wrong CRC')
      answer(command, STATUS_WRONG_CRC, Buffer.alloc(0))
    },
    noise: complain,
  })
  pty.onBytes((bytes) => {
    if (faults.standing('silent')) return
    ear.take(bytes)
    changed()
  })

  const find = (id: string): TestCard | undefined => cards.cards.find((card) => card.id === id)
  const isPhone = (card: TestCard): boolean => card.interfaces.join() === 'contactless'
  const show = (card: TestCard | undefined, via: 'contactless' | 'stripe'): boolean => {
    if (card === undefined || !firmware.lit) return false
    if (via === 'stripe' ? isPhone(card) : !card.interfaces.includes('contactless')) return false
    firmware.present(card, via)
    changed()
    return true
  }

  return {
    path,
    state() {
      const { lit, lamps, message } = firmware
      return {
        lit,
        slot: slot?.id ?? null,
        lights: [lamps > 0, lamps > 1, lamps > 2, lamps > 3],
        message,
        plugged,
        faults: faults.kinds,
        complaints: [...complaints],
      }
    },
    onChange(listener) {
      listeners.push(listener)
    },
    caKeys: () => firmware.caKeys,
    aids: () => firmware.aids,
    forgetTables() {
      firmware.forgetCaKeys()
      firmware.forgetAids()
    },
    insert(id) {
      const card = find(id)
      if (card === undefined || slot !== null || isPhone(card)) return false
      slot = card
      firmware.slotFilled(card)
      changed()
      return true
    },
    remove() {
      if (slot === null) return
      slot = null
      firmware.slotEmptied()
      changed()
    },
    tap: (id) => show(find(id), 'contactless'),
    swipe: (id) => show(find(id), 'stripe'),
    applyFault(fault) {
      faults.apply(fault)
      changed()
    },
    clearFaults() {
      faults.clear()
      changed()
    },
    unplug() {
      if (!plugged) return
      plugged = false
      firmware.powerOff()
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
      plugged = false
      firmware.powerOff()
      pty.stop()
    },
  }
}

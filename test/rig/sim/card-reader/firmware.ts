/** The reader's firmware: obeys commands, lights its lamps, and drives its kernels when a card meets it. */
import { randomBytes } from 'node:crypto'
import type { CardSet, TestCard } from '../../cards.ts'
import { createApplicationList } from './application-list.ts'
import { createCaKeyList, type Taken } from './ca-key-list.ts'
import type { Faults } from './faults.ts'
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
import type { Command } from './wire.ts'

export type Firmware = {
  /** RID and index → modulus, as hex. They stay when the power goes. */
  readonly caKeys: ReadonlyMap<string, string>
  /** As if another unit stood here. */
  forgetCaKeys(): void
  /** AIDs that the slot and the antenna know, as hex. */
  readonly aids: Readonly<Record<'chip' | 'contactless', readonly string[]>>
  forgetAids(): void
  obey(command: Command): void
  /** A card meets the reader; nothing happens when it is dark, busy, or told not to use that interface. */
  present(card: TestCard, via: Via): void
  slotFilled(card: TestCard): void
  slotEmptied(): void
  powerOff(): void
  readonly lit: boolean
  readonly lamps: number
  readonly message: string
}

export type FirmwareOptions = {
  readonly cards: CardSet
  readonly faults: Faults
  /** Taps above this ask for online PIN. */
  readonly contactlessNoPinMinor: number
  readonly answer: (command: number, status: number, data: Buffer) => void
  readonly complain: (what: string) => void
  /** Something that can be seen has changed by the reader's own time. */
  readonly changed: () => void
}

const ACTIVATE = 0x02
const CANCEL = 0x05
const APPLY = 0x60
const NOTICE = 0xc0
const STATUS_OK = 0x00
const STATUS_UNKNOWN_COMMAND = 0x02
const STATUS_WRONG_PARAMETER = 0x05
const STATUS_TIME_OVER = 0x08
const STATUS_FAILED = 0x0a
const STATUS_NOT_NOW = 0x0b
const STATUS_GO_ONLINE = 0x23
const ERROR_COLLISION = 0x21
const ERROR_CARD_MUTE = 0x30
const ERROR_CARD_REMOVED = 0x31
const ERROR_NO_APPLICATION = 0x32
const ERROR_CARD_REFUSED = 0x42
const MASK: Readonly<Record<Via, number>> = { stripe: 1, contactless: 2, chip: 4 }
/** Objects an activation must have, and their size. */
const NEEDED: Readonly<Record<string, number>> = {
  '9F02': 6,
  '9F03': 6,
  '9C': 1,
  '5F2A': 2,
  '9A': 3,
  '9F21': 3,
  DFEF37: 1,
}
/** How long four lamps say that a tap or swipe was taken. */
const LAMPS_AFTER_READING_MS = 1_000
const NOTHING = Buffer.alloc(0)

export function createFirmware(options: FirmwareOptions): Firmware {
  const { cards, faults, contactlessNoPinMinor, answer, complain, changed } = options
  const issuerKey = Buffer.from(cards.imk, 'hex')
  const counters = new Map<string, number>()
  const caKeys = createCaKeyList()
  const lists = { chip: createApplicationList(), contactless: createApplicationList() }
  let activation: { readonly objects: Activation; readonly mask: number } | null = null
  let slot: { readonly card: TestCard; read: boolean } | null = null
  let open: OpenChip | null = null
  /** The command a card is busy with. */
  let busy: number | null = null
  let timer: NodeJS.Timeout | undefined
  let lamps = 0
  let message = ''

  const later = (ms: number, step: () => void): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      step()
      changed()
    }, ms).unref()
  }
  const darken = (text: string): void => {
    clearTimeout(timer)
    activation = null
    busy = null
    lamps = 0
    message = text
  }
  const fail = (command: number, error: number, via: Via): void => {
    const head = Buffer.of(error, 0, 0, 0)
    answer(command, STATUS_FAILED, Buffer.concat([head, encodeObjects([interfaceObject(via)])]))
  }
  /** Runs `step` at once, or after the time a slow card takes. */
  const inItsTime = (command: number, step: () => void): void => {
    if (faults.slowMs === 0) {
      step()
      return
    }
    busy = command
    message = 'PROCESSING'
    later(faults.slowMs, () => {
      busy = null
      step()
    })
  }

  const activate = (data: Buffer): void => {
    const seconds = data[0] ?? 0
    const objects = decodeObjects(data.subarray(1))
    const wrong = Object.entries(NEEDED)
      .filter(([tag, size]) => objects?.get(tag)?.length !== 2 * size)
      .map(([tag]) => tag)
    if (activation !== null || busy !== null) {
      complain('activation of a reader at work')
      answer(ACTIVATE, STATUS_NOT_NOW, NOTHING)
    } else if (objects === null || wrong.length > 0 || seconds === 0) {
      complain(`activation with a wrong time or without ${wrong.join(' ')}`)
      answer(ACTIVATE, STATUS_WRONG_PARAMETER, NOTHING)
    } else {
      open = null
      activation = { objects, mask: Number.parseInt(objects.get('DFEF37') ?? '0', 16) }
      lamps = 1
      message = slot?.read === true ? 'REMOVE CARD' : 'INSERT, TAP OR SWIPE'
      later(seconds * 1000, () => {
        darken('TIME IS OVER')
        answer(ACTIVATE, STATUS_TIME_OVER, NOTHING)
      })
      if (slot?.read === false) present(slot.card, 'chip')
    }
  }

  const present = (card: TestCard, via: Via): void => {
    if (activation === null || busy !== null || (activation.mask & MASK[via]) === 0) return
    const { objects } = activation
    clearTimeout(timer)
    if (via === 'chip' && slot !== null) slot.read = true
    lamps = 2
    inItsTime(ACTIVATE, () => {
      const mute =
        via === 'chip' && (!card.interfaces.includes('chip') || faults.strikes('unreadableChip'))
      if (mute) refuse(ERROR_CARD_MUTE, via, 'CHIP NOT READ')
      else if (via === 'contactless' && faults.strikes('collision')) {
        refuse(ERROR_COLLISION, via, 'ONE CARD ONLY')
      } else if (via !== 'stripe' && !lists[via].knows(card.aid)) {
        refuse(ERROR_NO_APPLICATION, via, 'CARD NOT ACCEPTED')
      } else if (faults.strikes('aacAtOnce')) refuse(ERROR_CARD_REFUSED, via, 'DECLINED')
      else accept(card, via, objects)
    })
  }

  const refuse = (error: number, via: Via, text: string): void => {
    darken(text)
    fail(ACTIVATE, error, via)
  }

  const accept = (card: TestCard, via: Via, objects: Activation): void => {
    darken(via === 'chip' ? 'DO NOT REMOVE CARD' : 'CARD READ')
    lamps = 4
    if (via !== 'chip') later(LAMPS_AFTER_READING_MS, () => darken(''))
    if (via === 'stripe') {
      answer(ACTIVATE, STATUS_OK, swipeAnswer(card))
      return
    }
    const counter = (counters.get(card.id) ?? 0) + 1
    counters.set(card.id, counter)
    const result = arqcAnswer({
      card,
      via,
      issuerKey,
      counter,
      unpredictable: randomBytes(4).toString('hex'),
      activation: objects,
      contactlessNoPinMinor,
    })
    if (via === 'chip') open = result.chip
    answer(ACTIVATE, STATUS_GO_ONLINE, result.data)
  }

  const applyHostResponse = (data: Buffer): void => {
    const host = decodeObjects(data)
    const chip = open
    if (host === null || !host.has('8A') || !host.has('DFEF38')) {
      complain('host response without 8A or DFEF38')
      answer(APPLY, STATUS_WRONG_PARAMETER, NOTHING)
    } else if (chip === null) fail(APPLY, ERROR_CARD_REMOVED, 'chip')
    else {
      inItsTime(APPLY, () => {
        const ending = endingOf(chip, host, faults.strikes('aacAfterApproval'))
        if (ending.arpcFits === false) complain('the ARPC of the host does not fit')
        open = null
        darken(ending.approved ? 'APPROVED - REMOVE CARD' : 'DECLINED - REMOVE CARD')
        answer(APPLY, STATUS_OK, ending.data)
      })
    }
  }

  const keep = (list: { take(data: Buffer): Taken }, data: Buffer): number => {
    const taken = list.take(data)
    if (taken === 'kept') changed()
    else if (taken !== 'notBelieved') complain(taken)
    return taken === 'kept'
      ? STATUS_OK
      : taken === 'notBelieved'
        ? STATUS_FAILED
        : STATUS_WRONG_PARAMETER
  }

  return {
    get aids() {
      return { chip: [...lists.chip.aids.keys()], contactless: [...lists.contactless.aids.keys()] }
    },
    forgetAids() {
      lists.chip.reset()
      lists.contactless.reset()
    },
    caKeys: caKeys.keys,
    forgetCaKeys: () => caKeys.clear(),
    obey({ command, sub, data }) {
      const code = (command << 8) | sub
      if (code === 0x1801) answer(command, STATUS_OK, NOTHING)
      else if (code === 0x2900) answer(command, STATUS_OK, Buffer.from('NEO2-SIM 1.00', 'latin1'))
      else if (code === 0x0240) activate(data)
      else if (code === 0x6012) applyHostResponse(data)
      else if (code === 0xd003) answer(command, keep(caKeys, data), NOTHING)
      else if (code === 0x6003) answer(command, keep(lists.chip, data), NOTHING)
      else if (code === 0x0402) answer(command, keep(lists.contactless, data), NOTHING)
      else if (code === 0x0501) {
        darken('')
        answer(CANCEL, STATUS_OK, NOTHING)
      } else {
        complain(`unknown command ${code.toString(16).padStart(4, '0')}`)
        answer(command, STATUS_UNKNOWN_COMMAND, NOTHING)
      }
    },
    present,
    slotFilled(card) {
      slot = { card, read: false }
      answer(NOTICE, STATUS_OK, Buffer.of(1))
      present(card, 'chip')
    },
    slotEmptied() {
      slot = null
      open = null
      if (busy !== null) {
        const command = busy
        darken('CARD REMOVED')
        fail(command, ERROR_CARD_REMOVED, 'chip')
      } else if (activation === null) darken('')
      else message = 'INSERT, TAP OR SWIPE'
      answer(NOTICE, STATUS_OK, Buffer.of(0))
    },
    powerOff() {
      darken('')
      open = null
    },
    get lit() {
      return activation !== null
    },
    get lamps() {
      return lamps
    },
    get message() {
      return message
    },
  }
}

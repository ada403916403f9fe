/** A PIN pad with display, keys and master keys on a pseudo-terminal, for the bench and for tests. */
import { openPty } from '../pty.ts'
import type { Simulator } from '../simulator.ts'
import { encipherPin, unwrapSessionKey } from './pin-block.ts'
import { type EntryRequest, readEntryRequest } from './pin-entry.ts'
import { PAD_ACK, PAD_EOT, PAD_NAK, padEar, padFrame } from './wire.ts'

export type PinPadKey =
  | '0'
  | '1'
  | '2'
  | '3'
  | '4'
  | '5'
  | '6'
  | '7'
  | '8'
  | '9'
  | 'enter'
  | 'clear'
  | 'cancel'

/** `silent` and `garbage` stand until cleared; the others are used up by `times` frames or answers (1 when absent). */
export type PinPadFault =
  | { readonly kind: 'silent' }
  /** Answers with bytes that mean nothing. */
  | { readonly kind: 'garbage' }
  /** Says NAK to good frames. */
  | { readonly kind: 'nak'; readonly times?: number }
  /** Sends answers with a wrong LRC. */
  | { readonly kind: 'wrongLrc'; readonly times?: number }
  /** Packet 71 with F (key exhausted) or B (key memory lost) in place of a block. */
  | { readonly kind: 'keyExhausted'; readonly times?: number }
  | { readonly kind: 'tamper'; readonly times?: number }

export type PinPadState = {
  readonly display: readonly [string, string]
  readonly entering: boolean
  readonly digits: number
  readonly plugged: boolean
  readonly faults: readonly PinPadFault['kind'][]
  /** What the terminal did against the protocol, newest last; empty is right. */
  readonly complaints: readonly string[]
}

export type PinPadSim = Simulator<PinPadState> & {
  press(key: PinPadKey): void
  applyFault(fault: PinPadFault): void
  clearFaults(): void
}

export type PinPadSimOptions = {
  readonly path: string
  /** Slot 0–9 → 16 or 32 hex digits in clear, as a key-loading ceremony would have left them. */
  readonly masterKeys: Readonly<Record<number, string>>
}

const MAX_COMPLAINTS = 50
const MAX_RESENDS = 3
const SHORTEST_PIN = 4
const LONGEST_PIN = 12
const IDLE_TEXT: readonly [string, string] = ['WELCOME', '']

/** Opens the pseudo-terminal at once; the pad is plugged in and idle. */
export function startPinPadSim({ path, masterKeys }: PinPadSimOptions): PinPadSim {
  const keys = new Map(
    Object.entries(masterKeys).map(([slot, hex]) => [Number(slot), Buffer.from(hex, 'hex')]),
  )
  const listeners: (() => void)[] = []
  const complaints: string[] = []
  const faults = new Map<PinPadFault['kind'], number>()
  let display = IDLE_TEXT
  let selectedSlot = 0
  let entry: (EntryRequest & { readonly key: Buffer }) | null = null
  let digits = ''
  let plugged = true
  let sent: { readonly frame: Buffer; readonly resends: number } | null = null

  const pty = openPty({ path })

  const changed = (): void => {
    for (const listener of listeners) listener()
  }
  const complain = (what: string): void => {
    complaints.push(what)
    complaints.splice(0, Math.max(0, complaints.length - MAX_COMPLAINTS))
  }
  const consume = (kind: PinPadFault['kind']): boolean => {
    const left = faults.get(kind) ?? 0
    if (left > 1) faults.set(kind, left - 1)
    else faults.delete(kind)
    return left > 0
  }
  const emit = (bytes: Buffer): void => {
    if (!plugged || faults.has('silent')) return
    pty.write(faults.has('garbage') ? Buffer.from('~?!~', 'latin1') : bytes)
  }
  const say = (character: string): void => emit(Buffer.from(character, 'latin1'))
  const answer = (family: 'STX' | 'SI', text: string): void => {
    sent = { frame: padFrame(family, text), resends: 0 }
    emitAnswer(sent.frame)
  }
  const emitAnswer = (frame: Buffer): void => {
    if (!consume('wrongLrc')) emit(frame)
    else emit(Buffer.from(frame.map((byte, at) => (at === frame.length - 1 ? byte ^ 1 : byte))))
  }
  const idle = (text: readonly [string, string] = IDLE_TEXT): void => {
    entry = null
    digits = ''
    display = text
  }
  const drawEntry = (): void => {
    const amount = entry === null ? '' : entry.amount
    display = [
      `AMOUNT ${amount.padStart(9)}`,
      digits === '' ? 'ENTER PIN' : '*'.repeat(digits.length),
    ]
  }

  const beginEntry = (text: string): void => {
    const request = readEntryRequest(text)
    const master = keys.get(selectedSlot)
    say(PAD_ACK)
    if (consume('keyExhausted')) answer('STX', '71F')
    else if (consume('tamper')) answer('STX', '71B')
    else if (typeof request === 'string') {
      complain(`packet 70 refused with ${request}`)
      answer('STX', `71${request}`)
    } else if (master === undefined) answer('STX', '71A')
    else {
      entry = { ...request, key: unwrapSessionKey(master, request.wrappedKey) }
      digits = ''
      drawEntry()
    }
  }

  const finishEntry = (): void => {
    if (entry === null) return
    const block =
      digits === ''
        ? '0'.repeat(16)
        : encipherPin(digits, entry.account, entry.key).toString('hex').toUpperCase()
    const length = String(digits.length).padStart(2, '0')
    idle(['PLEASE WAIT', ''])
    answer('STX', `71.0${length}01${block}`)
  }

  const administration = (text: string): void => {
    say(PAD_ACK)
    if (text === '11') say(PAD_EOT)
    else if (text === '06' || text === '0106') answer('SI', '06SIMPAD000001')
    else if (/^08[0-9]$/.test(text)) {
      selectedSlot = Number(text.slice(2))
      answer('SI', '080')
    } else if (text.startsWith('08')) answer('SI', '081')
    else unknown(text)
  }

  const transaction = (text: string): void => {
    if (text.startsWith('70.')) {
      beginEntry(text)
      return
    }
    say(PAD_ACK)
    if (text === '72' || text === 'Z1') idle()
    else if (text.startsWith('Z2')) {
      const shown = text.slice(2).replace('\x1a', '')
      if (entry !== null) complain('Z2 while a PIN is being entered')
      else display = [shown.slice(0, 16).trimEnd(), shown.slice(16, 32).trimEnd()]
    } else {
      unknown(text)
      return
    }
    say(PAD_EOT)
  }

  const unknown = (text: string): void => {
    complain(`unknown packet ${text.slice(0, 2)}`)
    say(PAD_EOT)
  }

  const ear = padEar({
    frame(family, text) {
      if (consume('nak')) say(PAD_NAK)
      else if (family === 'SI') administration(text)
      else transaction(text)
    },
    badFrame(why) {
      complain(why)
      say(PAD_NAK)
    },
    ack() {
      if (sent === null) complain('ACK for nothing')
      sent = null
      say(PAD_EOT)
    },
    nak() {
      if (sent === null) complain('NAK for nothing')
      else if (sent.resends >= MAX_RESENDS) {
        sent = null
        say(PAD_EOT)
      } else {
        sent = { frame: sent.frame, resends: sent.resends + 1 }
        emitAnswer(sent.frame)
      }
    },
    eot() {
      sent = null
      idle()
    },
    stray(byte) {
      complain(`stray byte ${byte.toString(16).padStart(2, '0')}`)
    },
  })
  pty.onBytes((bytes) => {
    if (faults.has('silent')) return
    ear.take(bytes)
    changed()
  })

  const press = (key: PinPadKey): void => {
    if (entry === null || !plugged) return
    if (key === 'cancel') {
      idle()
      say(PAD_EOT)
    } else if (key === 'clear') digits = ''
    else if (key !== 'enter') digits = digits.length < LONGEST_PIN ? digits + key : digits
    else if (digits.length === 0 || digits.length >= SHORTEST_PIN) finishEntry()
    else {
      display = [display[0], 'PIN TOO SHORT']
      digits = ''
      changed()
      return
    }
    if (entry !== null) drawEntry()
    changed()
  }

  return {
    path,
    state: () => ({
      display,
      entering: entry !== null,
      digits: digits.length,
      plugged,
      faults: [...faults.keys()],
      complaints: [...complaints],
    }),
    onChange(listener) {
      listeners.push(listener)
    },
    press,
    applyFault(fault) {
      faults.set(fault.kind, 'times' in fault ? (fault.times ?? 1) : 1)
      changed()
    },
    clearFaults() {
      faults.clear()
      changed()
    },
    unplug() {
      if (!plugged) return
      plugged = false
      sent = null
      ear.forget()
      idle(['', ''])
      pty.unplug()
      changed()
    },
    plug() {
      if (plugged) return
      plugged = true
      idle()
      pty.plug()
      changed()
    },
    stop() {
      plugged = false
      pty.stop()
    },
  }
}

/** The pad itself: display, keys, master keys and what each packet makes of them. It speaks through what it is given. */
import type { Faults } from './faults.ts'
import { encipherPin, type PadKey, unwrapSessionKey } from './pin-block.ts'
import { type EntryRequest, readEntryRequest } from './pin-entry.ts'
import type { UniqueKeys } from './unique-keys.ts'
import { PAD_ACK, PAD_EOT } from './wire.ts'

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

export type Pad = {
  /** A frame whose LRC fits. */
  obey(family: 'STX' | 'SI', text: string): void
  press(key: PinPadKey): void
  /** Back to the welcome text; an entry is given up. */
  idle(): void
  powerOff(): void
  readonly display: readonly [string, string]
  readonly entering: boolean
  readonly digits: number
}

export type PadOptions = {
  /** Slot → key in clear. */
  readonly keys: ReadonlyMap<number, PadKey>
  /** Loaded for DUKPT; null: for master and session keys. */
  readonly uniqueKeys: UniqueKeys | null
  readonly faults: Faults
  readonly say: (character: string) => void
  readonly answer: (family: 'STX' | 'SI', text: string) => void
  readonly complain: (what: string) => void
}

const SHORTEST_PIN = 4
const LONGEST_PIN = 12
const COLUMNS = 16
const SERIAL_NUMBER = 'SIMPAD000001'

export function createPad({ keys, uniqueKeys, faults, say, answer, complain }: PadOptions): Pad {
  let display: readonly [string, string] = ['WELCOME', '']
  let selectedSlot = 0
  let entry: (EntryRequest & { readonly key: PadKey; readonly ksn: string }) | null = null
  let digits = ''

  const rest = (first: string): void => {
    entry = null
    digits = ''
    display = [first, '']
  }
  const draw = (second: string): void => {
    display = [`AMOUNT ${(entry?.amount ?? '').padStart(COLUMNS - 7)}`, second]
  }

  const administration = (text: string): void => {
    say(PAD_ACK)
    if (text === '11') say(PAD_EOT)
    else if (text === '06' || text === '0106') answer('SI', `06${SERIAL_NUMBER}`)
    else if (/^08[0-9]$/.test(text)) {
      selectedSlot = Number(text.slice(2))
      answer('SI', '080')
    } else if (text.startsWith('08')) answer('SI', '081')
    else unknown(text)
  }

  const transaction = (text: string): void => {
    say(PAD_ACK)
    if (text.startsWith('70.')) beginEntry(text)
    else if (text === '72' || text === 'Z1') {
      rest('WELCOME')
      say(PAD_EOT)
    } else if (text.startsWith('Z2')) show(text.slice(2))
    else unknown(text)
  }

  const unknown = (text: string): void => {
    complain(`unknown packet ${text.slice(0, 2)}`)
    say(PAD_EOT)
  }

  const show = (text: string): void => {
    const shown = text.replace('\x1a', '')
    if (entry !== null) complain('Z2 while a PIN is being entered')
    else {
      const second = shown.slice(COLUMNS, 2 * COLUMNS)
      display = [shown.slice(0, COLUMNS).trimEnd(), second.trimEnd()]
    }
    say(PAD_EOT)
  }

  const beginEntry = (text: string): void => {
    const request = readEntryRequest(text, uniqueKeys !== null)
    if (faults.strikes('keyExhausted')) answer('STX', '71F')
    else if (faults.strikes('tamper')) answer('STX', '71B')
    else if (typeof request === 'string') {
      complain(`packet 70 refused with ${request}`)
      answer('STX', `71${request}`)
    } else {
      const key = keyFor(request)
      if (key === null) answer('STX', uniqueKeys === null ? '71A' : '71F')
      else {
        entry = { ...request, ...key }
        digits = ''
        draw('ENTER PIN')
      }
    }
  }

  /** Null: the slot is empty, or no key is left. */
  const keyFor = ({ wrappedKey }: EntryRequest): { key: PadKey; ksn: string } | null => {
    if (wrappedKey === null) {
      const own = uniqueKeys?.next() ?? null
      return own === null ? null : { key: { cipher: 'tdes', bytes: own.key }, ksn: own.ksn }
    }
    const master = keys.get(selectedSlot)
    return master === undefined ? null : { key: unwrapSessionKey(master, wrappedKey), ksn: '' }
  }

  const finish = ({ account, key, ksn }: NonNullable<typeof entry>): void => {
    const enciphered = encipherPin(digits === '' ? '0000' : digits, account, key).toString('hex')
    const block = digits === '' ? '0'.repeat(enciphered.length) : enciphered.toUpperCase()
    const length = String(digits.length).padStart(2, '0')
    const isBypass = digits === ''
    rest('PLEASE WAIT')
    if (ksn === '') answer('STX', `71.0${length}01${block}`)
    // Leading F of a KSN are not sent by this family.
    else answer('STX', isBypass ? '71.0' : `71.0${ksn.replace(/^F{1,10}/, '')}${block}`)
  }

  return {
    obey(family, text) {
      if (family === 'SI') administration(text)
      else transaction(text)
    },
    press(key) {
      if (entry === null) return
      if (key === 'cancel') {
        rest('WELCOME')
        say(PAD_EOT)
      } else if (key === 'enter' && (digits === '' || digits.length >= SHORTEST_PIN)) finish(entry)
      else if (key === 'enter' || key === 'clear') {
        digits = ''
        draw(key === 'enter' ? 'PIN TOO SHORT' : 'ENTER PIN')
      } else {
        digits = `${digits}${key}`.slice(0, LONGEST_PIN)
        draw('*'.repeat(digits.length))
      }
    },
    idle: () => rest('WELCOME'),
    powerOff: () => rest(''),
    get display() {
      return display
    },
    get entering() {
      return entry !== null
    },
    get digits() {
      return digits.length
    },
  }
}

/** A PIN pad with display, keys and master keys on a pseudo-terminal, for the bench and for tests. */
import { openPty, type Pty } from '../pty.ts'
import type { Simulator } from '../simulator.ts'
import { createFaults, type FaultKind, type PinPadFault } from './faults.ts'
import { createPad, type PinPadKey } from './pad.ts'
import { createUniqueKeys } from './unique-keys.ts'
import { PAD_EOT, PAD_NAK, padEar, padFrame } from './wire.ts'

export type PinPadState = {
  readonly display: readonly [string, string]
  readonly entering: boolean
  readonly digits: number
  readonly plugged: boolean
  readonly faults: readonly FaultKind[]
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
  /** Another cable than a pseudo-terminal at `path`. */
  readonly cable?: Pty
  /** Slot 0–9 → 16 or 32 hex digits in clear, as a key-loading ceremony would have left them. */
  readonly masterKeys: Readonly<Record<number, string>>
  /** What these master keys are for; triple DES when absent. */
  readonly cipher?: 'tdes' | 'sm4'
  /** Loaded for DUKPT: it then takes entries under keys of its own only. */
  readonly unique?: { readonly initialKey: string; readonly ksn: string }
}

const MAX_COMPLAINTS = 50
const MAX_RESENDS = 3

/** Opens the pseudo-terminal at once; the pad is plugged in and idle. */
export function startPinPadSim({
  path,
  cable,
  masterKeys,
  cipher = 'tdes',
  unique,
}: PinPadSimOptions): PinPadSim {
  const keys = new Map(
    Object.entries(masterKeys).map(([slot, hex]) => [
      Number(slot),
      { cipher, bytes: Buffer.from(hex, 'hex') },
    ]),
  )
  const listeners: (() => void)[] = []
  const complaints: string[] = []
  const faults = createFaults()
  const pty = cable ?? openPty({ path })
  let plugged = true
  /** The answer that waits for its ACK. */
  let sent: { readonly frame: Buffer; readonly resends: number } | null = null

  const changed = (): void => {
    for (const listener of listeners) listener()
  }
  const complain = (what: string): void => {
    complaints.push(what)
    complaints.splice(0, Math.max(0, complaints.length - MAX_COMPLAINTS))
  }
  const emit = (bytes: Buffer): void => {
    if (!plugged || faults.standing('silent')) return
    pty.write(faults.standing('garbage') ? Buffer.from('~?!~', 'latin1') : bytes)
  }
  let owesClosing = false
  const say = (character: string): void => {
    if (character === PAD_EOT && faults.strikes('lateClosing')) owesClosing = true
    else emit(Buffer.from(character, 'latin1'))
  }
  const emitAnswer = (frame: Buffer): void => {
    const wrong = faults.strikes('wrongLrc')
    const lrc = (frame.at(-1) ?? 0) ^ (wrong ? 1 : 0)
    emit(Buffer.concat([frame.subarray(0, -1), Buffer.of(lrc)]))
  }
  const answer = (family: 'STX' | 'SI', text: string): void => {
    sent = { frame: padFrame(family, text), resends: 0 }
    emitAnswer(sent.frame)
  }
  const resend = (): void => {
    if (sent === null) complain('NAK for nothing')
    else if (sent.resends < MAX_RESENDS) {
      sent = { frame: sent.frame, resends: sent.resends + 1 }
      emitAnswer(sent.frame)
    } else {
      sent = null
      say(PAD_EOT)
    }
  }

  const uniqueKeys = unique === undefined ? null : createUniqueKeys(unique.initialKey, unique.ksn)
  const pad = createPad({ keys, uniqueKeys, faults, say, answer, complain })
  const ear = padEar({
    frame(family, text) {
      if (owesClosing) emit(Buffer.from(PAD_EOT, 'latin1'))
      owesClosing = false
      if (faults.strikes('nak')) say(PAD_NAK)
      else pad.obey(family, text)
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
    nak: resend,
    eot() {
      sent = null
      pad.idle()
    },
    stray(byte) {
      complain(`stray byte ${byte.toString(16).padStart(2, '0')}`)
    },
  })
  pty.onBytes((bytes) => {
    if (faults.standing('silent')) return
    ear.take(bytes)
    changed()
  })

  return {
    path,
    state: () => ({
      display: pad.display,
      entering: pad.entering,
      digits: pad.digits,
      plugged,
      faults: faults.kinds,
      complaints: [...complaints],
    }),
    onChange(listener) {
      listeners.push(listener)
    },
    press(key) {
      if (!plugged) return
      pad.press(key)
      changed()
    },
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
      sent = null
      owesClosing = false
      ear.forget()
      pad.powerOff()
      pty.unplug()
      changed()
    },
    plug() {
      if (plugged) return
      plugged = true
      pad.idle()
      pty.plug()
      changed()
    },
    stop() {
      plugged = false
      pty.stop()
    },
  }
}

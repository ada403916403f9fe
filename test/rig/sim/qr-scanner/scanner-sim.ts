/** A code scanner on the far end of a cable: reads what is shown to it while its trigger is on, and sends it as scanners do. */
import { openPty, type Pty } from '../pty.ts'
import type { Simulator } from '../simulator.ts'
import { createHeldCode } from './held-code.ts'
import { createTriggerReader } from './trigger-reader.ts'

type ScannerState = {
  readonly plugged: boolean
  /** Light on, looking. */
  readonly triggered: boolean
  /** Something is held in front of it and has not been read. */
  readonly showing: boolean
  readonly reads: number
  readonly complaints: readonly string[]
}

/** What goes wrong with the next read. `garbage`: noise before the code. `truncate`: the second half never comes. */
export const SCAN_FAULTS = ['doubleRead', 'garbage', 'truncate', 'noSuffix'] as const
export type ScanFault = (typeof SCAN_FAULTS)[number]

export type ScannerSimOptions = {
  readonly path: string
  /** Another cable than a pseudo-terminal at `path`. */
  readonly cable?: Pty
  /** Sent after each code. */
  readonly suffix?: string
  /** Sent before each code; empty for a scanner that sends none. */
  readonly aimIdentifier?: string
  /** Looks all the time and knows no trigger. */
  readonly presentation?: boolean
}

export type ScannerSim = Simulator<ScannerState> & {
  /** What can be wrong with what it sends. */
  readonly faults: readonly ScanFault[]
  /** Holds a code in front of the scanner: read at once when triggered, else when triggered before the customer takes it away. */
  show(code: string | Uint8Array): void
  /** For the next read only. */
  setFault(fault: ScanFault | null): void
  /** Bytes on the line as they are. */
  sendRaw(bytes: Uint8Array): void
}

/** From light on, or from the code coming into view, to the first byte. */
const DECODE_MS = 60
/** The scanner lets go of a trigger that leads to nothing. */
const TRIGGER_HELD_MS = 30_000
const COMPLAINTS_KEPT = 100

/** Returns a scanner plugged in at `path`. It understands the trigger commands of both Honeywell and Newland. */
export function startScannerSim(options: ScannerSimOptions): ScannerSim {
  const { path, suffix = '\r', aimIdentifier = ']Q1', presentation = false } = options
  const pty = options.cable ?? openPty({ path })
  const reader = createTriggerReader()
  const listeners: (() => void)[] = []
  const complaints: string[] = []
  let triggered = presentation
  const held = createHeldCode(changed)
  let fault: ScanFault | null = null
  let reads = 0
  let letGo: NodeJS.Timeout | undefined
  let decode: NodeJS.Timeout | undefined

  pty.onBytes((bytes) => {
    for (const heard of reader.push(bytes)) {
      if (heard.kind === 'trigger') {
        if (heard.answer !== null) pty.write(heard.answer)
        setTrigger(heard.on)
      } else if (complaints.length < COMPLAINTS_KEPT) complaints.push(heard.about)
    }
    changed()
  })

  function setTrigger(on: boolean): void {
    clearTimeout(letGo)
    triggered = presentation || on
    if (on) letGo = setTimeout(() => setTrigger(false), TRIGGER_HELD_MS)
    look()
    changed()
  }

  function look(): void {
    clearTimeout(decode)
    if (triggered && held.code !== null) decode = setTimeout(read, DECODE_MS)
  }

  function read(): void {
    const code = triggered ? held.take() : null
    if (code === null) return
    triggered = presentation
    clearTimeout(letGo)
    send(code)
    changed()
  }

  function send(code: Buffer): void {
    const whole = Buffer.concat([
      Buffer.from(aimIdentifier, 'latin1'),
      code,
      Buffer.from(suffix, 'latin1'),
    ])
    const current = fault
    fault = null
    reads += 1
    if (current === 'garbage') pty.write(Buffer.from([0xff, 0x00, 0xa5, 0x5a]))
    if (current === 'truncate') pty.write(whole.subarray(0, Math.ceil(whole.length / 2)))
    else if (current === 'noSuffix') pty.write(whole.subarray(0, whole.length - suffix.length))
    else pty.write(whole)
    if (current === 'doubleRead') pty.write(whole)
  }

  function changed(): void {
    for (const listener of listeners) listener()
  }

  return {
    path,
    faults: SCAN_FAULTS,
    state: () => ({
      plugged: pty.plugged,
      triggered,
      showing: held.code !== null,
      reads,
      complaints: [...complaints],
    }),
    onChange: (listener) => void listeners.push(listener),
    show(code) {
      held.hold(code)
      look()
      changed()
    },
    setFault: (next) => void (fault = next),
    sendRaw: (bytes) => pty.write(bytes),
    unplug() {
      // The cable is its power as well.
      clearTimeout(letGo)
      clearTimeout(decode)
      triggered = false
      pty.unplug()
      changed()
    },
    plug() {
      triggered = presentation
      pty.plug()
      changed()
    },
    stop() {
      held.stop()
      for (const timer of [letGo, decode]) clearTimeout(timer)
      pty.stop()
    },
  }
}

/** A receipt printer on the far end of a cable: takes ESC/POS, draws what it prints, answers as printers do, and can be in trouble. */
import { openPty, type Pty } from '../pty.ts'
import type { Simulator } from '../simulator.ts'
import { createFeed } from './feed.ts'
import type { Paper } from './mechanism.ts'
import type { PrinterState } from './status.ts'

export type PrinterSimOptions = {
  readonly path: string
  /** Another cable than a pseudo-terminal at `path`: a socket, or the node of a USB printer. */
  readonly cable?: Pty
  readonly columns: 32 | 48
  /** Lines a second; without it everything is printed at once. */
  readonly linesPerSecond?: number
}

export type PrinterSim = Simulator<PrinterState> & {
  /** What came out, oldest first; the last one may still hang in the printer. */
  papers(): Paper[]
  setPaper(paper: 'ok' | 'nearEnd' | 'out'): void
  /** The paper ends after so many more printed lines. */
  runOutAfterLines(lines: number): void
  setCover(cover: 'open' | 'closed'): void
  setCutterJam(blocked: boolean): void
  setHeadHot(hot: boolean): void
  setProcessIdSupport(known: boolean): void
  /** Off forgets everything taken and not printed; the cable stays in. */
  setPower(power: 'on' | 'off'): void
  /** Bytes on the line that mean nothing. */
  sendRaw(bytes: Uint8Array): void
  tearOff(): void
  /** Everything that ever came down the cable. */
  bytesTaken(): number
  /** The newest of these bytes as they came, at most `TAKEN_KEPT_BYTES`, for other eyes than ours. */
  lastTaken(): Uint8Array
}

/** Some twenty slips with pictures. */
const TAKEN_KEPT_BYTES = 262_144

/** Returns a printer with paper in it, plugged in at `path`. */
export function startPrinterSim(options: PrinterSimOptions): PrinterSim {
  const pty = options.cable ?? openPty({ path: options.path })
  const listeners: (() => void)[] = []
  const feed = createFeed({
    dots: options.columns * 12,
    linesPerSecond: options.linesPerSecond ?? null,
    send: (bytes) => pty.write(bytes),
    changed: () => {
      for (const listener of listeners) listener()
    },
  })
  let bytesTaken = 0
  let taken: Buffer = Buffer.alloc(0)
  pty.onBytes((bytes) => {
    bytesTaken += bytes.length
    taken = Buffer.concat([taken, bytes]).subarray(-TAKEN_KEPT_BYTES)
    feed.receive(bytes)
  })

  function changing(action: () => void): () => void {
    return () => {
      action()
      for (const listener of listeners) listener()
    }
  }

  return {
    path: options.path,
    state: () => ({ ...feed.state(), plugged: pty.plugged }),
    onChange: (listener) => void listeners.push(listener),
    unplug: changing(() => pty.unplug()),
    plug: changing(() => pty.plug()),
    stop() {
      feed.stop()
      pty.stop()
    },
    papers: () => feed.papers(),
    setPaper: (paper) => feed.set({ paper }),
    runOutAfterLines: (lines) => feed.runOutAfter(lines),
    setCover: (cover) => feed.set(cover === 'closed' ? { cover, cutterError: false } : { cover }),
    setCutterJam: (blocked) => feed.blockCutter(blocked),
    setHeadHot: (headHot) => feed.set({ headHot }),
    setProcessIdSupport: (known) => feed.setProcessIdSupport(known),
    setPower: (power) => feed.setPower(power),
    sendRaw: (bytes) => pty.write(bytes),
    tearOff: () => feed.tearOff(),
    bytesTaken: () => bytesTaken,
    lastTaken: () => Uint8Array.from(taken),
  }
}

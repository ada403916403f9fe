/** An SSI scanner as it stands at a counter: codes are held in front of it, and it reads when it is triggered. */
import type { Pty } from '../pty.ts'
import { createHeldCode } from './held-code.ts'
import type { ScanFault, ScannerSim } from './scanner-sim.ts'
import { startSsiScannerSim } from './ssi-scanner-sim.ts'

const DECODE_MS = 60
const NOISE = Uint8Array.of(0xff, 0x00, 0xa5, 0x5a)

/** A packet carries its length: there is no suffix to forget. */
const FAULTS: readonly ScanFault[] = ['doubleRead', 'garbage', 'truncate']

export function startSsiAtCounter(cable: Pty): ScannerSim {
  const sim = startSsiScannerSim(cable.path, ']Q1', cable)
  const listeners: (() => void)[] = []
  let fault: ScanFault | null = null
  let reads = 0
  let decode: NodeJS.Timeout | undefined

  const changed = (): void => {
    for (const listener of listeners) listener()
  }
  const held = createHeldCode(changed)
  const look = (): void => {
    clearTimeout(decode)
    if (sim.triggered && held.code !== null) decode = setTimeout(read, DECODE_MS)
  }
  sim.onChange(() => {
    look()
    changed()
  })

  function read(): void {
    const code = sim.triggered ? held.take() : null
    if (code === null) return
    reads += 1
    if (fault === 'garbage') sim.sendRaw(NOISE)
    if (fault === 'truncate') sim.spoilNext('half')
    if (fault === 'doubleRead') sim.spoilNext('ackLost')
    fault = null
    sim.read(code)
    changed()
  }

  return {
    path: cable.path,
    faults: FAULTS,
    state: () => ({
      plugged: cable.plugged,
      triggered: sim.triggered,
      showing: held.code !== null,
      reads,
      complaints: sim.complaints,
    }),
    onChange: (listener) => void listeners.push(listener),
    show(code) {
      held.hold(code)
      look()
      changed()
    },
    setFault: (next) => void (fault = next),
    sendRaw: (bytes) => sim.sendRaw(bytes),
    unplug() {
      clearTimeout(decode)
      sim.unplug()
      changed()
    },
    plug() {
      sim.plug()
      changed()
    },
    stop() {
      held.stop()
      clearTimeout(decode)
      sim.stop()
    },
  }
}

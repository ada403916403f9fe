/** What can happen to the line of any device, whatever it speaks: nothing comes through, something else does, half of it, late, or too much. */
import type { Pty } from './pty.ts'

type LineFault =
  /** The cable is in, and nothing passes either way. */
  | { readonly kind: 'deadLine' }
  /** Whatever the device says arrives as other bytes, as at a wrong speed. */
  | { readonly kind: 'garbledLine' }
  /** Whatever the device says arrives `ms` later. */
  | { readonly kind: 'lateLine'; readonly ms: number }
  /** Of the next `times` answers (1 when absent) the second half never comes. */
  | { readonly kind: 'halfAnswer'; readonly times?: number }

export const LINE_FAULTS = ['deadLine', 'garbledLine', 'lateLine', 'halfAnswer'] as const

export type SpoiledLine = Pty & {
  applyFault(fault: LineFault): void
  clearFaults(): void
}

const OTHER_BITS = 0x55

/** `cable` as it is, until a fault is ordered. */
export function spoilLine(cable: Pty): SpoiledLine {
  const listeners: ((bytes: Uint8Array) => void)[] = []
  const late = new Set<NodeJS.Timeout>()
  let dead = false
  let garbled = false
  let lateMs = 0
  let halves = 0

  cable.onBytes((bytes) => {
    if (dead) return
    for (const listener of listeners) listener(bytes)
  })

  function spoilt(bytes: Uint8Array): Uint8Array {
    if (garbled) return bytes.map((byte) => byte ^ OTHER_BITS)
    if (halves === 0) return bytes
    halves -= 1
    return bytes.subarray(0, bytes.length >> 1)
  }

  function forgetLate(): void {
    for (const timer of late) clearTimeout(timer)
    late.clear()
  }

  return {
    path: cable.path,
    get plugged() {
      return cable.plugged
    },
    onBytes: (listener) => void listeners.push(listener),
    write(bytes) {
      if (dead) return
      const said = spoilt(Uint8Array.from(bytes))
      if (lateMs === 0) return cable.write(said)
      const timer = setTimeout(() => {
        late.delete(timer)
        cable.write(said)
      }, lateMs)
      late.add(timer)
    },
    plug: () => cable.plug(),
    unplug() {
      forgetLate()
      cable.unplug()
    },
    stop() {
      forgetLate()
      cable.stop()
    },
    applyFault(fault) {
      if (fault.kind === 'deadLine') dead = true
      else if (fault.kind === 'garbledLine') garbled = true
      else if (fault.kind === 'lateLine') lateMs = fault.ms
      else halves = fault.times ?? 1
    },
    clearFaults() {
      dead = false
      garbled = false
      lateMs = 0
      halves = 0
    },
  }
}

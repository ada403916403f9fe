/** Ordered faults wait here; each message takes the first that fits it. */
import type { Fault } from './fault.ts'

export const MAX_WAITING_FAULTS = 50

type WaitingFault = { readonly fault: Fault; readonly remaining: number }

export interface FaultQueue {
  /** False when too many wait already. */
  add(fault: Fault): boolean
  clear(): void
  /** The fault that befalls a request of this MTI and processing code, counted down; null = behave. */
  takeForMessage(mti: string, processingCode?: string): Fault | null
  /** True when the next connection is to be refused, counted down. */
  takeForConnection(): boolean
  waiting(): readonly WaitingFault[]
}

/** An empty queue. */
export function createFaultQueue(): FaultQueue {
  let waiting: WaitingFault[] = []
  const take = (fits: (fault: Fault) => boolean): Fault | null => {
    const chosen = waiting.find(({ fault }) => fits(fault))
    if (chosen === undefined) return null
    waiting = waiting.flatMap((entry) => {
      if (entry !== chosen) return [entry]
      return entry.remaining > 1 ? [{ ...entry, remaining: entry.remaining - 1 }] : []
    })
    return chosen.fault
  }
  return {
    add(fault) {
      if (waiting.length >= MAX_WAITING_FAULTS) return false
      waiting.push({ fault, remaining: fault.times })
      return true
    },
    clear() {
      waiting = []
    },
    takeForMessage: (mti, processingCode) =>
      take(
        (fault) =>
          fault.kind !== 'refuseConnections' &&
          (fault.mti === undefined || fault.mti === mti) &&
          (fault.processingCode === undefined || fault.processingCode === processingCode),
      ),
    takeForConnection: () => take((fault) => fault.kind === 'refuseConnections') !== null,
    waiting: () => [...waiting],
  }
}

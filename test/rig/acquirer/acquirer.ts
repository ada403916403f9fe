/** An acquirer to test against: it authorizes, keeps books, misbehaves on request, and says afterwards what really happened. */

import { type FaultOrder, parseFault } from './faults/fault.ts'
import { createFaultQueue } from './faults/fault-queue.ts'
import { createHost, type HostOptions } from './host/host.ts'
import type { Upset } from './host/upset.ts'
import type { GatewayDemands } from './http-gateway.ts'
import { startListener } from './listener.ts'
import { type AcquirerState, describeHost } from './state.ts'
import { USUAL_FORM } from './wire/wire-form.ts'

export type AcquirerOptions = HostOptions & {
  /** 0 = any free one. */
  readonly port: number
  /** Default 127.0.0.1. */
  readonly host?: string
  /** Speaks HTTP; default: frames on the bare line. */
  readonly gateway?: GatewayDemands
}

type FaultOutcome = { readonly ok: true } | { readonly ok: false; readonly why: string }

export interface Acquirer {
  readonly port: number
  state(): AcquirerState
  /** Called after every change of `state()`; the returned function ends that. */
  onChange(listener: () => void): () => void
  /** Money owed to the shop in fen, over all terminals or one. */
  held(tid?: string): number
  /** Orders a fault. Throws RangeError when it is none: for tests. */
  setFault(fault: FaultOrder): void
  /** The same for data from outside: what is wrong with it comes back as text. */
  applyFault(input: unknown): FaultOutcome
  /** Forgets faults that have not befallen anything yet. */
  clearFaults(): void
  /** Makes the host disagree with its terminals: restarted without keys, other MAC key, next batch. Connections stay. */
  upset(what: Upset): void
  /** False: network cut; connections are closed and new ones refused. Safe to call twice. */
  setReachable(reachable: boolean): Promise<void>
  stop(): Promise<void>
}

/** Starts the acquirer. Rejects when the port is taken. */
export async function startAcquirer(options: AcquirerOptions): Promise<Acquirer> {
  const host = createHost(options)
  const faults = createFaultQueue()
  const listeners = new Set<() => void>()
  const changed = (): void => {
    for (const listener of listeners) listener()
  }
  const line = await startListener({
    host: options.host ?? '127.0.0.1',
    port: options.port,
    clock: options.clock,
    form: options.form ?? USUAL_FORM,
    ...(options.gateway === undefined ? {} : { gateway: options.gateway }),
    receive(frame) {
      const steps = host.receive(frame, faults)
      changed()
      return steps
    },
    refuses: () => faults.takeForConnection(),
    onConnections: changed,
  })
  const applyFault = (input: unknown): FaultOutcome => {
    const parsed = parseFault(input)
    if (!parsed.ok) return parsed
    if (!faults.add(parsed.fault)) return { ok: false, why: 'too many faults are waiting' }
    changed()
    return { ok: true }
  }
  return {
    port: line.port,
    state: () => ({
      port: line.port,
      reachable: line.reachable,
      connections: line.connections,
      ...describeHost(host, faults),
    }),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    held: (tid) => host.ledger.heldMinor(tid),
    setFault(fault) {
      const outcome = applyFault(fault)
      if (!outcome.ok) throw new RangeError(outcome.why)
    },
    applyFault,
    clearFaults() {
      faults.clear()
      changed()
    },
    upset(what) {
      host.upset(what)
      changed()
    },
    async setReachable(reachable) {
      await line.setReachable(reachable)
      changed()
    },
    stop: () => line.stop(),
  }
}

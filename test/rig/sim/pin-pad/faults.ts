/** What can go wrong with the pad on request. */

/** `silent` and `garbage` stand until cleared; the others are used up by `times` frames or answers (1 when absent). */
export type PinPadFault =
  | { readonly kind: 'silent' }
  /** Answers with bytes that mean nothing. */
  | { readonly kind: 'garbage' }
  /** Says NAK to good frames. */
  | { readonly kind: 'nak'; readonly times?: number }
  /** Sends answers with a wrong LRC. */
  | { readonly kind: 'wrongLrc'; readonly times?: number }
  /** Closes a conversation only when the next frame comes, in front of its ACK. */
  | { readonly kind: 'lateClosing'; readonly times?: number }
  /** Packet 71 with F (key exhausted) or B (key memory lost) in place of a block. */
  | { readonly kind: 'keyExhausted'; readonly times?: number }
  | { readonly kind: 'tamper'; readonly times?: number }

export type FaultKind = PinPadFault['kind']

export type Faults = {
  apply(fault: PinPadFault): void
  clear(): void
  standing(kind: FaultKind): boolean
  /** True when the fault was due; it is then used up by one. */
  strikes(kind: FaultKind): boolean
  readonly kinds: readonly FaultKind[]
}

export function createFaults(): Faults {
  const left = new Map<FaultKind, number>()
  return {
    apply(fault) {
      left.set(fault.kind, 'times' in fault ? (fault.times ?? 1) : 1)
    },
    clear: () => left.clear(),
    standing: (kind) => left.has(kind),
    strikes(kind) {
      const times = left.get(kind) ?? 0
      if (times > 1) left.set(kind, times - 1)
      else left.delete(kind)
      return times > 0
    },
    get kinds() {
      return [...left.keys()]
    },
  }
}

/** What can go wrong with reader and cards on request. */

/** `silent`, `garbage` and `slow` stand until cleared; the others are used up by `times` (1 when absent). */
export type CardReaderFault =
  | { readonly kind: 'silent' }
  /** Answers with bytes that mean nothing. */
  | { readonly kind: 'garbage' }
  /** Cards take `ms` to be read, and to end. */
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'wrongCrc'; readonly times?: number }
  | { readonly kind: 'unreadableChip'; readonly times?: number }
  /** Two cards at the antenna. */
  | { readonly kind: 'collision'; readonly times?: number }
  /** The card itself refuses at once. */
  | { readonly kind: 'aacAtOnce'; readonly times?: number }
  | { readonly kind: 'aacAfterApproval'; readonly times?: number }

export type FaultKind = CardReaderFault['kind']

export type Faults = {
  apply(fault: CardReaderFault): void
  clear(): void
  standing(kind: FaultKind): boolean
  /** True when the fault was due; it is then used up by one. */
  strikes(kind: FaultKind): boolean
  /** How long a card takes; 0 without the fault. */
  readonly slowMs: number
  readonly kinds: readonly FaultKind[]
}

export function createFaults(): Faults {
  const left = new Map<FaultKind, number>()
  return {
    apply(fault) {
      left.set(fault.kind, 'ms' in fault ? fault.ms : 'times' in fault ? (fault.times ?? 1) : 1)
    },
    clear: () => left.clear(),
    standing: (kind) => left.has(kind),
    strikes(kind) {
      const times = left.get(kind) ?? 0
      if (times > 1) left.set(kind, times - 1)
      else left.delete(kind)
      return times > 0
    },
    get slowMs() {
      return left.get('slow') ?? 0
    },
    get kinds() {
      return [...left.keys()]
    },
  }
}

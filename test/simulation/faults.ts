/** Everything that may go wrong, by name, and how often it does in one seed. Each seed draws its own mixture (swarm testing). */
import type { Random } from './random.ts'

/** Worst share of chances in which a fault strikes when a seed has it in its mixture. */
const WORST = {
  // The line and the acquirer.
  unreachable: 0.1,
  dropRequest: 0.1,
  lateRequest: 0.1,
  dropReply: 0.1,
  delayReply: 0.2,
  lateReply: 0.1,
  duplicateReply: 0.2,
  halfFrame: 0.05,
  closeBeforeReply: 0.05,
  refundUnheard: 0.6,
  wrongStan: 0.05,
  staleReply: 0.3,
  wrongAmount: 0.05,
  wrongTerminal: 0.05,
  wrongMti: 0.05,
  badMac: 0.05,
  noMac: 0.05,
  decline: 0.2,
  hostForgetsKeys: 0.05,
  hostBusy: 0.2,
  askPassword: 0.4,
  stillPaying: 0.9,
  paidBeforeCancel: 0.5,
  signOnRefused: 0.1,
  hostAsks: 0.05,
  totalsDiffer: 0.2,
  batchAhead: 0.2,
  batchBehind: 0.2,
  // Card reader, PIN pad, scanner.
  readerGone: 0.03,
  cardUnreadable: 0.1,
  insertInstead: 0.1,
  severalCards: 0.05,
  cardDeclines: 0.05,
  cardPulled: 0.1,
  chipRefuses: 0.1,
  pinCancelled: 0.1,
  pinTimedOut: 0.05,
  pinBypassed: 0.2,
  padGone: 0.05,
  scannerGone: 0.03,
  doubleRead: 0.3,
  secondPhone: 0.2,
  wrongCode: 0.1,
  doubtedCode: 0.2,
  oldCode: 0.1,
  cardAndCode: 0.1,
  wrongCard: 0.3,
  // Printer.
  paperOut: 0.1,
  cutMidSlip: 0.1,
  printerUnsure: 0.1,
  printerGone: 0.02,
  slowPrinter: 0.1,
  // Disk.
  writeLost: 0.003,
  writeKeptButFailed: 0.003,
  // Power: at every write, between effects, at any moment, and again while waking up.
  cutBeforeCommit: 0.01,
  cutAfterCommit: 0.01,
  cutBetweenEffects: 0.004,
  cutAnytime: 0.1,
  cutAgain: 0.4,
  // Clock.
  clockBack: 0.02,
  clockForward: 0.02,
  midnight: 0.02,
  // Cashier.
  writesDown: 0.1,
  doubleTap: 0.2,
  oldPage: 0.05,
  cancels: 0.05,
  walksAway: 0.05,
  typesAgain: 0.2,
  fiddles: 0.1,
  reprints: 0.1,
  wrongPin: 0.2,
  signsOut: 0.03,
  corrects: 0.3,
  settles: 0.05,
  hastyInDoubt: 0.9,
  wrongVoucher: 0.2,
  wrongApprover: 0.4,
  misjudgesPaper: 0.1,
} as const

export type Fault = keyof typeof WORST

export const ALL_FAULTS: readonly string[] = Object.keys(WORST)

export type Faults = {
  /** Whether the fault strikes this time; counts it. Never in the liveness phase. */
  readonly strikes: (fault: Fault) => boolean
  /** No fault from now on. */
  readonly calm: () => void
  readonly counts: ReadonlyMap<Fault, number>
}

/** A third of the seeds have none of a fault, the others have it at a share of its worst. `null`: no faults at all. */
export function createFaults(random: Random | null): Faults {
  const rates = new Map<string, number>()
  for (const [fault, worst] of Object.entries(WORST)) {
    if (random === null) continue
    const share = random.pick([0, 0.05, 0.3, 1])
    if (share > 0) rates.set(fault, worst * share)
  }
  const counts = new Map<Fault, number>()
  let calm = random === null
  return {
    strikes: (fault) => {
      if (calm || random === null || !random.chance(rates.get(fault) ?? 0)) return false
      counts.set(fault, (counts.get(fault) ?? 0) + 1)
      return true
    },
    calm: () => {
      calm = true
    },
    counts,
  }
}

/** The invariants of the whole system: what acquirer, journal, paper and screen say about the same money, after every step and at rest. */
import type { Advice } from '#core/advice/advice.ts'
import type { SlipCopy } from '#core/receipt/slip.ts'
import type { SlipJob } from '#core/receipt/slip-job.ts'
import type { Reversal } from '#core/reversal/reversal.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { Attempt } from '#core/transaction/attempt.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'
import type { Disk } from './disk.ts'
import type { Host } from './host.ts'
import { breach } from './interruptions.ts'
import { KINDS } from './ledger.ts'
import { checkMayAsk } from './may-ask.ts'
import type { Sheet } from './printer.ts'

export type Checks = {
  /** The cashier saw this amount and confirmed it. */
  readonly agreed: (order: number, amountMinor: number) => void
  readonly requestLeaves: (attempt: Attempt) => void
  readonly adviceLeaves: (advice: Advice) => void
  readonly reversalLeaves: (reversal: Reversal) => void
  readonly numberLeaves: (stan: string) => void
  /** The chip said no after the host said yes, or left without a word. */
  readonly cardRefused: (stan: string) => void
  readonly recordKept: (record: TransactionRecord) => void
  readonly hostReversed: (id: string) => void
  readonly shown: (state: TerminalState) => void
  /** A person said what became of this slip. */
  readonly personAsked: (job: SlipJob) => void
  /** Nothing is open any more: books, paper and memory must agree. */
  readonly atRest: (state: TerminalState, paper: readonly Sheet[]) => void
}

const LAST_STAN = 999_999

export function createChecks(disk: Disk, host: () => Host): Checks {
  const agreed = new Map<number, number>()
  const outcomes = new Map<string, TransactionRecord>()
  const shownApproved = new Set<string>()
  const asked = new Set<string>()
  const refused = new Set<string>()
  /** Every STAN that left since they began again at 1. */
  const left = new Set<number>()
  let lastStan = 0

  const numberLeaves = (stan: string): void => {
    const number = Number(stan)
    if (lastStan - number > LAST_STAN / 2) {
      left.clear()
      refused.clear()
    }
    if (left.has(number)) breach(`I6: STAN ${stan} left twice`)
    left.add(number)
    lastStan = number
  }

  /** A hold stands again once its completion is voided. */
  const isReopened = ({ closedBy, kind }: TransactionRecord): boolean =>
    closedBy === '' || (kind === 'preAuth' && (outcomes.get(closedBy)?.closedBy ?? '') !== '')

  return {
    agreed: (order, amountMinor) => void agreed.set(order, amountMinor),
    numberLeaves,
    personAsked: ({ record, slip }) => void asked.add(`${record} ${slip.copy}`),
    requestLeaves: (attempt) => {
      const { order, stan } = attempt
      const kind = order.kind ?? 'sale'
      const owed = disk.state()?.reversal
      const doubted = disk.state()?.advice
      numberLeaves(stan)
      if (kind === 'balance') return
      const known =
        kind === 'refund'
          ? doubted?.state === 'out' && doubted.attempt.stan === stan
          : owed?.state === 'armed' && owed.stan === stan
      if (!known) breach(`I3: request ${stan} left and the disk does not know of it`)
      if (kind === 'refund' && owed !== null && owed !== undefined)
        breach(`I5: refund ${stan} left before a reversal that is owed`)
      checkMayAsk(attempt, disk.records)
      const due = agreed.get(order.id)
      if (due !== attempt.amountMinor)
        breach(`request ${stan} asks for ${attempt.amountMinor}, the cashier agreed ${due}`)
    },
    adviceLeaves: (advice) => {
      const doubted = disk.state()?.advice
      if (doubted?.id !== advice.id || doubted.state !== 'sent')
        breach(`I5: refund ${advice.id} is repeated and the disk does not owe it`)
      if (advice.hasPan && !disk.sealed.has(advice.id))
        breach(`refund ${advice.id} has lost its card`)
    },
    reversalLeaves: (reversal) => {
      const owed = disk.state()?.reversal
      if (owed?.id !== reversal.id || owed.state !== 'sent')
        breach(`I5: reversal ${reversal.id} left and the disk does not owe it`)
      if (shownApproved.has(reversal.id))
        breach(`I2: ${reversal.id} was shown as approved and is being reversed`)
      if (reversal.hasPan && !disk.sealed.has(reversal.id))
        breach(`reversal ${reversal.id} has lost its card`)
    },
    cardRefused: (stan) => void refused.add(stan),
    recordKept: (record) => {
      if (record.outcome === 'approved' && refused.has(record.stan))
        breach(`${record.id} is approved and its chip never agreed`)
      const before = outcomes.get(record.id)
      if (before !== undefined && before.outcome !== record.outcome)
        breach(`I9: ${record.id} was ${before.outcome} and is now ${record.outcome}`)
      if (before !== undefined && before.paidMinor !== record.paidMinor)
        breach(`${record.id} was paid ${before.paidMinor} and is now paid ${record.paidMinor}`)
      if (before !== undefined && before.refundedMinor > record.refundedMinor)
        breach(`I4: ${record.id} was refunded ${before.refundedMinor} and has forgotten it`)
      if (before !== undefined && before.closedBy !== record.closedBy && !isReopened(before))
        breach(`I4: ${record.id} was used up by ${before.closedBy} and has forgotten it`)
      if (record.refundedMinor > record.paidMinor)
        breach(`I4: ${record.id} is refunded beyond what was paid`)
      outcomes.set(record.id, record)
    },
    hostReversed: (id) => {
      if (shownApproved.has(id)) breach(`I2: ${id} was shown as approved and the host reversed it`)
    },
    shown: ({ step }) => {
      if (step.kind !== 'result' || step.outcome !== 'approved' || step.record === '') return
      if (shownApproved.has(step.record)) return
      const record = disk.records.get(step.record)
      if (record?.outcome !== 'approved')
        breach(`I2: ${step.record} is shown as approved and is not on disk`)
      const held = host().ledger.get(step.record)
      if (held?.status !== 'approved' || held.amountMinor !== record.paidMinor)
        breach(`I2: ${step.record} is shown as approved and the host says ${held?.status}`)
      shownApproved.add(step.record)
    },
    atRest: (state, paper) => {
      checkBooks(disk, host())
      checkOrders(disk, agreed)
      checkPaper(state, disk, paper, asked)
      checkIncidents(state, disk)
      checkSignatures(state, disk, host())
      if (disk.sealed.size > 0) breach('a sealed card lies on disk and no reversal is owed')
    },
  }
}

/** What cannot be mended stands on the open list until a supervisor closes it, and names a payment that stands. */
function checkIncidents(state: TerminalState, { incidents, records }: Disk): void {
  const listed = new Set((state.incidents ?? []).map(({ id }) => id))
  for (const { id, record } of incidents.values()) {
    if (!listed.has(id)) breach(`incident ${id} was written down and is forgotten`)
    if (records.get(record)?.outcome !== 'approved') breach(`incident ${id} is about no payment`)
  }
}

/** Whoever signed on the screen has signed for the acquirer too; nothing is left of it here, and nothing is there that nobody wrote. */
function checkSignatures({ setup }: TerminalState, { records }: Disk, { signatures }: Host): void {
  if (setup.host.signatureUpload === undefined) return
  const signed = [...records.values()].filter(({ slip }) => slip?.signature !== undefined)
  const lost = signed.find(({ id }) => !signatures.has(id))
  if (lost !== undefined)
    breach(`${lost.id} was signed on the screen and the host has no signature`)
  if (signatures.size > signed.length) breach('the host has a signature that nobody wrote')
}

/** I1, I3, I4: the host holds exactly what the journal calls approved, of the same kind and amount, and used up alike. */
function checkBooks(disk: Disk, host: Host): void {
  let net = 0
  for (const [id, held] of host.ledger) {
    if (held.status !== 'approved') continue
    net += KINDS[held.kind].sign * held.amountMinor
    const record = disk.records.get(id)
    if (record?.outcome !== 'approved')
      breach(`I3: the host holds ${held.kind} ${id}, the journal ${record?.outcome ?? 'nothing'}`)
    if (record.paidMinor !== held.amountMinor || record.kind !== held.kind)
      breach(`I1: ${id} is ${held.kind} ${held.amountMinor} at the host, not so in the journal`)
    if (record.refundedMinor !== held.refundedMinor)
      breach(`I4: ${id} is refunded ${held.refundedMinor} at the host, not so in the journal`)
    if (record.closedBy !== (held.closedBy ?? ''))
      breach(`I4: ${id} is closed by ${held.closedBy} at the host, by ${record.closedBy} here`)
  }
  for (const record of disk.records.values()) {
    if (record.outcome !== 'approved') continue
    net -= KINDS[record.kind].sign * record.paidMinor
    if (host.ledger.get(record.id)?.status !== 'approved')
      breach(`I2: the journal has ${record.id} approved and the host does not hold it`)
  }
  if (net !== 0) breach(`I1: the host holds ${net} more than the journal`)
}

/** No order is paid twice, and none for another amount than the cashier agreed. */
function checkOrders(disk: Disk, agreed: ReadonlyMap<number, number>): void {
  const paid = new Set<number>()
  for (const record of disk.records.values()) {
    if (record.outcome !== 'approved') continue
    if (paid.has(record.orderId)) breach(`order ${record.orderId} was paid twice`)
    paid.add(record.orderId)
    const isWhole = record.reason !== '10'
    const due = agreed.get(record.orderId)
    if (due !== (isWhole ? record.paidMinor : record.dueMinor))
      breach(`order ${record.orderId} was paid ${record.paidMinor} and agreed otherwise`)
  }
}

/** I7: of each approved sale one whole original per copy, or a person was asked; nothing on paper that is not approved. */
function checkPaper(
  state: TerminalState,
  disk: Disk,
  paper: readonly Sheet[],
  asked: ReadonlySet<string>,
): void {
  const whole = new Map<
    string,
    { originals: number; late: number; broken: number; asked: boolean }
  >()
  const slotOf = (trace: string, copy: SlipCopy) => {
    const name = `${trace} ${copy}`
    const known = whole.get(name)
    if (known !== undefined) return known
    const slot = { originals: 0, late: 0, broken: 0, asked: asked.has(name) }
    whole.set(name, slot)
    return slot
  }
  for (const { slip, complete } of paper) {
    const id = `${slip.facts.batch}-${slip.facts.trace}`
    if (slip.facts.type === 'settlement' || slip.facts.type === 'incident') continue
    const record = disk.records.get(id)
    if (slip.facts.type === 'notPaid') {
      if (record?.outcome !== 'notPaid' || record.dueMinor !== slip.facts.amountMinor)
        breach(`I2: a paper says that ${id} was not paid, and it was`)
    } else if (record?.outcome !== 'approved' || record.paidMinor !== slip.facts.amountMinor)
      breach(`I2: there is paper of ${id} and no such approval`)
    if (slip.mark.kind === 'reprint') continue
    const slot = slotOf(id, slip.copy)
    if (!complete) slot.broken += 1
    else if (slip.mark.kind === 'original' && slot.broken > 0)
      breach(`I7: a second paper of ${id} does not say that it is late`)
    else if (slip.mark.kind === 'original') slot.originals += 1
    else slot.late += 1
  }
  for (const [id, slot] of whole) {
    if (slot.originals > 1) breach(`I7: ${slot.originals} originals of ${id}`)
    if (slot.originals + slot.late > 1 && !slot.asked)
      breach(`I7: ${id} is on paper twice and nobody was asked`)
  }
  for (const record of disk.records.values()) {
    if (record.outcome !== 'approved') continue
    for (const copy of state.setup.slips.copies) {
      const { originals, late, asked: wasAsked } = slotOf(record.id, copy)
      if (originals + late === 0 && !wasAsked) breach(`I7: no paper of ${record.id}, ${copy}`)
    }
  }
}

/** What must be true after every step, whatever happened. A sentence for each breach; empty is well. */
import { isOpen, type SlipJob } from '../receipt/slip-job.ts'
import { idOf, kindOf } from '../transaction/attempt.ts'
import { isVoid, ruleOf } from '../transaction/kinds.ts'
import { LAST_BATCH } from './counters.ts'
import type { TerminalState } from './state.ts'

/** Every invariant, whatever has changed. */
export function breaches(before: TerminalState, after: TerminalState): readonly string[] {
  return [
    ...countersWentBack(before, after),
    ...reversalBreaches(after),
    ...adviceBreaches(before, after),
    ...lostDebts(before, after),
    ...overpaid(after),
    ...batchBreaches(before, after),
    ...slipBreaches(after.slips, after.slips),
    ...lostSlips(before, after),
  ]
}

/**
 * The invariants whose facts have changed: where all that one depends on is the same object before and after, it holds as it did. The same
 * answer as `breaches`, provided that they all held of `before`. A simulation asks this at every step of millions.
 */
export function newBreaches(before: TerminalState, after: TerminalState): readonly string[] {
  const counted = before.counters !== after.counters
  const advised = before.step !== after.step || before.advice !== after.advice
  const owes = advised || before.reversal !== after.reversal
  const batched = before.settlement !== after.settlement || before.inBatch !== after.inBatch
  const printed = before.slips !== after.slips
  const found: string[] = []
  if (counted) found.push(...countersWentBack(before, after))
  if (owes) found.push(...reversalBreaches(after))
  if (advised) found.push(...adviceBreaches(before, after))
  if (owes) found.push(...lostDebts(before, after))
  if (before.recent !== after.recent) found.push(...overpaid(after))
  if (owes || batched || counted) found.push(...batchBreaches(before, after))
  if (printed) {
    const changed = after.slips.filter((job) => !before.slips.includes(job))
    found.push(...slipBreaches(after.slips, changed), ...lostSlips(before, after))
  }
  return found
}

/** I6. DE 11 and the batch have six digits and start again at 1; nothing else may fall. */
function countersWentBack(before: TerminalState, after: TerminalState): readonly string[] {
  const [was, is] = [before.counters, after.counters]
  const wrapped = was.stan === 999_999 && is.stan === 1
  const fromFront = was.batch === LAST_BATCH && is.batch === 1
  const fallen: string[] = []
  if (is.batch < was.batch && !fromFront) fallen.push('batch')
  if (is.order < was.order) fallen.push('order')
  if (is.job < was.job) fallen.push('job')
  if (is.read < was.read) fallen.push('read')
  if (is.stan < was.stan && !wrapped) fallen.push('stan')
  return fallen.map((name) => `counter ${name} went back`)
}

/** I5: a request under way has its own reversal armed; an unknown outcome has it owed or sent. */
function reversalBreaches({ step, reversal, advice }: TerminalState): readonly string[] {
  switch (step.kind) {
    case 'authorizing':
      if (ruleOf(kindOf(step.attempt.order)).lostAnswer !== 'reversal') return []
      return reversal?.state === 'armed' && reversal.stan === step.attempt.stan
        ? []
        : ['a request is out and its reversal is not armed']
    case 'completing':
      return reversal?.state === 'armed' && reversal.stan === step.attempt.stan
        ? []
        : ['a request is out and its reversal is not armed']
    case 'querying':
      return reversal?.state === 'asking' && reversal.stan === step.attempt.stan
        ? []
        : ['an outcome is asked for and its reversal does not wait for it']
    case 'reversing':
      return reversal !== null && reversal.state !== 'armed' && reversal.stan === step.attempt.stan
        ? []
        : ['an outcome is unknown and nothing is owed']
    case 'present':
    case 'pin':
    case 'confirmCode':
      return reversal === null ? [] : ['a customer is asked to pay while an older reversal is owed']
    case 'result':
      return step.outcome === 'unknown' && reversal === null && advice === null
        ? ['a result is unknown and nothing is owed']
        : []
    case 'starting':
    case 'setPin':
    case 'signIn':
    case 'amount':
    case 'confirmAmount':
    case 'handOver':
    case 'lookAtAmount':
    case 'rekeyAmount':
    case 'clearingDebt':
    case 'menu':
    case 'findOriginal':
    case 'totals':
    case 'reviewRefunds':
    case 'approveBatch':
    case 'approveDrill':
    case 'parameters':
    case 'settling':
    case 'enterAmount':
    case 'approve':
    case 'whatWasWrong':
    case 'records':
    case 'searchRecords':
    case 'proveReprint':
    case 'badge':
    case 'openItems':
    case 'incident':
    case 'closeIncident':
    case 'judgeCode':
    case 'checkSticker':
      return reversal?.state === 'armed' ? ['a reversal is armed and no request is out'] : []
  }
}

/** A refund in doubt leaves the list only by an answer; while its request is out it is on the list. */
function adviceBreaches(before: TerminalState, after: TerminalState): readonly string[] {
  const { step, advice } = after
  const found: string[] = []
  if (
    step.kind === 'authorizing' &&
    ruleOf(kindOf(step.attempt.order)).lostAnswer === 'repeat' &&
    advice?.id !== idOf(step.attempt)
  )
    found.push('a refund is out and not on the open list')
  if (before.advice !== null && advice !== null && before.advice.id !== advice.id)
    found.push('a refund in doubt was replaced by another')
  return found
}

/** Whatever was owed or in doubt leaves with the record that says what became of it, and never without. */
function lostDebts(before: TerminalState, after: TerminalState): readonly string[] {
  const { advice, reversal } = before
  const isGone = (id: string): boolean =>
    [after.reversal?.id, after.advice?.id, ...after.recent.map((record) => record.id)].every(
      (known) => known !== id,
    )
  const found: string[] = []
  if (reversal !== null && reversal.state !== 'armed' && isGone(reversal.id))
    found.push('a reversal was forgotten')
  if (advice !== null && advice.state !== 'out' && isGone(advice.id))
    found.push('a refund in doubt was forgotten')
  return found
}

/** A batch is closed only when every result in it is known, nothing financial leaves meanwhile, and its log goes with its number. */
function batchBreaches(before: TerminalState, after: TerminalState): readonly string[] {
  const found: string[] = []
  if (after.settlement !== null && BUSY.has(after.step.kind))
    found.push('a customer is served while the batch is being closed')
  if (after.settlement !== null && (after.reversal !== null || after.advice !== null))
    found.push('a batch is being closed while a result is unknown')
  const isOver = before.settlement !== null && after.settlement === null
  if (after.inBatch < before.inBatch && !isOver) found.push('payments left the batch unsettled')
  if (!isOver) return found
  // The number moves by one, unless a sign-on has moved it already.
  const moved = after.counters.batch - before.counters.batch
  if (after.inBatch !== 0 && moved !== 0) found.push('a batch was closed and its log was kept')
  if (moved > 1) found.push('a batch was closed and a number was passed over')
  return found
}

const BUSY: ReadonlySet<string> = new Set([
  'present',
  'pin',
  'confirmCode',
  'authorizing',
  'completing',
])

/** I4: voids and refunds never give back more than was taken, and nothing is both voided and refunded. */
function overpaid({ recent }: TerminalState): readonly string[] {
  const voids = recent.filter(({ kind, outcome }) => isVoid(kind) && outcome === 'approved')
  const beyond = recent
    .filter((record) => record.refundedMinor > record.paidMinor)
    .map(({ id }) => `${id} is refunded beyond its amount`)
  if (voids.length === 0) return beyond
  const voided = recent.flatMap((record) => {
    const times = voids.filter(({ original }) => original === record.id).length
    return [
      ...(times > 1 ? [`${record.id} is voided twice`] : []),
      ...(times > 0 && record.refundedMinor > 0 ? [`${record.id} is voided and refunded`] : []),
    ]
  })
  return [...beyond, ...voided]
}

/** `changed`: those among them that are not as they were; two that are as they were have two numbers. */
function slipBreaches(
  slips: TerminalState['slips'],
  changed: TerminalState['slips'],
): readonly string[] {
  const found: string[] = []
  if (slips.filter((job) => job.state === 'printing').length > 1)
    found.push('two slips at one printer')
  const isTwice = ({ slip: { job } }: SlipJob) =>
    slips.filter(({ slip }) => slip.job === job).length > 1
  if (changed.some(isTwice)) found.push('two slips with one number')
  return found
}

/** I7: a slip that was open is still in the queue, in whatever state. */
function lostSlips(before: TerminalState, after: TerminalState): readonly string[] {
  const isLeft = ({ slip }: SlipJob) => after.slips.some((job) => job.slip.job === slip.job)
  return before.slips
    .filter((job) => isOpen(job) && !after.slips.includes(job) && !isLeft(job))
    .map((job) => `slip ${job.slip.job} vanished`)
}

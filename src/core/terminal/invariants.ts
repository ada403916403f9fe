/** What must be true after every step, whatever happened. A sentence for each breach; empty is well. */
import { idOf, kindOf } from '../transaction/attempt.ts'
import { isVoid, ruleOf } from '../transaction/kinds.ts'
import type { TerminalState } from './state.ts'

type Facts = readonly (keyof TerminalState)[]

type Invariant = {
  /** All that it depends on: where these are the same objects before and after, it holds as it did. */
  readonly looksAt: Facts
  readonly breaches: (before: TerminalState, after: TerminalState) => readonly string[]
}

const INVARIANTS: readonly Invariant[] = [
  { looksAt: ['counters'], breaches: countersWentBack },
  { looksAt: ['step', 'reversal', 'advice'], breaches: (_, after) => reversalBreaches(after) },
  { looksAt: ['step', 'advice'], breaches: adviceBreaches },
  { looksAt: ['recent'], breaches: (_, after) => overpaid(after) },
  {
    looksAt: ['settlement', 'step', 'reversal', 'advice', 'inBatch', 'counters'],
    breaches: batchBreaches,
  },
  { looksAt: ['slips'], breaches: (_, after) => slipBreaches(after) },
  { looksAt: ['slips'], breaches: lostSlips },
]

/** Every invariant, whatever has changed. */
export function breaches(before: TerminalState, after: TerminalState): readonly string[] {
  return INVARIANTS.flatMap((invariant) => invariant.breaches(before, after))
}

/** The invariants whose facts have changed; the same answer as `breaches`, provided that they all held of `before`. */
export function newBreaches(before: TerminalState, after: TerminalState): readonly string[] {
  const found: string[] = []
  for (const invariant of INVARIANTS)
    if (hasChanged(invariant.looksAt, before, after))
      found.push(...invariant.breaches(before, after))
  return found
}

/** Loops, because a simulation asks this at every step of millions. */
function hasChanged(facts: Facts, before: TerminalState, after: TerminalState): boolean {
  for (const fact of facts) if (before[fact] !== after[fact]) return true
  return false
}

/** I6. DE 11 has six digits and starts again at 1; nothing else may fall. */
function countersWentBack(before: TerminalState, after: TerminalState): readonly string[] {
  const names = ['batch', 'order', 'job', 'read'] as const
  const fallen = names.filter((name) => after.counters[name] < before.counters[name])
  const wrapped = before.counters.stan === 999_999 && after.counters.stan === 1
  const stan = after.counters.stan < before.counters.stan && !wrapped ? ['stan'] : []
  return [...fallen, ...stan].map((name) => `counter ${name} went back`)
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
  const out =
    step.kind === 'authorizing' &&
    ruleOf(kindOf(step.attempt.order)).lostAnswer === 'repeat' &&
    advice?.id !== idOf(step.attempt)
  const replaced =
    before.advice !== null && advice !== null && before.advice.id !== advice.id
      ? ['a refund in doubt was replaced by another']
      : []
  return [...(out ? ['a refund is out and not on the open list'] : []), ...replaced]
}

/** A batch is closed only when every result in it is known, nothing financial leaves meanwhile, and its log goes with its number. */
function batchBreaches(before: TerminalState, after: TerminalState): readonly string[] {
  const busy = ['present', 'pin', 'confirmCode', 'authorizing', 'completing']
  const sells =
    after.settlement !== null && busy.includes(after.step.kind)
      ? ['a customer is served while the batch is being closed']
      : []
  const unknown =
    after.settlement !== null && (after.reversal !== null || after.advice !== null)
      ? ['a batch is being closed while a result is unknown']
      : []
  const forgotten =
    before.settlement !== null && after.settlement === null && after.inBatch !== 0
      ? before.counters.batch !== after.counters.batch
      : false
  return [
    ...sells,
    ...unknown,
    ...(forgotten ? ['a batch was closed and its log was kept'] : []),
    ...(skipped(before, after) ? ['a batch was closed and a number was passed over'] : []),
  ]
}

/** The number moves by one, unless a sign-on has moved it already. */
function skipped(before: TerminalState, after: TerminalState): boolean {
  const moved = after.counters.batch - before.counters.batch
  return before.settlement !== null && after.settlement === null && moved > 1
}

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

function slipBreaches({ slips }: TerminalState): readonly string[] {
  const printing = slips.filter((job) => job.state === 'printing').length
  const numbers = new Set(slips.map((job) => job.slip.job)).size
  return [
    ...(printing > 1 ? ['two slips at one printer'] : []),
    ...(numbers < slips.length ? ['two slips with one number'] : []),
  ]
}

/** I7: a slip that was open is still in the queue, in whatever state. */
function lostSlips(before: TerminalState, after: TerminalState): readonly string[] {
  const left = new Set(after.slips.map((job) => job.slip.job))
  return before.slips
    .filter((job) => job.state !== 'printed' && job.state !== 'waived' && !left.has(job.slip.job))
    .map((job) => `slip ${job.slip.job} vanished`)
}

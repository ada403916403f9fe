/** One event more, and what it adds to the notes of the day. Pure: the journal read again gives the same notes again. */
import { shopTotals, totalWhy } from '../batch/decide-shop-total.ts'
import { followUps } from '../correction/follow-up.ts'
import { asksForBadge } from '../operator/badge.ts'
import type { SlipJob } from '../receipt/slip-job.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import { kindOf, type Order } from '../transaction/attempt.ts'
import { NOTES_LIMIT, type Note, type Notes, type ProofKind } from './note.ts'
import { REPORT_RULES } from './rules.ts'

type Turn = {
  readonly before: TerminalState
  readonly event: TerminalEvent
  readonly after: TerminalState
}
/** A note without time and operator, which are those of the event. */
type Found = Note extends infer One
  ? One extends Note
    ? Omit<One, 'at' | 'operator'>
    : never
  : never

export function takeNotes(notes: Notes, turn: Turn): Notes {
  const { after, event } = turn
  const proof = proofOf(turn) ?? notes.proof
  const found = [
    ...blindConfirm(notes, turn),
    ...keyedDifferently(turn),
    ...proofUsed(proof, turn),
    ...unknownResults(turn),
    ...refusedCode(turn),
    ...slipsTurned(turn),
    ...writtenOff(turn),
    ...totalsKeyed(turn),
    ...totalExplained(turn),
  ]
  const turned = after.page !== notes.page
  if (found.length === 0 && !turned && proof === notes.proof) return notes
  const operator = after.session?.operator ?? turn.before.session?.operator ?? ''
  const room = NOTES_LIMIT - notes.list.length
  const added = found.slice(0, room).map((one): Note => ({ ...one, at: event.at, operator }))
  return {
    list: added.length === 0 ? notes.list : [...notes.list, ...added],
    leftOut: notes.leftOut + found.length - added.length,
    page: after.page,
    since: turned ? event.at : notes.since,
    proof: after.step.kind === 'amount' ? null : proof,
  }
}

/** Taken at the widest limit that a rule may have; whoever reads the notes judges by the rule of the shop. */
const BLIND_NOTED_MS = Math.max(2_000, REPORT_RULES.blindBelowMs)

function blindConfirm({ page, since }: Notes, { before, event, after }: Turn): Found[] {
  if (event.type !== 'keyPressed' || event.key !== 'confirm') return []
  const { step } = before
  if (step.kind !== 'confirmAmount' || after.page === before.page || before.page !== page) return []
  const afterMs = event.at - since
  return afterMs < BLIND_NOTED_MS ? [{ note: 'blindConfirm', order: step.order.id, afterMs }] : []
}

function keyedDifferently({ before, after }: Turn): Found[] {
  const differs = after.message?.key === 'amount.differs' && after.page !== before.page
  return before.step.kind === 'rekeyAmount' && differs
    ? [{ note: 'keyedDifferently', amountMinor: before.step.order.dueMinor }]
    : []
}

/** Null: this event chose no original. */
function proofOf({ before, event }: Turn): ProofKind | null {
  const { step } = before
  if (event.type === 'recordFound' && step.kind === 'findOriginal') return 'typed'
  // Without its bar code nothing says that there was a slip at all.
  if (event.type === 'recordsFound' && step.kind === 'findOriginal')
    return step.elsewhere?.slip === undefined ? 'typed' : 'slip'
  if (event.type === 'codeRefused' && event.record != null && step.kind === 'findOriginal')
    return 'slip'
  if (event.type !== 'optionChosen') return null
  if (step.kind === 'result') return 'atOnce'
  if (step.kind !== 'records') return null
  return before.message?.key === 'proof.found' ? 'slip' : 'list'
}

function proofUsed(proof: ProofKind | null, { before, after }: Turn): Found[] {
  const order = orderOn(after.step)
  if (order?.original === undefined || orderOn(before.step)?.id === order.id) return []
  const isNew = order.id >= before.counters.order
  return isNew && proof !== null ? [{ note: 'proof', order: order.id, proof }] : []
}

function orderOn(step: Step): Order | null {
  return 'order' in step ? step.order : null
}

/** A reversal that begins to be asked about or sent, a refund that waits for its next turn. */
function unknownResults({ before, after }: Turn): Found[] {
  const found: Found[] = []
  const { advice, reversal } = after
  const was = before.reversal?.id === reversal?.id ? before.reversal : null
  if (reversal !== null && reversal.state !== 'armed' && (was === null || was.state === 'armed')) {
    const { amountMinor, id, kind = 'sale', stan } = reversal
    found.push({ note: 'unknown', kind, id, trace: stan, amountMinor })
  }
  const stood = before.advice?.id === advice?.id ? before.advice : null
  if (advice !== null && advice.state !== 'out' && (stood === null || stood.state === 'out')) {
    const { amountMinor, order, stan } = advice.attempt
    found.push({
      note: 'unknown',
      kind: kindOf(order),
      id: advice.id,
      trace: stan,
      amountMinor,
    })
  }
  return found
}

function refusedCode({ before, event, after }: Turn): Found[] {
  if (event.type !== 'codeRefused' || asksForBadge(before)) return []
  const { payee, record, slip, why } = event
  const isProof = record != null || (slip !== undefined && after.page !== before.page)
  const isOurSticker = before.step.kind === 'checkSticker' && payee === 'own'
  return isProof || isOurSticker ? [] : [{ note: 'codeRefused', why }]
}

const BECAME: Readonly<Partial<Record<SlipJob['state'], 'owed' | 'unsure' | 'saidThere'>>> = {
  owed: 'owed',
  unsure: 'unsure',
  waived: 'saidThere',
}

function slipsTurned({ before, after }: Turn): Found[] {
  if (before.slips === after.slips) return []
  return after.slips.flatMap((job): Found[] => {
    const became = BECAME[job.state]
    const was = before.slips.find((one) => one.slip.job === job.slip.job)
    if (became === undefined || was?.state === job.state) return []
    return [{ note: 'slip', became, record: job.record, trace: job.slip.facts.trace }]
  })
}

function writtenOff({ before, event, after }: Turn): Found[] {
  if (event.type !== 'optionChosen' || event.option !== 'writeOff') return []
  const left = new Set(followUps(after).map(({ id }) => id))
  return followUps(before)
    .filter(({ id }) => !left.has(id))
    .map(({ after: record, trace, dueMinor }) => ({
      note: 'writtenOff',
      record,
      trace,
      amountMinor: dueMinor,
    }))
}

function totalsKeyed({ before, after }: Turn): Found[] {
  const known = shopTotals(before)
  return shopTotals(after)
    .filter((one) => !known.some(({ at, batch }) => at === one.at && batch === one.batch))
    .map((total) => ({ note: 'shopTotal', total }))
}

function totalExplained({ before, event, after }: Turn): Found[] {
  const why = event.type === 'optionChosen' ? totalWhy(event.option) : null
  if (why === null) return []
  const left = new Set(shopTotals(after).map(({ batch }) => batch))
  return shopTotals(before)
    .filter(({ batch }) => !left.has(batch))
    .map(({ batch }) => ({ note: 'totalExplained', batch, why }))
}

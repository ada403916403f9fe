/**
 * What may leave of an event: a list of fields for each kind. Whatever is not named here stays. Never a card number, not even its last four
 * digits, and never a payment code or its fingerprint.
 */
import type { Incident } from '#core/incident/incident.ts'
import type { Effect } from '#core/terminal/effect.ts'
import type { TerminalEvent } from '#core/terminal/event.ts'
import { type Attempt, kindOf } from '#core/transaction/attempt.ts'
import type { TransactionRecord } from '#core/transaction/record.ts'

type Fact = string | number | boolean

export type Told = {
  /** `<event>.<part>`: the same for ever, and the greater the later. */
  readonly id: string
  /** Wall time in milliseconds. */
  readonly at: number
  readonly type: string
  readonly [fact: string]: Fact
}

type Part = { readonly type: string } & Readonly<Record<string, Fact>>

/** In the order in which it was decided; most events tell nothing. */
export function tell(
  seq: number,
  { event, effects }: { readonly event: TerminalEvent; readonly effects: readonly Effect[] },
): readonly Told[] {
  return [...ofEvent(event), ...effects.flatMap(ofEffect)].map((part, index) => ({
    ...part,
    id: `${seq}.${index}`,
    at: event.at,
  }))
}

function ofEvent(event: TerminalEvent): readonly Part[] {
  if (event.type === 'started') return [{ type: 'started', terminal: event.setup.terminalNumber }]
  if (event.type === 'operatorChecked')
    return [{ type: 'operator', operator: event.operator, correct: event.correct }]
  if (event.type === 'codeRefused') return [{ type: 'codeRefused', why: event.why }]
  if (event.type === 'hostSilent') return [{ type: 'unknown', trace: event.stan }]
  if (event.type === 'hostUnreachable') return [{ type: 'notSent', trace: event.stan }]
  if (event.type === 'deviceHealthChanged')
    return [
      {
        type: 'device',
        device: event.health.device,
        troubles: event.health.troubles.join(' '),
      },
    ]
  if (event.type === 'printEnded')
    return [{ type: 'slipEnded', job: event.job, outcome: event.outcome.kind }]
  if (event.type === 'drillEnded') return [{ type: 'drillEnded' }]
  if (event.type === 'signedOn') return [{ type: 'signedOn', batch: event.batch }]
  return []
}

function ofEffect(effect: Effect): readonly Part[] {
  if (effect.do === 'sendRequest') return [{ type: 'requestSent', ...ofAttempt(effect.attempt) }]
  if (effect.do === 'sendReversal') return [{ type: 'reversalSent', trace: effect.reversal.stan }]
  if (effect.do === 'keepRecord') return [{ type: 'transaction', ...ofRecord(effect.record) }]
  if (effect.do === 'keepIncident') return [{ type: 'incident', ...ofIncident(effect.incident) }]
  if (effect.do === 'print') {
    const { copy, facts, job, mark } = effect.slip
    const { trace, type } = facts
    return [{ type: 'slipPrinting', slip: type, copy, job, mark: mark.kind, trace }]
  }
  if (effect.do === 'sendBatch') return [{ type: 'settling', batch: effect.message.batch }]
  if (effect.do === 'beginDrill') return [{ type: 'drillBegan', operator: effect.operator }]
  return []
}

function ofAttempt({ amountMinor, order, stan }: Attempt): Omit<Part, 'type'> {
  const { id, operator } = order
  return { trace: stan, order: id, kind: kindOf(order), amountMinor, operator }
}

function ofRecord(record: TransactionRecord): Omit<Part, 'type'> {
  const { approver, batch, cause, channel, dueMinor, kind, operator, orderId } = record
  const { original, outcome, paidMinor, reason, refundedMinor, stan, tillReference } = record
  return {
    trace: stan,
    batch,
    order: orderId,
    kind,
    outcome,
    reason,
    dueMinor,
    paidMinor,
    refundedMinor,
    channel,
    operator,
    approver,
    original,
    ...(cause === undefined ? {} : { cause }),
    ...(tillReference === undefined ? {} : { tillReference }),
  }
}

function ofIncident(incident: Incident): Omit<Part, 'type'> {
  const { amountMinor, closed, dueAt, id, kind, operator, trace } = incident
  return {
    incident: id,
    kind,
    trace,
    amountMinor,
    dueAt,
    operator,
    ...(closed === undefined ? {} : { closedBy: closed.by, word: closed.word }),
  }
}

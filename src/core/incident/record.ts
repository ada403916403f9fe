/** How an incident begins: what happened is chosen, the amount is typed where nobody knows it, and it is kept. Nothing is sent. */
import { numberOnSlip } from '../correction/elsewhere-id.ts'
import { typedMinor, typeKey } from '../guard/amount-entry.ts'
import { type Message, message } from '../message.ts'
import { formatMinor, type MinorUnits } from '../money.ts'
import { goHome } from '../order/home.ts'
import { stickerOf } from '../payee/sticker.ts'
import { andThen, type Decision, goTo, refuse, say, stay } from '../terminal/decision.ts'
import type { Key } from '../terminal/event.ts'
import type { Step, TerminalState } from '../terminal/state.ts'
import { remainingMinor, type TransactionRecord } from '../transaction/record.ts'
import { INCIDENTS_LIMIT, type Incident, type IncidentKind, USUAL_DUE_MS } from './incident.ts'
import { incidentParams, incidents } from './items.ts'
import { printSheet } from './sheet.ts'

type IncidentStep = Extract<Step, { kind: 'incident' }>

/** About a payment that cannot be mended now. The customer is gone, or what was done cannot be undone. */
const OF_A_PAYMENT = [
  { id: 'tooMuchTaken', key: '1', of: 'overcharge' },
  { id: 'wrongPersonPaid', key: '2', of: 'wrongPayer' },
  { id: 'customerDisputes', key: '3', of: 'disputed' },
] as const

/** 更正: none of the ways of mending can be gone now. A customer may disagree even where nothing is left to give back. */
export function askWhichIncident(state: TerminalState, original: TransactionRecord): Decision {
  return goTo(
    state,
    { kind: 'incident', of: null, original, typed: '' },
    { message: message('incident.which', { trace: numberOnSlip(original) }), tone: 'key' },
  )
}

/** Open list: the alarm of the sticker stands, and a customer has paid into the foreign code. */
export function askForLoss(state: TerminalState): Decision {
  if (stickerOf(state).wrongSince === 0) return refuse(state, 'optionNotOffered')
  return askForAmount(state, { of: 'strangerSticker', original: null })
}

export function incidentOptions(
  step: IncidentStep,
): readonly { readonly id: string; readonly key: string }[] {
  return choices(step).map(({ id, key }) => ({ id, key }))
}

/** Where money went back or was only held, nobody paid too much; where nothing is left of it, nobody can be given anything. */
function choices({ of, original }: IncidentStep): readonly (typeof OF_A_PAYMENT)[number][] {
  if (of !== null || original === null) return []
  const hasTaken = original.kind === 'sale' || original.kind === 'completion'
  return OF_A_PAYMENT.filter(
    (choice) =>
      choice.of === 'disputed' ||
      (remainingMinor(original) > 0 && (hasTaken || choice.of !== 'overcharge')),
  )
}

export function onIncidentOption(
  state: TerminalState,
  step: IncidentStep,
  option: string,
): Decision {
  if (option === 'back') return goHome(state)
  const chosen = choices(step).find(({ id }) => id === option)?.of
  const { original } = step
  if (chosen === undefined || original === null) return refuse(state, 'optionNotOffered')
  if (chosen === 'disputed')
    return keep(state, ofPayment(state, chosen, original, original.paidMinor))
  return chosen === 'wrongPayer'
    ? keep(state, ofPayment(state, chosen, original, remainingMinor(original)))
    : askForAmount(state, { of: chosen, original })
}

export function onIncidentKey(state: TerminalState, step: IncidentStep, key: Key): Decision {
  if (key === 'cancel') return goHome(state)
  const { of, original } = step
  if (of === null) {
    const option = incidentOptions(step).find((one) => one.key === key)
    return option === undefined
      ? refuse(state, 'keyHasNoMeaningHere')
      : onIncidentOption(state, step, option.id)
  }
  if (key !== 'confirm') {
    const typed = typeKey(step.typed, key)
    if (typed === null) return refuse(state, 'keyHasNoMeaningHere')
    return stay({ ...state, step: { ...step, typed }, tone: 'key' })
  }
  const amountMinor = typedMinor(step.typed)
  if (amountMinor === null || amountMinor === 0)
    return say(state, message('amount.zero'), { tone: 'refused' })
  const most = original === null ? state.setup.limits.maxAmountMinor : remainingMinor(original)
  if (amountMinor > most)
    return say(state, message('incident.tooMuch', { max: formatMinor(most) }), { tone: 'refused' })
  return keep(
    state,
    original === null ? ofSticker(state, amountMinor) : ofPayment(state, of, original, amountMinor),
  )
}

function askForAmount(
  state: TerminalState,
  step: Pick<IncidentStep, 'original'> & { readonly of: IncidentKind },
): Decision {
  return goTo(
    state,
    { kind: 'incident', ...step, typed: '' },
    { message: message(`incident.howMuch.${step.of}`), tone: 'key' },
  )
}

/** Open list: the customer who should pay this has left. It can still be collected. */
export function customerLeft(state: TerminalState, followUpId: string): Decision {
  const owed = (state.followUps ?? []).find(({ id }) => id === followUpId)
  if (owed === undefined) return refuse(state, 'nothingOwed')
  const { after, dueMinor, trace } = owed
  const record = state.recent.find(({ id }) => id === after)
  return keep(state, {
    ...blank(state),
    id: `shortfall-${followUpId}`,
    kind: 'shortfall',
    amountMinor: dueMinor,
    record: after,
    trace,
    channel: record?.channel ?? '',
    last4: record?.last4 ?? '',
    followUp: followUpId,
  })
}

function ofPayment(
  state: TerminalState,
  kind: IncidentKind,
  original: TransactionRecord,
  amountMinor: MinorUnits,
): Incident {
  const { channel, id, last4 } = original
  const about = { record: id, trace: numberOnSlip(original), channel, last4 }
  return { ...blank(state), ...about, id: `${kind}-${id}`, kind, amountMinor }
}

function ofSticker(state: TerminalState, amountMinor: MinorUnits): Incident {
  const about = { record: '', trace: '', channel: '', last4: '' }
  const id = `strangerSticker-${state.at}`
  return { ...blank(state), ...about, id, kind: 'strangerSticker', amountMinor }
}

function blank(state: TerminalState): Pick<Incident, 'at' | 'dueAt' | 'operator' | 'reprints'> {
  const { at, session, setup } = state
  const dueAt = at + (setup.incidents?.dueMs ?? USUAL_DUE_MS)
  return { at, dueAt, operator: session?.operator ?? '', reprints: 0 }
}

/** On the open list, in the journal and on paper; one for each payment and kind. */
function keep(state: TerminalState, incident: Incident): Decision {
  const why = objection(state, incident)
  if (why !== null) return say(state, why, { tone: 'refused' })
  const kept = { ...state, incidents: [...incidents(state), incident] }
  const told = message(`incident.kept.${incident.kind}`, incidentParams(incident))
  const home = goHome(kept, told)
  const recorded = {
    ...home,
    effects: [...home.effects, { do: 'keepIncident', incident } as const],
  }
  return andThen(recorded, (next) => printSheet(next, incident))
}

function objection(state: TerminalState, { id }: Incident): Message | null {
  if (incidents(state).some((one) => one.id === id)) return message('incident.known')
  return incidents(state).length >= INCIDENTS_LIMIT ? message('incident.tooMany') : null
}

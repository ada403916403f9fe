/** The incident sheet: a paper with what acquirer, owner or police will ask for. It is no receipt and says so. */
import { hostDateTime } from '../calendar.ts'
import { elsewhereNumber, isElsewhere, REFERENCE_DIGITS } from '../correction/elsewhere-id.ts'
import { message } from '../message.ts'
import { minor } from '../money.ts'
import { openSlips, pumpSlips, queueSlip } from '../receipt/decide.ts'
import type { SlipFacts, SlipMark, SlipOriginal } from '../receipt/slip.ts'
import { type Decision, refuse, say } from '../terminal/decision.ts'
import { SLIPS_LIMIT, type TerminalState } from '../terminal/state.ts'
import type { Incident } from './incident.ts'
import { incidents } from './items.ts'

export function printSheet(state: TerminalState, incident: Incident): Decision {
  const mark: SlipMark =
    incident.reprints === 0 ? { kind: 'original' } : { kind: 'reprint', number: incident.reprints }
  const slip = { facts: sheetFacts(state, incident), copy: 'merchant' as const, mark }
  return pumpSlips(queueSlip(state, incident.id, slip, 'queued'))
}

/** Open list: one more, counted on its face. */
export function printSheetAgain(state: TerminalState, id: string): Decision {
  const found = incidents(state).find((one) => one.id === id)
  if (found === undefined) return refuse(state, 'nothingOwed')
  if (openSlips(state).length >= SLIPS_LIMIT)
    return say(state, message('present.printerFirst'), { tone: 'refused' })
  const counted = { ...found, reprints: found.reprints + 1 }
  const others = incidents(state).map((one) => (one.id === id ? counted : one))
  const printed = printSheet({ ...state, incidents: others }, counted)
  const kept = { do: 'keepIncident', incident: counted } as const
  return { ...printed, effects: [kept, ...printed.effects] }
}

/** What was typed from a slip of another terminal stands where that slip had it: DE 37 has twelve digits, DE 38 six. */
function originalOf({ recent }: TerminalState, { record, trace }: Incident): SlipOriginal {
  const typed = elsewhereNumber(record)
  const paid = recent.find(({ id }) => id === record)
  const isReference = typed?.length === REFERENCE_DIGITS
  return {
    trace: typed === trace ? '' : trace,
    reference: paid?.reference ?? (isReference ? typed : ''),
    authCode: paid?.authCode ?? (isReference ? '' : (typed ?? '')),
    date: paid === undefined ? '' : hostDateTime(paid.at, '', '').slice(0, 10),
  }
}

function sheetFacts(state: TerminalState, incident: Incident): SlipFacts {
  const { setup } = state
  return {
    type: 'incident',
    incident: {
      kind: incident.kind,
      due: hostDateTime(incident.dueAt, '', '').slice(0, 10),
      channel: incident.channel,
      last4: incident.last4,
    },
    ...(incident.record === '' ? {} : { original: originalOf(state, incident) }),
    merchantName: setup.merchantName,
    merchantNumber: setup.merchantNumber,
    terminalNumber: setup.terminalNumber,
    operator: incident.operator,
    acquirerName: setup.acquirerName,
    issuer: '',
    account: '',
    entry: 'code',
    channel: '',
    scheme: '',
    batch: isElsewhere({ id: incident.record }) ? '' : incident.record.slice(0, 6),
    trace: '',
    authCode: '',
    reference: '',
    dateTime: hostDateTime(incident.at, '', ''),
    currency: setup.currency,
    amountMinor: minor(incident.amountMinor),
    verification: 'codePayment',
    verificationLimitMinor: null,
    chip: [],
    remarks: [],
    hotline: setup.hotline,
  }
}

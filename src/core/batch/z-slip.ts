/** The slip of a closed batch: sums by kind, both sides beside the host's verdict, and every line where they differ. */
import { hostDateTime } from '../calendar.ts'
import { minor } from '../money.ts'
import { queueSlip } from '../receipt/decide.ts'
import type { SlipFacts, SlipTotals, SlipType } from '../receipt/slip.ts'
import type { TerminalState } from '../terminal/state.ts'
import type { TransactionKind } from '../transaction/kinds.ts'
import { countedLines, netMinor, rowsByKind, totalsField } from './batch.ts'
import type { Settlement } from './settlement.ts'
import type { SettlementRules } from './settlement-rules.ts'
import { type ShopTotal, totalDifference } from './shop-total.ts'

/** `total`: the shop's own; null where nobody keyed it. */
export function queueZSlip(
  state: TerminalState,
  settlement: Settlement,
  total: ShopTotal | null,
): TerminalState {
  const facts = zSlipFacts(state, settlement, total)
  const slip = { facts, copy: 'merchant' as const, mark: { kind: 'original' as const } }
  const kept = { ...state, lastZ: { facts, reprints: 0 } }
  return queueSlip(kept, `Z-${settlement.batch}`, slip, 'queued')
}

/** Menu: the slip of the last closed batch once more, counted on its face. Queued with a name of its own, so that no tear is waited for. */
export function reprintZ(
  state: TerminalState,
  lastZ: NonNullable<TerminalState['lastZ']>,
): TerminalState {
  const number = lastZ.reprints + 1
  const slip = { facts: lastZ.facts, copy: 'merchant', mark: { kind: 'reprint', number } } as const
  const counted = { ...state, lastZ: { ...lastZ, reprints: number } }
  return queueSlip(counted, `Z-${lastZ.facts.batch}-${number}`, slip, 'queued')
}

function zSlipFacts(
  state: TerminalState,
  settlement: Settlement,
  total: ShopTotal | null,
): SlipFacts {
  const { setup } = state
  const net = netMinor(settlement.lines)
  return {
    type: 'settlement',
    totals: {
      ...totalsOf(settlement, setup.host.settlement),
      ...shopOf(total),
      ...exceptionsOf(state, settlement),
      ...earlierOf(settlement),
    },
    merchantName: setup.merchantName,
    merchantNumber: setup.merchantNumber,
    terminalNumber: setup.terminalNumber,
    operator: settlement.operator,
    acquirerName: setup.acquirerName,
    issuer: '',
    account: '',
    entry: 'code',
    channel: '',
    scheme: '',
    batch: settlement.batch,
    trace: '',
    authCode: '',
    reference: '',
    dateTime: hostDateTime(state.at, '', ''),
    currency: setup.currency,
    amountMinor: minor(Math.abs(net)),
    verification: 'codePayment',
    verificationLimitMinor: null,
    chip: [],
    remarks: [],
    hotline: setup.hotline,
  }
}

function shopOf(total: ShopTotal | null): Pick<SlipTotals, 'shop'> {
  if (total === null) return {}
  const { operator, shopMinor } = total
  return { shop: { totalMinor: shopMinor, differenceMinor: totalDifference(total), operator } }
}

function exceptionsOf(
  { exceptions }: TerminalState,
  { batch }: Settlement,
): Pick<SlipTotals, 'exceptions'> {
  return exceptions?.batch === batch ? { exceptions: exceptions.counts } : {}
}

/** The acquirer's own statement has these under another number. */
function earlierOf({ lines }: Settlement): Pick<SlipTotals, 'earlier'> {
  const batches = [...new Set(lines.flatMap(({ batch }) => batch ?? []))]
  if (batches.length === 0) return {}
  const earlier = batches.map((batch) => {
    const own = lines.filter((line) => line.batch === batch)
    return { batch, count: own.length, netMinor: netMinor(own) }
  })
  return { earlier }
}

function totalsOf(settlement: Settlement, rules: SettlementRules | undefined): SlipTotals {
  const { lines, verdict } = settlement
  const different = verdict?.domestic !== 'balanced' || verdict.foreign !== 'balanced'
  return {
    isNegative: netMinor(lines) < 0,
    rows: rowsByKind(lines).map(({ kind, count, amountMinor }) => ({
      type: typeOf(kind),
      count,
      amountMinor,
    })),
    verdict: different ? 'different' : 'balanced',
    differences: different ? differences({ ...settlement, lines: countedLines(lines, rules) }) : [],
    lines: different
      ? lines.map(({ kind, stan, amountMinor }) => ({
          type: typeOf(kind),
          trace: stan,
          amountMinor,
        }))
      : [],
  }
}

/** No look at a balance is in a batch. */
function typeOf(kind: TransactionKind): SlipType {
  return kind === 'balance' ? 'sale' : kind
}

/**
 * Where the host's DE 48 names other figures than ours; empty when it only repeats ours. Amounts in fen, counts as they are; what is no number
 * says nothing.
 */
export function differences(
  settlement: Pick<Settlement, 'lines' | 'hostTotals'>,
): SlipTotals['differences'] {
  const own = totalsField(settlement.lines)
  return FIGURES.flatMap(({ what, side, from, to }) => {
    const ours = own.slice(from, to)
    const hosts = settlement.hostTotals.slice(from, to)
    if (ours === hosts || !/^[0-9]+$/.test(hosts)) return []
    return [{ what, side, ours: Number(ours), hosts: Number(hosts) }]
  })
}

const FIGURES = (['domestic', 'foreign'] as const).flatMap((side, index) => {
  const at = index * 31
  return [
    { what: 'debitAmount', side, from: at, to: at + 12 },
    { what: 'debitCount', side, from: at + 12, to: at + 15 },
    { what: 'creditAmount', side, from: at + 15, to: at + 27 },
    { what: 'creditCount', side, from: at + 27, to: at + 30 },
  ] as const
})

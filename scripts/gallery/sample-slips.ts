/** One slip of each kind that a customer or a shop can get. Test card numbers only. */
import { minor } from '#core/money.ts'
import type { Slip, SlipFacts, SlipOriginal, SlipTotals } from '#core/receipt/slip.ts'
import { type Ink, writeInk } from '#shell/api/ink.ts'
import { codeSlip, facts, slip, tapSlip } from '../../test/shell/receipt/slips.ts'

const ORIGINAL: SlipOriginal = {
  trace: '000011',
  reference: '112120300987',
  authCode: '612345',
  date: '2026-11-21',
}

const HELD: SlipOriginal = { ...ORIGINAL, reference: '112120300991', trace: '000009' }

const EXCHANGED = { 'zh-CN': '款项 1–7 天内退回原卡', en: 'Back on the card within 1–7 days' }

const BALANCED: SlipTotals = {
  isNegative: false,
  rows: [
    { type: 'sale', count: 3, amountMinor: minor(214_800) },
    { type: 'refund', count: 1, amountMinor: minor(8800) },
  ],
  exceptions: [],
  shop: { totalMinor: 206_000, differenceMinor: 0, operator: '00' },
  verdict: 'balanced',
  differences: [],
  lines: [],
}

const DIFFERENT: SlipTotals = {
  ...BALANCED,
  shop: { totalMinor: 210_000, differenceMinor: -4000, operator: '00' },
  verdict: 'different',
  differences: [{ what: 'debitAmount', side: 'domestic', ours: 214_800, hosts: 210_950 }],
  lines: [
    { type: 'sale', trace: '000010', amountMinor: minor(202_150) },
    { type: 'sale', trace: '000011', amountMinor: minor(8800) },
    { type: 'sale', trace: '000012', amountMinor: minor(3850) },
    { type: 'refund', trace: '000013', amountMinor: minor(8800) },
  ],
}

/** The host had ended two batches itself before this one was closed. */
const THREE_BATCHES: SlipTotals = {
  ...BALANCED,
  earlier: [
    { batch: '000004', count: 2, netMinor: 118_000 },
    { batch: '000005', count: 1, netMinor: -8800 },
  ],
}

/** A name, or what is taken for one. */
const INK: Ink = [0, 1, 2].map((letter) =>
  Array.from({ length: 40 }, (_, step): readonly [number, number] => [
    30 + letter * 75 + step * 2,
    Math.round(48 + 36 * Math.sin(step / (3 + letter)) * Math.cos(step / 9)),
  ]),
)

const of = (change: Partial<SlipFacts>, rest: Partial<Slip> = {}): Slip =>
  slip({ ...rest, facts: facts(change) })

export const SAMPLE_SLIPS: readonly { readonly name: string; readonly slip: Slip }[] = [
  { name: 'sale-chip-signed', slip: slip() },
  { name: 'sale-tap-no-pin', slip: tapSlip() },
  { name: 'sale-code', slip: codeSlip() },
  { name: 'sale-reprinted', slip: slip({ mark: { kind: 'reprint', number: 1 } }) },
  {
    name: 'sale-signed-on-screen',
    slip: of({ signature: { code: '5B2E91', ink: writeInk(INK) } }),
  },
  { name: 'void', slip: of({ type: 'void', original: ORIGINAL }) },
  {
    name: 'refund',
    slip: of({ type: 'refund', original: ORIGINAL, amountMinor: minor(3850) }),
  },
  {
    name: 'refund-told-why',
    slip: of(
      {
        type: 'refund',
        original: ORIGINAL,
        amountMinor: minor(3850),
        note: { cause: 'wrongAmount', arrives: EXCHANGED },
      },
      { copy: 'cardholder' },
    ),
  },
  { name: 'pre-auth', slip: of({ type: 'preAuth' }) },
  { name: 'completion', slip: of({ type: 'completion', original: HELD }) },
  { name: 'printed-late', slip: { ...codeSlip(), mark: { kind: 'late' } } },
  { name: 'printed-after-a-part', slip: { ...codeSlip(), afterPart: true } },
  {
    name: 'not-paid',
    slip: of(
      { type: 'notPaid', notPaid: { last4: '6741' }, channel: 'wechat', entry: 'code' },
      { copy: 'cardholder' },
    ),
  },
  {
    name: 'incident',
    slip: of({
      type: 'incident',
      original: ORIGINAL,
      amountMinor: minor(11_385),
      incident: { kind: 'overcharge', due: '2026-11-24', channel: 'card', last4: '1234' },
    }),
  },
  {
    name: 'settlement',
    slip: of({ type: 'settlement', totals: BALANCED, amountMinor: minor(206_000) }),
  },
  {
    name: 'settlement-of-three-batches',
    slip: of({
      type: 'settlement',
      batch: '000006',
      totals: THREE_BATCHES,
      amountMinor: minor(206_000),
    }),
  },
  {
    name: 'settlement-differs',
    slip: of({ type: 'settlement', totals: DIFFERENT, amountMinor: minor(206_000) }),
  },
  {
    name: 'test',
    slip: of({ type: 'test', test: { copies: ['merchant', 'cardholder'], printer: 'escpos' } }),
  },
  { name: 'drill', slip: slip({ drill: true }) },
]

/** What stands on a slip and in which order (China POS practice: JR/T 0001 chapter 8 and slips of shipped terminals). */
import type { Slip } from '#core/receipt/slip.ts'
import { slipCodeOf } from '#core/receipt/slip-code.ts'
import { amountLines, billLines, remarkLines } from './amount-lines.ts'
import { cellsOf, wrapCells } from './cells.ts'
import { printable } from './clean-text.ts'
import { incidentLines } from './incident-lines.ts'
import { merchantLines } from './merchant-lines.ts'
import { notPaidLines } from './not-paid-lines.ts'
import { accountLines, numberLines } from './number-lines.ts'
import { settlementLines } from './settlement-lines.ts'
import { BLANK, RULE, type SlipLine, textLine, toMarkup } from './slip-line.ts'
import { foreign, pair, wrapped } from './slip-text.ts'
import type { SlipWords } from './slip-words.ts'
import { testLines } from './test-lines.ts'
import { verificationLines } from './verification-lines.ts'

/** The slip as a ReceiptLine document for `columns` cells. No line of it wraps. */
export function layOutSlip(slip: Slip, columns: number, words: SlipWords): string {
  const lines = [...voidAbove(slip, columns, words), ...slipLines(slip, columns, words)]
  return lines.map(toMarkup).join('\n')
}

/** The part that was broken off hangs on this paper: it is cut along here, and nobody takes it for a receipt. */
function voidAbove({ afterPart }: Slip, columns: number, words: SlipWords): readonly SlipLine[] {
  if (afterPart !== true) return []
  return [RULE, ...wrapped(words.voidAbove, columns, { align: 'center', bold: true }), RULE, BLANK]
}

/** The same as lines, in order of printing; the bands stand at both ends so that no scissors can hide them. */
function slipLines(slip: Slip, columns: number, words: SlipWords): readonly SlipLine[] {
  const bands = bandLines(slip, columns, words)
  const apart = bands.length === 0 ? [] : [BLANK]
  return [...bands, ...apart, ...bodyLines(slip, columns, words), ...apart, ...bands]
}

/** By what the paper is about; a transaction is what most are. */
function bodyLines(slip: Slip, columns: number, words: SlipWords): readonly SlipLine[] {
  const { facts } = slip
  const headed = (title: string): readonly SlipLine[] => [
    ...wrapped(title, columns, { align: 'center', bold: true }),
    RULE,
    ...merchantLines(facts, columns, words),
  ]
  if (facts.totals !== undefined)
    return [
      ...headed(words.settlement.title),
      ...settlementLines(slip, facts.totals, columns, words),
    ]
  if (facts.incident !== undefined)
    return [...headed(words.incident.title), ...incidentLines(slip, facts.incident, columns, words)]
  if (facts.notPaid !== undefined)
    return [...headed(words.notPaid.title), ...notPaidLines(slip, facts.notPaid, columns, words)]
  if (facts.test !== undefined)
    return [...headed(words.test.title), ...testLines(slip, facts.test, columns, words)]
  return transactionLines(slip, columns, words)
}

function transactionLines(slip: Slip, columns: number, words: SlipWords): readonly SlipLine[] {
  const { facts } = slip
  return [
    ...wrapped(words.title, columns, { align: 'center', bold: true }),
    ...wrapped(words.copies[slip.copy], columns, { align: 'center' }),
    RULE,
    ...merchantLines(facts, columns, words),
    ...accountLines(facts, columns, words),
    ...numberLines(facts, columns, words),
    ...billLines(facts, columns),
    ...amountLines(facts, columns, words),
    ...remarkLines(facts, columns, words),
    ...verificationLines(slip, columns, words),
    ...footLines(slip, columns, words),
  ]
}

function bandLines({ mark, drill }: Slip, columns: number, words: SlipWords): SlipLine[] {
  const texts = drill ? [words.marks.drill] : []
  if (mark.kind === 'late') texts.push(words.marks.late)
  if (mark.kind === 'reprint')
    texts.push(words.marks.reprint.replace('{number}', String(mark.number)))
  return texts
    .flatMap((text) => wrapCells(printable(text), columns))
    .map((text) => textLine(filled(text, columns), { reversed: true, bold: true }))
}

function filled(text: string, columns: number): string {
  const room = columns - cellsOf(text)
  const left = Math.floor(room / 2)
  return ' '.repeat(left) + text + ' '.repeat(room - left)
}

/** On the customer's copy alone; original and own voucher number stand above, the hotline below. */
function noteLines({ copy, facts: { note } }: Slip, columns: number, words: SlipWords): SlipLine[] {
  if (note === undefined || copy !== 'cardholder') return []
  const { causes, sorry, title } = words.note
  const said = note.cause === undefined ? [sorry] : [sorry, causes[note.cause]]
  return [
    RULE,
    ...wrapped(title, columns, { bold: true }),
    ...said.flatMap((text) => wrapped(text, columns)),
    ...wrapped(foreign(note.arrives[words.locale]), columns),
  ]
}

/** The bar code finds this one again for a void, a refund or another copy; a drill has nothing to find. */
function footLines(slip: Slip, columns: number, words: SlipWords): SlipLine[] {
  const { facts, copy, drill, job } = slip
  const code = drill ? null : slipCodeOf(facts)
  return [
    ...noteLines(slip, columns, words),
    RULE,
    ...pair(words.labels.hotline, facts.hotline, columns),
    ...wrapped(words.retention[copy], columns),
    ...pair(words.labels.job, job, columns),
    ...(code === null ? [] : [BLANK, { kind: 'barcode' as const, code }]),
  ]
}

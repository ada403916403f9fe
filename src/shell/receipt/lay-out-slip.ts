/** What stands on a slip and in which order (China POS practice: JR/T 0001 chapter 8 and slips of shipped terminals). */
import { formatMinor, minor } from '#core/money.ts'
import type { Slip, SlipEntry, SlipFacts, SlipTotals, SlipType } from '#core/receipt/slip.ts'
import { slipCodeOf } from '#core/receipt/slip-code.ts'
import { isSigned } from '#core/signature/signature.ts'
import { signedText } from '#core/till/wish.ts'
import { readInk } from '../api/ink.ts'
import { cellsOf, packCells, wrapCells } from './cells.ts'
import { maskedAccount, printable } from './clean-text.ts'
import { incidentLines } from './incident-lines.ts'
import { inkPicture } from './ink-picture.ts'
import { notPaidLines } from './not-paid-lines.ts'
import { largestSize, type SlipLine, textLine, toMarkup } from './slip-line.ts'
import { foreign, pair, wrapped } from './slip-text.ts'
import type { SlipWords } from './slip-words.ts'

/** Behind the account number: swipe, insert, contactless, manual, none (a code). */
const ENTRY_LETTER: Readonly<Record<SlipEntry, string>> = {
  swipe: 'S',
  insert: 'I',
  contactless: 'C',
  manual: 'M',
  code: 'N',
}

/** Chip facts in hex: their digits are no card number, whatever their check digit says. */
const HEX_FACTS = ['AID', 'TC', 'ARQC', 'AAC', 'TVR', 'TSI', 'ATC', 'CSN']

/** Types that put money aside for the shop: no minus. */
const TAKES_MONEY: readonly SlipType[] = ['sale', 'preAuth', 'completion']

const RULE: SlipLine = { kind: 'rule' }
const BLANK: SlipLine = { kind: 'blank' }
/** Room for a signature, in lines. */
const SIGNATURE_LINES = 3
/** A host may send more; a slip is not a roll. */
const MOST_REMARKS = 8

/** The slip as a ReceiptLine document for `columns` cells. No line of it wraps. */
export function layOutSlip(slip: Slip, columns: number, words: SlipWords): string {
  return slipLines(slip, columns, words).map(toMarkup).join('\n')
}

/** The same as lines, in order of printing; the bands stand at both ends so that no scissors can hide them. */
function slipLines(slip: Slip, columns: number, words: SlipWords): readonly SlipLine[] {
  const bands = bandLines(slip, columns, words)
  const apart = bands.length === 0 ? [] : [BLANK]
  const { facts } = slip
  if (facts.totals !== undefined)
    return [
      ...bands,
      ...apart,
      ...settlementLines(slip, facts.totals, columns, words),
      ...apart,
      ...bands,
    ]
  if (facts.incident !== undefined)
    return [
      ...bands,
      ...apart,
      ...wrapped(words.incident.title, columns, { align: 'center', bold: true }),
      RULE,
      ...merchantLines(facts, columns, words),
      ...incidentLines(slip, facts.incident, columns, words),
      ...apart,
      ...bands,
    ]
  if (facts.notPaid !== undefined)
    return [
      ...bands,
      ...apart,
      ...wrapped(words.notPaid.title, columns, { align: 'center', bold: true }),
      RULE,
      ...merchantLines(facts, columns, words),
      ...notPaidLines(slip, facts.notPaid, columns, words),
      ...apart,
      ...bands,
    ]
  return [
    ...bands,
    ...apart,
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
    ...apart,
    ...bands,
  ]
}

/** The slip of a closed batch: sums by kind, the net sum, the host's verdict, and where it differs, why. */
function settlementLines(
  slip: Slip,
  totals: SlipTotals,
  columns: number,
  words: SlipWords,
): readonly SlipLine[] {
  const { facts } = slip
  const own = words.settlement
  const sign = words.currencies[facts.currency] ?? facts.currency
  const net = `${sign} ${totals.isNegative ? '-' : ''}${formatMinor(facts.amountMinor)}`
  const verdict = totals.verdict === 'balanced' ? own.balanced : own.different
  return [
    ...wrapped(own.title, columns, { align: 'center', bold: true }),
    RULE,
    ...merchantLines(facts, columns, words),
    ...pair(words.labels.batch, facts.batch, columns),
    ...pair(words.labels.dateTime, facts.dateTime, columns),
    RULE,
    ...totals.rows.flatMap(({ type, count, amountMinor }) =>
      pair(`${words.types[type]} x${count}`, formatMinor(amountMinor), columns),
    ),
    RULE,
    textLine(own.net),
    textLine(printable(net), { align: 'right', bold: true, size: largestSize(net, columns) }),
    ...shopLines(totals, columns, words),
    ...exceptionLines(totals, columns, words),
    RULE,
    ...wrapped(verdict, columns, { bold: true }),
    ...differenceLines(totals, columns, words),
    ...totals.lines.flatMap(({ type, trace, amountMinor }) =>
      pair(`${trace} ${words.types[type]}`, formatMinor(amountMinor), columns),
    ),
    RULE,
    ...pair(words.labels.job, slip.job, columns),
  ]
}

/** What the list of the day holds, so that whoever files the slip knows that there is something to read. */
function exceptionLines(
  { exceptions }: SlipTotals,
  columns: number,
  { settlement: own }: SlipWords,
): SlipLine[] {
  if (exceptions === undefined) return []
  return [
    RULE,
    ...wrapped(exceptions.length === 0 ? own.noExceptions : own.exceptions, columns),
    ...exceptions.flatMap(({ count, group }) => pair(own.groups[group], String(count), columns)),
  ]
}

/** What the shop has counted for itself, and by how much the terminal holds more. */
function shopLines(
  { shop }: SlipTotals,
  columns: number,
  { settlement: own }: SlipWords,
): SlipLine[] {
  if (shop === undefined) return []
  const { differenceMinor, operator, totalMinor } = shop
  return [
    ...pair(own.shopTotal, signedText(totalMinor), columns),
    ...(differenceMinor === 0
      ? wrapped(own.shopSame, columns)
      : pair(own.shopDiffers, signedText(differenceMinor), columns, { bold: true })),
    ...pair(own.shopKeyedBy, operator, columns),
  ]
}

/** Figure by figure, ours beside the host's; a host that names none of its own is said to be silent. */
function differenceLines(
  { verdict, differences }: SlipTotals,
  columns: number,
  { settlement: own }: SlipWords,
): SlipLine[] {
  if (verdict === 'balanced') return []
  if (differences.length === 0) return wrapped(own.hostSilent, columns)
  return differences.flatMap(({ what, side, ours, hosts }) => {
    const shown = (value: number): string =>
      what.endsWith('Amount') ? formatMinor(minor(value)) : String(value)
    return [
      ...wrapped(`${own[side]} ${own[what]}`, columns),
      ...pair(own.ours, shown(ours), columns),
      ...pair(own.hosts, shown(hosts), columns),
    ]
  })
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

function merchantLines(
  facts: SlipFacts,
  columns: number,
  { labels, locale }: SlipWords,
): SlipLine[] {
  return [
    ...nameLines(foreign(facts.merchantName[locale]), columns),
    RULE,
    ...pair(labels.merchantNumber, facts.merchantNumber, columns),
    ...pair(labels.terminalNumber, facts.terminalNumber, columns),
    ...pair(labels.operator, facts.operator, columns),
    RULE,
  ]
}

/** As large as two lines allow. */
function nameLines(name: string, columns: number): SlipLine[] {
  const style = { align: 'center', bold: true } as const
  const large = wrapCells(name, Math.floor(columns / 2))
  if (large.length <= 2) return large.map((part) => textLine(part, { ...style, size: 'double' }))
  const tall = wrapCells(name, columns)
  const size = tall.length === 1 ? 'tall' : 'normal'
  return tall.map((part) => textLine(part, { ...style, size }))
}

function accountLines(facts: SlipFacts, columns: number, words: SlipWords): SlipLine[] {
  const { labels } = words
  const byCode = facts.entry === 'code'
  const account = `${maskedAccount(printable(facts.account))} ${ENTRY_LETTER[facts.entry]}`
  return [
    ...pair(labels.issuer, facts.issuer, columns),
    ...pair(labels.acquirer, foreign(facts.acquirerName), columns),
    ...(byCode
      ? pair(labels.channel, words.channels[facts.channel] ?? facts.channel, columns)
      : []),
    ...(byCode ? [] : pair(labels.scheme, foreign(facts.scheme), columns)),
    ...pair(byCode ? labels.paymentCode : labels.card, account, columns, { bold: true }),
    ...pair(labels.type, words.types[facts.type], columns, { bold: true }),
  ]
}

function numberLines(facts: SlipFacts, columns: number, { labels }: SlipWords): SlipLine[] {
  return [
    ...pair(labels.batch, facts.batch, columns),
    ...pair(labels.trace, facts.trace, columns),
    ...pair(labels.authCode, foreign(facts.authCode), columns),
    ...pair(labels.reference, foreign(facts.reference), columns),
    ...pair(labels.dateTime, facts.dateTime, columns),
    ...originalLines(facts, columns, labels),
    ...followLines(facts, columns, labels),
    ...pair(labels.tillOrder, foreign(facts.till?.reference ?? ''), columns),
  ]
}

/** What a void, refund or completion is about. */
function originalLines(
  { original }: SlipFacts,
  columns: number,
  labels: SlipWords['labels'],
): SlipLine[] {
  if (original === undefined) return []
  return [
    ...pair(labels.originalTrace, original.trace, columns),
    ...pair(labels.originalReference, foreign(original.reference), columns),
    ...pair(labels.originalAuthCode, foreign(original.authCode), columns),
    ...pair(labels.originalDate, original.date, columns),
  ]
}

/** Which payment this one completes or replaces. */
function followLines(
  { follows }: SlipFacts,
  columns: number,
  labels: SlipWords['labels'],
): SlipLine[] {
  return follows === undefined ? [] : pair(labels.follows[follows.why], follows.trace, columns)
}

/** What the till says the amount is made of. */
function billLines({ till }: SlipFacts, columns: number): SlipLine[] {
  if (till === undefined || till.lines.length === 0) return []
  return [
    RULE,
    ...till.lines.flatMap(({ name, quantity, amountMinor }) =>
      pair(
        quantity === 1 ? foreign(name) : `${foreign(name)} x${quantity}`,
        signedText(amountMinor),
        columns,
      ),
    ),
  ]
}

/** Alone between two rules, in the largest size that keeps it on one line: a wrapped amount reads as another amount. */
function amountLines(facts: SlipFacts, columns: number, words: SlipWords): SlipLine[] {
  const sign = words.currencies[facts.currency] ?? facts.currency
  const minus = TAKES_MONEY.includes(facts.type) ? '' : '-'
  const text = printable(`${sign} ${minus}${formatMinor(facts.amountMinor)}`)
  const size = largestSize(text, columns)
  return [
    RULE,
    textLine(words.labels.amount),
    textLine(text, { align: 'right', bold: true, size }),
    ...restLines(facts, columns, words),
    RULE,
  ]
}

/** What was due and what is still due, where less was paid. */
function restLines(
  { dueMinor, amountMinor }: SlipFacts,
  columns: number,
  { labels }: SlipWords,
): SlipLine[] {
  if (dueMinor === undefined) return []
  return [
    ...pair(labels.due, formatMinor(dueMinor), columns),
    ...pair(labels.rest, formatMinor(minor(dueMinor - amountMinor)), columns, { bold: true }),
  ]
}

function remarkLines(facts: SlipFacts, columns: number, { labels }: SlipWords): SlipLine[] {
  const chip = facts.chip.map(
    ({ name, value }) =>
      `${printable(name)}: ${HEX_FACTS.includes(name) ? printable(value) : foreign(value)}`,
  )
  const notes = facts.remarks
    .slice(0, MOST_REMARKS)
    .flatMap((note) => wrapCells(foreign(note.replaceAll(/ {2,}/g, ' ')), columns))
  if (chip.length + notes.length === 0) return []
  return [
    textLine(labels.remarks),
    ...[...packCells(chip, columns), ...notes].map((text) => textLine(text)),
    RULE,
  ]
}

function verificationLines({ facts, copy }: Slip, columns: number, words: SlipWords): SlipLine[] {
  const sentence = verificationSentence(facts, words)
  const signs = isSigned(facts.verification) && copy === 'merchant'
  const { signature } = facts
  const declaration = facts.entry === 'code' ? words.declaration.code : words.declaration.card
  return [
    ...(sentence === '' ? [] : wrapped(sentence, columns, { bold: true })),
    ...(signature === undefined ? [] : signatureLines(signature, columns, words)),
    ...(signs && signature === undefined
      ? [
          ...wrapped(words.labels.signature, columns),
          ...Array.from({ length: SIGNATURE_LINES }, () => BLANK),
          RULE,
        ]
      : []),
    ...declaration.flatMap((text) => wrapped(text, columns)),
  ]
}

/** The code ties the lines to this transaction; a copy for the customer names it alone. */
function signatureLines(
  { code, ink }: NonNullable<SlipFacts['signature']>,
  columns: number,
  { labels }: SlipWords,
): SlipLine[] {
  const drawn = ink === undefined ? null : readInk(ink)
  return [
    ...pair(labels.signedOnScreen, code, columns),
    ...(drawn === null ? [] : [{ kind: 'picture' as const, png: inkPicture(drawn) }]),
    RULE,
  ]
}

function verificationSentence(facts: SlipFacts, { verification }: SlipWords): string {
  const kind = facts.verification
  if (kind === 'pinAndSignature' || kind === 'signature') return ''
  const limit = facts.verificationLimitMinor
  return limit === null
    ? verification[kind].plain
    : verification[kind].limited.replace('{limit}', formatMinor(limit).replace(/\.00$/, ''))
}

/** The bar code finds this one again for a void, a refund or another copy; a drill has nothing to find. */
function footLines(slip: Slip, columns: number, words: SlipWords): SlipLine[] {
  const { facts, copy, drill, job } = slip
  const code = drill ? null : slipCodeOf(facts)
  return [
    RULE,
    ...pair(words.labels.hotline, facts.hotline, columns),
    ...wrapped(words.retention[copy], columns),
    ...pair(words.labels.job, job, columns),
    ...(code === null ? [] : [BLANK, { kind: 'barcode' as const, code }]),
  ]
}

/** The list of a cash register as registers give it out: CSV with a head line that names `time` and `amount`. Whatever a file holds is an outcome. */
import type { BookOrder } from '#core/report/order-book.ts'
import type { DaySpan } from './day-span.ts'

export type BookFile =
  | { readonly ok: true; readonly orders: readonly BookOrder[] }
  /** `line` counts from 1, the head line being the first. */
  | {
      readonly ok: false
      readonly line: number
      readonly why: 'noHead' | 'noTime' | 'noAmount' | 'tooLong'
    }

/** Some twenty orders a minute, all day and all night. */
export const BOOK_LINES_LIMIT = 30_000

/**
 * Columns by name, in any order: `time` as `12:03`, `12:03:05` or with a date in front, `amount` in yuan, below zero for what was given back,
 * and `reference` if there is one. Lines of other days are left out; a line that cannot be read is no reason to guess.
 */
export function readBook(text: string, span: DaySpan): BookFile {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  if (lines.length > BOOK_LINES_LIMIT)
    return { ok: false, line: BOOK_LINES_LIMIT + 1, why: 'tooLong' }
  const names = cells(lines[0] ?? '').map((name) => name.toLowerCase())
  const [timeAt, amountAt, referenceAt] = ['time', 'amount', 'reference'].map((name) =>
    names.indexOf(name),
  )
  if (timeAt === undefined || timeAt < 0 || amountAt === undefined || amountAt < 0)
    return { ok: false, line: 1, why: 'noHead' }
  const orders: BookOrder[] = []
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === '') continue
    const row = cells(line)
    const at = timeOf(row[timeAt] ?? '', span)
    if (at === null) return { ok: false, line: index + 1, why: 'noTime' }
    const amountMinor = amountOf(row[amountAt] ?? '')
    if (amountMinor === null) return { ok: false, line: index + 1, why: 'noAmount' }
    if (at < span.fromMs || at >= span.toMs) continue
    orders.push({ at, amountMinor, reference: row[referenceAt ?? -1] ?? '' })
  }
  return { ok: true, orders }
}

/** Cells of one line (RFC 4180), without the blanks around them. */
function cells(line: string): readonly string[] {
  const found = `,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)
  return [...found].map(([, quoted, plain]) =>
    (quoted?.replaceAll('""', '"') ?? plain ?? '').trim(),
  )
}

/** By the shop's clock; without a date it is of this day. */
function timeOf(text: string, { day, fromMs }: DaySpan): number | null {
  const read = /^(?:(\d{4}-\d{2}-\d{2})[ T])?(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text)
  if (read === null) return null
  const [, date = day, hours, minutes, seconds = '0'] = read
  const [h, m, s] = [Number(hours), Number(minutes), Number(seconds)]
  if (h > 23 || m > 59 || s > 59) return null
  const midnight = fromMs + (Date.parse(`${date}T00:00:00Z`) - Date.parse(`${day}T00:00:00Z`))
  return Number.isNaN(midnight) ? null : midnight + ((h * 60 + m) * 60 + s) * 1000
}

/** `1,234.50`, `¥38`, `-12.5` in minor units; null for what is no amount of money. */
function amountOf(text: string): number | null {
  const read = /^(-?)\s*[¥￥]?\s*(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.(\d{1,2}))?$/.exec(text)
  if (read === null) return null
  const [, sign, yuan = '', fen = ''] = read
  const amount = Number(yuan.replaceAll(',', '')) * 100 + Number(fen.padEnd(2, '0'))
  return sign === '-' ? 0 - amount : amount
}

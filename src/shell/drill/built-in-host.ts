/**
 * The acquirer of a drill: answers from memory and opens no socket. It keeps books of its own, so that a void, a refund or a settlement is
 * answered by what was paid in this drill, and some amounts end badly on purpose (see README).
 */
import { hostDateTime } from '#core/calendar.ts'
import { toDe4 } from '#core/money.ts'
import type { Clock } from '#core/ports/clock.ts'
import type { Setup } from '#core/terminal/setup.ts'
import { type Attempt, idOf, kindOf } from '#core/transaction/attempt.ts'
import type { HostReply } from '#core/transaction/host-reply.ts'
import { ruleOf } from '#core/transaction/kinds.ts'
import type { Acquirer } from '../acquirer/acquirer.ts'
import { createDrillBooks, type DrillBooks } from './drill-books.ts'

/** As long as a good line takes: the pages in between are seen as in earnest. */
const ANSWER_AFTER_MS = 600
/** Long enough to be felt, shorter than the patience of a class. */
const SILENT_AFTER_MS = 4000

/** Last two digits of the amount in minor units: declined for want of funds; no answer, so that it is taken back. */
const ENDING_DECLINED = 51
const ENDING_SILENT = 98

export function createBuiltInHost({
  clock,
  setup,
}: {
  readonly clock: Clock
  readonly setup: Setup
}): Acquirer {
  const books = createDrillBooks()
  let references = 0
  let isClosed = false
  const after = <Result>(ms: number, result: () => Result): Promise<Result> =>
    new Promise((resolve) => void clock.after(ms, () => resolve(result())))
  const reply = (mti: string, fields: Readonly<Record<string, string>>): HostReply => {
    const [date = '', time = ''] = hostDateTime(clock.wallMs(), '', '').split(' ')
    references += 1
    return {
      mti,
      mac: 'good',
      fields: {
        '12': time.replaceAll(':', ''),
        '13': date.slice(5).replace('-', ''),
        '37': String(references).padStart(12, '0'),
        '41': setup.terminalNumber,
        '42': setup.merchantNumber,
        ...fields,
      },
    }
  }
  const answered = (mti: string, fields: () => Readonly<Record<string, string>>) =>
    after(ANSWER_AFTER_MS, () =>
      isClosed
        ? ({ kind: 'unreachable' } as const)
        : ({ kind: 'replied', reply: reply(mti, fields()) } as const),
    )

  const request = (attempt: Attempt) => {
    const rule = ruleOf(kindOf(attempt.order))
    const { amountMinor, stan } = attempt
    if (rule.lostAnswer === 'reversal' && amountMinor % 100 === ENDING_SILENT && isNew(attempt)) {
      books.book(attempt)
      return after(SILENT_AFTER_MS, () => ({ kind: 'silent' }) as const)
    }
    return answered(answerTo(rule.mti), () => {
      const code = codeOf(books, attempt)
      return {
        '3': rule.processingCode,
        ...(rule.hasAmount ? { '4': toDe4(amountMinor) } : { '54': BALANCE }),
        '11': stan,
        '39': code,
        ...(code === '00' ? { '38': `D${stan.slice(1)}` } : {}),
      }
    })
  }

  return {
    sell: request,
    repeat: request,
    reverse: (reversal) =>
      answered('0410', () => {
        books.takeBack(reversal.id)
        return { '3': reversal.processingCode, '11': reversal.stan, '39': '00' }
      }),
    query: ({ original, stan }) =>
      answered('0210', () => ({
        '4': toDe4(original.amountMinor),
        '11': stan,
        '39': books.holds(idOf(original)) ? '00' : NOT_PAID,
      })),
    notify: ({ stan }) => answered('0630', () => ({ '11': stan, '39': '00' })),
    sendSignature: ({ stan }) => answered('0830', () => ({ '11': stan, '39': '00' })),
    signOn: ({ batch }) => after(ANSWER_AFTER_MS, () => ({ type: 'signedOn', batch }) as const),
    signOff: () =>
      after(
        ANSWER_AFTER_MS,
        () => ({ type: 'signOffEnded', outcome: 'accepted', code: '' }) as const,
      ),
    settle: ({ mti, stan, totals }) =>
      answered(answerTo(mti), () => ({
        '11': stan,
        '39': '00',
        ...(mti === '0500' ? { '48': books.compare(totals) } : {}),
      })),
    probe: async () => !isClosed,
    download: async ({ download }) => ({
      type: 'downloadEnded',
      download,
      outcome: 'unreachable',
      code: '',
      entries: 0,
      digest: '',
      replyTimeoutMs: null,
    }),
    setReplyTimeout: () => undefined,
    close: () => {
      isClosed = true
    },
  }
}

/** DE 54: ledger and available balance, 1234.56 in credit. Of nobody. */
const BALANCE = '1002156C000000123456'
/** Of the list of answers that say "not paid" (acquirer.codeQuery.notPaid). */
const NOT_PAID = '54'

function isNew({ order }: Attempt): boolean {
  return order.original === undefined
}

/** DE 39. Booked when it is 00. */
function codeOf(books: DrillBooks, attempt: Attempt): string {
  if (isNew(attempt) && attempt.amountMinor % 100 === ENDING_DECLINED) return '51'
  return books.book(attempt)
}

function answerTo(mti: string): string {
  return String(Number(mti) + 10).padStart(4, '0')
}

/** What happens in the recorded shop, in which order, and how its host answers. */
import type { Attempt } from '#core/transaction/attempt.ts'
import type { HostReply } from '#core/transaction/host-reply.ts'
import { SETUP } from '../core/counter.ts'

/**
 * `silent`: the host booked it and its answer is lost; `silentTwice`: the first reversal gets no answer either; `powerCut`: the terminal
 * ends while the request is out.
 */
export type Outcome = 'approved' | 'declined' | 'silent' | 'silentTwice' | 'powerCut'

export type Happening =
  | { readonly do: 'sell'; readonly yuan: number; readonly outcome: Outcome }
  /** The journal is closed and opened again, and the terminal recovers. */
  | { readonly do: 'restart' }
  /** The batch is closed; the host agrees. */
  | { readonly do: 'settle' }
  /** Closed batches go to their files, whatever their age. */
  | { readonly do: 'archive' }
  /** Archives are deleted with their records, whatever their age, and the file is written anew. */
  | { readonly do: 'forget' }

const sell = (yuan: number, outcome: Outcome): Happening => ({ do: 'sell', yuan, outcome })

/** Every outcome, a cut with a request out, and an orderly restart in the middle. */
export const SHORT_DAY: readonly Happening[] = [
  sell(38, 'approved'),
  sell(120, 'declined'),
  sell(64, 'silent'),
  { do: 'restart' },
  sell(7, 'approved'),
  sell(19, 'powerCut'),
  { do: 'restart' },
  sell(55, 'silentTwice'),
  sell(2, 'approved'),
]

/** Little enough to be broken at each of its calls, with every kind of commit in it. */
export const SMALL_DAY: readonly Happening[] = [
  sell(38, 'approved'),
  sell(64, 'silent'),
  sell(19, 'powerCut'),
  { do: 'restart' },
]

/** Two batches closed, one archived and deleted, one archived: the steps that take rows out of the journal. */
export const KEEPING_DAY: readonly Happening[] = [
  sell(38, 'approved'),
  sell(64, 'silent'),
  { do: 'settle' },
  sell(21, 'approved'),
  { do: 'archive' },
  { do: 'forget' },
  sell(5, 'approved'),
  { do: 'settle' },
  { do: 'archive' },
  { do: 'restart' },
  sell(19, 'powerCut'),
  { do: 'restart' },
]

/** The life after a broken one: it recovers, and the shop goes on. */
export const NEXT_DAY: readonly Happening[] = [sell(11, 'approved')]

/** The same after a day that keeps house: what was begun is finished. */
export const NEXT_KEEPING_DAY: readonly Happening[] = [
  sell(11, 'approved'),
  { do: 'archive' },
  { do: 'forget' },
]

/** The short day again and again: the log grows past the page count at which SQLite moves it into the database by itself. */
export function longDay(rounds: number): readonly Happening[] {
  const inside = SHORT_DAY.filter(({ do: what }) => what === 'sell')
  const busy = Array.from({ length: rounds }, () =>
    inside.filter((one) => one.do === 'sell' && one.outcome !== 'powerCut'),
  )
  return [...SHORT_DAY, ...busy.flat(), ...SHORT_DAY]
}

/** An answer that fits its request, with this DE 39. */
export function approval(attempt: Attempt, code: string): HostReply {
  return {
    mti: '0210',
    mac: 'good',
    fields: {
      '3': '000000',
      '4': String(attempt.amountMinor).padStart(12, '0'),
      '11': attempt.stan,
      '12': '120001',
      '13': '1121',
      '37': `1121120${attempt.stan.slice(1)}`,
      '38': 'A12345',
      '39': code,
      '41': SETUP.terminalNumber,
      '42': SETUP.merchantNumber,
    },
  }
}

/** A settlement on its way, and a host that answers it as a test wants. */
import { expect } from 'vitest'
import { type BatchLine, totalsField } from '#core/batch/batch.ts'
import type { Settlement } from '#core/batch/settlement.ts'
import { minor } from '#core/money.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { Effect } from '#core/terminal/effect.ts'
import type { Setup } from '#core/terminal/setup.ts'
import { type Counter, counterFrom, SETUP } from '../counter.ts'

export const line = (change: Partial<BatchLine> = {}): BatchLine => ({
  stan: '000002',
  kind: 'sale',
  amountMinor: minor(3800),
  channel: 'card',
  isForeign: false,
  ...change,
})

/** A batch that is being closed: its totals are to be sent. */
export const CLOSING: Settlement = {
  batch: '000001',
  phase: 'totals',
  lines: [],
  uploaded: 0,
  verdict: null,
  hostTotals: '',
  out: '',
  operator: '01',
  approver: '',
}

type Message = Extract<Effect, { do: 'sendBatch' }>['message']

export type Settling = {
  readonly counter: Counter
  /** DE 39, or the verdict of the domestic side while the totals are out. */
  readonly answer: (verdict: string) => void
  /** The message that is out; fails when none is. */
  readonly sent: () => Message
  /** Remembers what a test itself made the terminal send. */
  readonly note: (effects: readonly Effect[]) => void
}

/** A terminal that has asked for its totals, with this many sales in the batch `name`, or with these lines. */
export function settling(
  batch: number | readonly BatchLine[],
  setup: Setup = SETUP,
  name = '000001',
): Settling {
  const counter = counterFrom(undefined, setup)
  counter.open()
  counter.tell({ type: 'signedOn', batch: name })
  counter.press('menu', '0')
  counter.tell({
    type: 'batchGathered',
    page: pageName(counter.state()),
    batch: name,
    lines: typeof batch === 'number' ? sales(batch) : batch,
  })
  let message: Message | null = null
  const note = (effects: readonly Effect[]): void => {
    for (const effect of effects) if (effect.do === 'sendBatch') message = effect.message
  }
  note(counter.press('confirm'))
  const answer = (verdict: string): void => {
    const { settlement } = counter.state()
    const own = totalsField(settlement?.lines ?? [])
    const totals = `${own.slice(0, 30)}${verdict}${own.slice(31, 61)}1`
    const isTotals = settlement?.phase === 'totals'
    note(
      counter.tell({
        type: 'batchReplied',
        stan: settlement?.out ?? '',
        reply: {
          mti: isTotals ? '0510' : '0330',
          mac: 'absent',
          fields: {
            '11': settlement?.out ?? '',
            '41': SETUP.terminalNumber,
            ...(isTotals ? { '48': totals } : { '39': verdict }),
          },
        },
      }),
    )
  }
  const sent = (): Message => {
    const stan = counter.state().settlement?.out
    if (message === null) throw new Error('nothing was sent')
    expect(message).toMatchObject({ stan })
    return message
  }
  return { counter, answer, sent, note }
}

function sales(count: number): readonly BatchLine[] {
  return Array.from({ length: count }, (_, index) =>
    line({ stan: String(index + 10).padStart(6, '0') }),
  )
}

/** A cashier and a customer who do on each page what it asks for, however often the terminal breaks down in between. */
import { setTimeout as delay } from 'node:timers/promises'
import type { CounterPage, View } from '#shell/api/view.ts'
import type { Rig } from '../rig/rig.ts'
import type { TerminalProcess } from '../rig/terminal-process.ts'
import { type Cashier, connectCashier } from '../terminal/cashier.ts'

/** Six shops at a time on a machine that does other things too: a terminal that is only slow is not broken. */
const PATIENCE_MS = 60_000
/** A process that was killed is known to be gone within this time. */
const GONE_WITHIN_MS = 5000

const OPERATOR = { number: '01', pin: '270415' }

export type Shift = {
  readonly end: 'sold' | 'terminalGone'
  /** The screens said so at least once. */
  readonly wasOutOfService: boolean
}

/** Sells 20.00 until `wanted` sales were approved, or the process is gone. Rejects when the pages do not change for too long. */
export async function workShift(
  terminal: TerminalProcess,
  rig: Rig,
  wanted: number,
): Promise<Shift> {
  const started = await terminal.powerOn()
  let wasOutOfService = false
  if (started.kind === 'failed') return { end: 'terminalGone', wasOutOfService }
  const gone = untilGone(terminal)
  const cashier = await sitDown(started.screens, gone)
  if (cashier === null) return { end: 'terminalGone', wasOutOfService }
  const done = new Set<string>()
  let sold = 0
  try {
    while (sold < wanted) {
      const view = await Promise.race([gone, cashier.until((now) => isNews(now, done))])
      if (view === null) return { end: 'terminalGone', wasOutOfService }
      if (view.counter.kind === 'outOfService') {
        wasOutOfService = true
        const back = cashier.until(({ counter }) => counter.kind !== 'outOfService')
        if ((await Promise.race([gone, back])) === null)
          return { end: 'terminalGone', wasOutOfService }
        continue
      }
      done.add(view.page)
      if (view.counter.kind === 'result' && view.counter.outcome === 'approved') sold += 1
      HANDS[view.counter.kind]?.(cashier, rig)
    }
    return { end: 'sold', wasOutOfService }
  } finally {
    cashier.leave()
  }
}

/** Null when the process ends before it has shown a page. */
async function sitDown(screens: string, gone: Promise<null>): Promise<Cashier | null> {
  try {
    return await Promise.race([gone, connectCashier(screens, PATIENCE_MS)])
  } catch (cause) {
    // The line breaks a moment before the process is known to be gone.
    const stays = delay(GONE_WITHIN_MS).then(() => {
      throw cause
    })
    return await Promise.race([gone, stays])
  }
}

/** Something to do that was not done yet; typing an amount waits until everything is well. */
function isNews({ page, counter, strip }: View, done: ReadonlySet<string>): boolean {
  if (done.has(page)) return false
  if (counter.kind === 'amount' || counter.kind === 'confirmAmount')
    return strip.link === 'up' && strip.faults.length === 0
  return counter.kind === 'outOfService' || HANDS[counter.kind] !== undefined
}

const confirm = (cashier: Cashier): void => cashier.press('confirm')
/** What is done on a page; on any other they wait. */
const HANDS: Partial<Record<CounterPage['kind'], (cashier: Cashier, rig: Rig) => void>> = {
  // A terminal that dies meanwhile is noticed elsewhere.
  setPin: (cashier) => void cashier.chooseFirstPin(OPERATOR).catch(() => undefined),
  signIn: (cashier) => cashier.tryPin(OPERATOR.number, OPERATOR.pin),
  amount: (cashier) => cashier.press('clear', '2', '0', 'confirm'),
  confirmAmount: confirm,
  present: (_cashier, rig) => tapWhenLit(rig),
  result: confirm,
}

/** Taps once when the light is on; a reader that is never lit is never tapped. */
function tapWhenLit({ cardReader }: Rig): void {
  let waits = true
  const look = (): void => {
    if (!waits || !cardReader.state().lit) return
    waits = false
    cardReader.tap('debit')
  }
  cardReader.onChange(look)
  look()
}

function untilGone(terminal: TerminalProcess): Promise<null> {
  return new Promise((resolve) => {
    terminal.onChange(() => {
      if (terminal.state().phase !== 'ready') resolve(null)
    })
  })
}

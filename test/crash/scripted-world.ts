/** The real journal under the real loop and the real core, with a scripted shop, host and printer around them. */
import { createHash } from 'node:crypto'
import { writeSync } from 'node:fs'
import type { BatchMessage } from '#core/batch/settlement.ts'
import { gatheredLines } from '#core/batch/unsettled.ts'
import { minor } from '#core/money.ts'
import { pageName } from '#core/terminal/decision.ts'
import type { Effect } from '#core/terminal/effect.ts'
import type { EventBody, Key } from '#core/terminal/event.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { idOf } from '#core/transaction/attempt.ts'
import type { Journal } from '#shell/journal/journal.ts'
import { createRunner } from '#shell/runner/runner.ts'
import { SETUP, TAPPED_CARD } from '../core/counter.ts'
import type { Mark } from './marks.ts'
import { approval, type Outcome } from './plan.ts'

/** 2026-11-21 12:00:00 in China; each event comes a second later. */
const NOON = Date.UTC(2026, 10, 21, 4)
const SEALED_CARD = new Uint8Array(48).fill(7)
/** Things that may come of one event before the script is called a loop. */
const CONSEQUENCES_LIMIT = 200

export type Shop = {
  readonly state: () => TerminalState
  readonly open: () => void
  readonly sell: (yuan: number, outcome: Outcome) => void
  /** Closes the batch; the host agrees with every figure. */
  readonly settle: () => void
}

export type Marker = (mark: Mark) => void

/** A line on an open file for each mark: one `write` that the trace shows between the file operations. */
export function markerOn(fd: number): Marker {
  return (mark) => void writeSync(fd, `${JSON.stringify(mark)}\n`)
}

/** What the clock and the numbers of events go on from after a restart within one recording. */
export type Ticks = { at: number; seq: number }
export const freshTicks = (): Ticks => ({ at: NOON, seq: 0 })

/** Whose shop it is; `credential`: of the cashier's own PIN. */
export type Owner = { readonly setup: Setup; readonly credential: string }

/** One life of the terminal on this journal: started, recovered, ready to be opened. */
export function startLife(
  journal: Journal,
  mark: Marker,
  ticks: Ticks,
  { setup = SETUP, credential = 'salt:hash' }: Partial<Owner> = {},
): Shop {
  const coming: EventBody[] = []
  let outcome: Outcome = 'approved'
  let unanswered = 0

  const watched: Journal = {
    ...journal,
    commit: (commit) => {
      const seq = ticks.seq + commit.entries.length
      const state = createHash('sha256').update(JSON.stringify(commit.state)).digest('hex')
      mark({ mark: 'try', seq, state })
      journal.commit(commit)
      ticks.seq = seq
      mark({ mark: 'ack', seq, state })
    },
  }

  const answerRequest = ({ attempt }: Extract<Effect, { do: 'sendRequest' }>): void => {
    const id = idOf(attempt)
    mark({ mark: 'left', id, stan: Number(attempt.stan) })
    if (outcome !== 'declined') mark({ mark: 'held', id, amountMinor: attempt.amountMinor })
    if (outcome === 'silent' || outcome === 'silentTwice')
      coming.push({ type: 'hostSilent', stan: attempt.stan })
    if (outcome === 'approved' || outcome === 'declined')
      coming.push({
        type: 'hostReplied',
        stan: attempt.stan,
        reply: approval(attempt, outcome === 'approved' ? '00' : '51'),
      })
  }
  const answerReversal = ({ reversal }: Extract<Effect, { do: 'sendReversal' }>): void => {
    if (outcome === 'silentTwice' && unanswered++ === 0) {
      coming.push({ type: 'reversalUnanswered', reversal: reversal.id, sent: true })
      return
    }
    mark({ mark: 'undone', id: reversal.id })
    const fields = { '11': reversal.stan, '41': SETUP.terminalNumber, '39': '00' }
    const reply = { mti: '0410', mac: 'good', fields } as const
    coming.push({ type: 'reversalReplied', reversal: reversal.id, reply })
  }
  const perform = (effect: Effect): void => {
    if (effect.do === 'sendRequest') answerRequest(effect)
    if (effect.do === 'sendReversal') answerReversal(effect)
    if (effect.do === 'signOn') coming.push({ type: 'signedOn', batch: effect.batch })
    if (effect.do === 'gatherBatch') {
      const lines = gatheredLines(effect, (of) => journal.batchRecords(of))
      coming.push({ type: 'batchGathered', page: effect.page, batch: effect.batch, lines })
    }
    if (effect.do === 'sendBatch') coming.push(agreement(effect.message))
    if (effect.do === 'startTimer' && (effect.timer === 'reversal' || effect.timer === 'tear'))
      coming.push({ type: 'timerFired', timer: effect.timer })
    if (effect.do === 'print') {
      mark({ mark: 'printed', job: effect.slip.job })
      coming.push({
        type: 'printEnded',
        job: effect.slip.job,
        outcome: { kind: 'printed', proof: 'processId' },
      })
    }
  }

  const runner = createRunner({
    journal: watched,
    clock: {
      wallMs: () => (ticks.at += 1000),
      monotonicMs: () => ticks.at,
      after: () => () => undefined,
    },
    initial: journal.lastState() ?? initialState(),
    seal: () => SEALED_CARD,
    perform,
    publish: () => undefined,
    onJournalFailed: (cause) => {
      throw cause
    },
  })

  const tell = (event: EventBody): void => {
    runner.dispatch(event)
    for (let count = 0; count < CONSEQUENCES_LIMIT; count++) {
      const next = coming.shift()
      if (next === undefined) return
      runner.dispatch(next)
    }
    throw new Error(`no end to what comes of ${event.type}`)
  }
  const press = (...keys: Key[]): void => {
    for (const key of keys) tell({ type: 'keyPressed', page: pageName(runner.state()), key })
  }
  const step = (): TerminalState['step'] => runner.state().step

  return {
    state: runner.state,
    open: () => {
      tell({ type: 'started', setup, keysReady: true })
      for (const device of ['printer', 'pinPad', 'cardReader', 'qrScanner'] as const)
        tell({ type: 'deviceHealthChanged', health: { device, troubles: [] } })
      const operator = '01'
      const page = (): string => pageName(runner.state())
      if (step().kind === 'setPin')
        tell({ type: 'operatorPinChosen', page: page(), operator, credential })
      tell({ type: 'operatorChecked', page: page(), operator, correct: true })
      if (step().kind !== 'amount') throw new Error(`the shop is not open but ${step().kind}`)
    },
    settle: () => {
      const { batch } = runner.state().counters
      press('menu', '0', 'confirm')
      if (runner.state().counters.batch === batch) throw new Error(`not settled: ${step().kind}`)
    },
    sell: (yuan, as) => {
      outcome = as
      unanswered = 0
      const digits = String(yuan).split('').map(digitKey)
      press(...digits, 'confirm', 'confirm')
      const now = step()
      if (now.kind !== 'present') throw new Error(`nobody can pay: ${now.kind}`)
      const card = { ...TAPPED_CARD, handle: `card-${minor(yuan)}` }
      tell({ type: 'cardPresented', read: now.read, card })
      // A power cut is the only way for a sale to stay open.
      if (as !== 'powerCut' && step().kind === 'result') press('confirm')
    },
  }
}

/** The host holds the same sums, and takes the end message. */
function agreement(message: BatchMessage): EventBody {
  const common = { '11': message.stan, '41': SETUP.terminalNumber }
  const { totals } = message
  const agreed = `${totals.slice(0, 30)}1${totals.slice(31, 61)}1`
  const reply =
    message.mti === '0500'
      ? ({ mti: '0510', mac: 'absent', fields: { ...common, '48': agreed } } as const)
      : ({ mti: '0330', mac: 'absent', fields: { ...common, '39': '00' } } as const)
  return { type: 'batchReplied', stan: message.stan, reply }
}

function digitKey(digit: string): Key {
  const keys = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const
  return keys[Number(digit)] ?? '0'
}

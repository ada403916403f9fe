/** The real core, loop and journal with a host that answers when it is told to: what a sale costs without screens and devices. */
import { pageName } from '#core/terminal/decision.ts'
import type { Effect } from '#core/terminal/effect.ts'
import type { EventBody, Key } from '#core/terminal/event.ts'
import { initialState } from '#core/terminal/recover.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import type { Attempt } from '#core/transaction/attempt.ts'
import type { Commit, Journal } from '#shell/journal/journal.ts'
import { createRunner } from '#shell/runner/runner.ts'
import { SETUP, TAPPED_CARD } from '../../test/core/counter.ts'
import { approval } from '../../test/crash/plan.ts'

export type Till = {
  readonly state: () => TerminalState
  /** Amount typed and confirmed: the next thing is the card. */
  readonly ask: () => void
  /** From the card at the reader to the result on the screen. */
  readonly pay: (wire: () => Promise<unknown>) => Promise<void>
  /** Prints what is queued and goes back to the amount. */
  readonly tidy: () => void
  /** What the last payment wrote: before the request and before the result. */
  readonly written: () => readonly Commit[]
}

/** `prints` false: slips stay in the queue, as under a printer without paper. */
export function openTill(journal: Journal, prints: boolean): Till {
  let at = Date.UTC(2026, 10, 21, 4)
  let commits: Commit[] = []
  let request: Attempt | null = null
  const coming: EventBody[] = []
  const perform = (effect: Effect): void => {
    if (effect.do === 'sendRequest') request = effect.attempt
    if (effect.do === 'signOn') coming.push({ type: 'signedOn', batch: effect.batch })
    if (effect.do === 'startTimer' && effect.timer === 'tear')
      coming.push({ type: 'timerFired', timer: 'tear' })
    if (effect.do === 'print')
      coming.push({
        type: 'printEnded',
        job: effect.slip.job,
        outcome: { kind: 'printed', proof: 'processId' },
      })
  }
  const runner = createRunner({
    journal: {
      ...journal,
      commit: (commit) => {
        commits.push(commit)
        journal.commit(commit)
      },
    },
    clock: { wallMs: () => (at += 1000), monotonicMs: () => at, after: () => () => undefined },
    initial: journal.lastState() ?? initialState(),
    seal: () => new Uint8Array(48).fill(7),
    perform,
    publish: () => undefined,
    onJournalFailed: (cause) => {
      throw cause
    },
  })
  const page = (): string => pageName(runner.state())
  const press = (...keys: Key[]): void => {
    for (const key of keys) runner.dispatch({ type: 'keyPressed', page: page(), key })
  }
  const settleDown = (): void => {
    for (let next = coming.shift(); next !== undefined; next = coming.shift()) runner.dispatch(next)
  }

  runner.dispatch({ type: 'started', setup: SETUP, keysReady: true })
  for (const device of ['printer', 'pinPad', 'cardReader', 'qrScanner'] as const) {
    const isOut = device === 'printer' && !prints
    const health = { device, troubles: isOut ? (['paperOut'] as const) : [] }
    runner.dispatch({ type: 'deviceHealthChanged', health })
  }
  const operator = '01'
  if (runner.state().step.kind === 'setPin')
    runner.dispatch({ type: 'operatorPinChosen', page: page(), operator, credential: 'salt:hash' })
  runner.dispatch({ type: 'operatorChecked', page: page(), operator, correct: true })
  settleDown()

  return {
    state: runner.state,
    written: () => commits,
    ask: () => {
      press('5', '0', 'confirm', 'confirm')
      if (runner.state().step.kind !== 'present')
        throw new Error(
          `nobody can pay: ${runner.state().step.kind} ${runner.state().message?.key ?? ''}`,
        )
      commits = []
    },
    pay: async (wire) => {
      const { step } = runner.state()
      const read = step.kind === 'present' ? step.read : -1
      runner.dispatch({
        type: 'cardPresented',
        read,
        card: { ...TAPPED_CARD, handle: `card-${read}` },
      })
      await wire()
      if (request === null) throw new Error('no request left')
      const { stan } = request
      runner.dispatch({ type: 'hostReplied', stan, reply: approval(request, '00') })
      if (runner.state().step.kind !== 'result') throw new Error('no result')
    },
    tidy: () => {
      settleDown()
      press('confirm')
      settleDown()
    },
  }
}

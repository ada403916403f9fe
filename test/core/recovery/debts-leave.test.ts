import { expect, test } from 'vitest'
import { breaches } from '#core/terminal/invariants.ts'
import { RECOVERY } from '#core/terminal/recover.ts'
import { type Debt, type Moment, rowOf } from '#core/terminal/recovery/row.ts'
import { SLIP_ROWS } from '#core/terminal/recovery/slip-rows.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { combinations, everythingFound, openTerminal } from './found-states.ts'
import { restarted } from './restarted.ts'

/** One state for each combination of rows that keeps the invariants. */
function oneOfEach(): readonly TerminalState[] {
  const found = everythingFound()
  const seen = new Map<string, TerminalState>()
  for (const state of combinations(found, openTerminal())) {
    const rows = RECOVERY.map((table) => rowOf(table, state).name).join('/')
    const key = `${rows}/${state.keysReady}`
    if (!seen.has(key) && breaches(state, state).length === 0) seen.set(key, state)
  }
  return [...seen.values()]
}

/** What the tables promise to leave, in order; papers apart, because they leave when the printer is well. */
function promised(state: TerminalState): readonly string[] {
  const debts = RECOVERY.flatMap((table) => rowOf(table, state).owes)
  const at = (...moments: Moment[]): readonly Debt[] =>
    debts.filter(({ after }) => moments.includes(after))
  const order = state.keysReady
    ? [...at('start', 'keys'), ...at('reversalOver'), ...at('signedOn')]
    : [...at('start'), ...at('keys'), ...at('signedOn')]
  return order.map(({ effect }) => effect)
}

const PAPERLESS = [
  'signOn',
  'sendReversal',
  'sendQuery',
  'sendAdvice',
  'sendBatch',
  'sendNotice',
  'sendSignature',
  'download',
]
const states = oneOfEach()

test('whatever was open when the power went, what leaves afterwards is what the tables promise, in their order, and then nothing is open', () => {
  expect(states.length).toBeGreaterThan(200)
  for (const found of states) {
    const { broken, left, state } = restarted(found)
    const names = left.map((effect) => effect.do).filter((name) => PAPERLESS.includes(name))
    const once = names.filter((name, index) => name !== names[index - 1])
    expect(once).toEqual(promised(found))
    expect(broken).toEqual([])
    expect(state).toMatchObject({ reversal: null, advice: null, settlement: null })
    expect(state.upkeep?.running ?? null).toBeNull()
  }
})

test('after the start only one reversal and one refund leave, each under the number of the request that was lost', () => {
  for (const found of states) {
    const { left } = restarted(found)
    const reversed = left.flatMap((effect) =>
      effect.do === 'sendReversal' ? [effect.reversal] : [],
    )
    const repeated = left.flatMap((effect) => (effect.do === 'sendAdvice' ? [effect.advice] : []))
    const { advice, reversal } = found
    expect(reversed.map(({ id, stan, amountMinor }) => ({ id, stan, amountMinor }))).toEqual(
      reversal === null || !promised(found).includes('sendReversal')
        ? []
        : [{ id: reversal.id, stan: reversal.stan, amountMinor: reversal.amountMinor }],
    )
    expect(repeated.map(({ attempt, id }) => ({ id, attempt }))).toEqual(
      advice === null ? [] : [{ id: advice.id, attempt: advice.attempt }],
    )
    expect(left.filter((effect) => effect.do === 'sendRequest')).toEqual([])
  }
})

test('a slip leaves for the printer by itself only when it cannot be on paper already, and then says that it is late', () => {
  const base = openTerminal()
  for (const slips of everythingFound().slips) {
    const { left, state } = restarted({ ...base, slips })
    const prints = left.flatMap((effect) => (effect.do === 'print' ? [effect.slip] : []))
    const itself = slips.filter((job) =>
      rowOf(SLIP_ROWS, job).owes.some(({ after }) => after === 'printerWell'),
    )
    expect(prints.map(({ job, mark }) => [job, mark.kind])).toEqual(
      itself.map((job) => [job.slip.job, 'late']),
    )
    const asked = slips.filter((job) =>
      rowOf(SLIP_ROWS, job).owes.some(({ after }) => after === 'person'),
    )
    expect(state.slips.filter((job) => job.state === 'unsure').length).toBe(asked.length)
  }
})

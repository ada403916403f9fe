import { expect, test } from 'vitest'
import { RECOVERY } from '#core/terminal/recover.ts'
import { rowOf } from '#core/terminal/recovery/row.ts'
import { SLIP_ROWS } from '#core/terminal/recovery/slip-rows.ts'
import type { TerminalState } from '#core/terminal/state.ts'
import { combinations, everythingFound, openTerminal, slipStates } from './found-states.ts'

/** The tables that do not answer with exactly one row. */
function wrongTables(state: TerminalState): readonly string[] {
  return RECOVERY.filter(
    (table) => table.rows.filter((row) => row.matches(state)).length !== 1,
  ).map((table) => `${table.item}: ${state.step.kind}, reversal ${state.reversal?.state}`)
}

/** Some hundred thousand states on a busy machine. */
const LONG_MS = 120_000

test('whatever page, kind of transaction, reversal, refund, settlement, download and key a start finds: exactly one row of each table answers', {
  timeout: LONG_MS,
}, () => {
  const states = combinations(everythingFound(), openTerminal())
  expect(states.length).toBeGreaterThan(90_000)
  expect(new Set(states.flatMap(wrongTables))).toEqual(new Set())
})

test('every state of a slip: exactly one row answers', () => {
  const names = slipStates().map((job) => rowOf(SLIP_ROWS, job).name)
  expect(new Set(names).size).toBe(SLIP_ROWS.rows.length)
})

test('no row is idle: each answers something that a start can find', { timeout: LONG_MS }, () => {
  const states = combinations(everythingFound(), openTerminal())
  const idle = RECOVERY.flatMap(({ item, rows }) =>
    rows
      .filter((row) => !states.some((state) => row.matches(state)))
      .map((row) => `${item}: ${row.name}`),
  )
  expect(idle).toEqual([])
})

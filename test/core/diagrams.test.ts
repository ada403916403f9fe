import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { RECOVERY } from '#core/terminal/recover.ts'
import { drawSteps, tableOfRefusals } from '../../scripts/diagrams/draw.ts'
import { drawRecovery } from '../../scripts/diagrams/draw-recovery.ts'
import { explore } from '../../scripts/diagrams/explore.ts'

const explored = explore()

test('every step can be reached, and at every step every type of event is either acted upon or refused by name', () => {
  const silent = explored.steps.flatMap((step) =>
    explored.events
      .map((event) => `${step}|${event}`)
      .filter((pair) => !explored.moves.has(pair) && !explored.refusals.has(pair)),
  )
  expect(silent).toEqual([])
  expect(explored.broken).toEqual([])
  expect(explored.steps).toEqual(
    expect.arrayContaining(['authorizing', 'reversing', 'completing', 'settling', 'approveBatch']),
  )
})

test('the diagrams in the documentation are those of the decisions', () => {
  expect(readFileSync('docs/diagrams/steps.mmd', 'utf8')).toBe(drawSteps(explored))
  expect(readFileSync('docs/diagrams/refused.md', 'utf8')).toBe(tableOfRefusals(explored))
  expect(readFileSync('docs/diagrams/recovery.md', 'utf8')).toBe(drawRecovery())
})

test('the power may go in every situation that the decisions can reach: one row of each table of recovery answers', () => {
  const unsure = explored.states.flatMap((state) =>
    RECOVERY.filter(({ rows }) => rows.filter((row) => row.matches(state)).length !== 1).map(
      ({ item }) => `${item} at ${state.step.kind}`,
    ),
  )
  expect(unsure).toEqual([])
  expect(explored.states.length).toBe(explored.situations)
})

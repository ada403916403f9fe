/** Steps of the core that once were drawn as others: each has a page of its own, and none tells what it must not. */
import { expect, test } from 'vitest'
import { minor } from '#core/money.ts'
import { initialState } from '#core/terminal/recover.ts'
import { projectCounter } from '#shell/api/project-counter.ts'

const order = { id: 1, dueMinor: minor(128_000), operator: '01' }

test('who keys an unusual amount again is not shown the first one', () => {
  const step = { kind: 'rekeyAmount', order, typed: '1280', again: '' } as const
  const page = projectCounter({ ...initialState(), step })
  expect(page).toMatchObject({ kind: 'rekeyAmount', typed: '', amount: { minor: 0 } })
  expect(JSON.stringify(page)).not.toContain('128')
})

test('who takes a counter over sees the amount that waits', () => {
  const step = { kind: 'handOver', order, typed: '1280' } as const
  expect(projectCounter({ ...initialState(), step })).toMatchObject({
    kind: 'handOver',
    amount: { text: '1,280.00' },
  })
})

import { expect, test } from 'vitest'
import { createTurns } from '#web/turns.ts'

const key = { type: 'key', page: 'p1', key: '1' } as const

test('a key of the first counter that changed nothing does not shut out the second', () => {
  const turns = createTurns(() => ({ revision: 5, page: 'p1' }))
  expect(turns.take('one', 5, key)).toBeNull()
  expect(turns.take('two', 5, key)).toBeNull()
})

test('digits of two counters do not mix into one amount', () => {
  let revision = 5
  const turns = createTurns(() => ({ revision, page: 'p1' }))
  expect(turns.take('one', 5, key)).toBeNull()
  revision = 6
  expect(turns.take('two', 5, key)).toBe('otherCounter')
  expect(turns.take('two', 6, key)).toBeNull()
})

test('a language may be chosen at any time', () => {
  const turns = createTurns(() => ({ revision: 9, page: 'p2' }))
  turns.take('one', 9, { ...key, page: 'p2' })
  const action = { type: 'locale', screen: 'counter', locale: 'en' } as const
  expect(turns.take('two', 1, action)).toBeNull()
})

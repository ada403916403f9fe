import { expect, test } from 'vitest'
import { cardCheckers } from './cards.ts'
import { dataObjectCheckers } from './data-objects.ts'
import { issuerCheckers } from './issuer.ts'
import { keyCheckers } from './keys.ts'
import { sessionCheckers } from './sessions.ts'
import { type Checkers, loadVectors } from './vector.ts'

const CHECKERS: Checkers = {
  ...dataObjectCheckers,
  ...keyCheckers,
  ...issuerCheckers,
  ...cardCheckers,
  ...sessionCheckers,
}
const VECTORS = loadVectors()

test('every kind of known answer has a checker, and every checker has answers to check', () => {
  const kinds = new Set(VECTORS.map((vector) => vector.kind))
  expect([...kinds].filter((kind) => CHECKERS[kind] === undefined)).toEqual([])
  expect(Object.keys(CHECKERS).filter((kind) => !kinds.has(kind))).toEqual([])
})

test.each(VECTORS.map((vector) => [vector.id, vector] as const))('%s', (_, vector) => {
  const checker = CHECKERS[vector.kind]
  expect(checker, `no checker for ${vector.kind}`).toBeDefined()
  checker?.(vector.input, vector.expected)
})

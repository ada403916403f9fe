/**
 * Every state of the screens: played on the core as in a shop, and beside that by hand the largest amounts and longest words that must
 * fit. The gallery draws them all and the tests pick from them.
 */
import { BEFORE_THE_SALE } from './fixtures/before-the-sale.ts'
import { BESIDE_THE_SALE } from './fixtures/beside-the-sale.ts'
import type { Fixture } from './fixtures/parts.ts'
import { QUESTIONS } from './fixtures/questions.ts'
import { RESULTS } from './fixtures/results.ts'
import { SALE } from './fixtures/sale.ts'
import { PLAYED } from './played/played.ts'

export const FIXTURES: readonly Fixture[] = [
  ...BEFORE_THE_SALE,
  ...SALE,
  ...RESULTS,
  ...BESIDE_THE_SALE,
  ...QUESTIONS,
  ...PLAYED,
]

/**
 * What the counts of a week speak for: a threshold to move, a drill to do, a part to look at (idea S2-16). Counts suggest and decide nothing;
 * each sentence names the count it rests on, so that whoever reads it may think otherwise.
 */
import { type Message, message } from '../message.ts'
import type { Figures } from './figures.ts'

type Reasons = Figures['reasons']

/** How often in the days that are looked at something must come before it is more than chance. */
export const SUGGEST_FROM = {
  wrongAmount: 3,
  totalDiffers: 2,
  wrongPayer: 2,
  blindConfirm: 5,
  withoutSlip: 5,
  codeRefused: 10,
  slipsLate: 10,
  wrongKind: 2,
} as const

/** More questions than this of a hundred payments, and people stop reading them (a guess, measured nowhere). */
const MOST_QUESTIONS_SHARE = 0.02
/** Below this, a share says nothing. */
const PAYMENTS_FOR_A_SHARE = 200

/** The reasons by their beginning, with the sentence `suggest.<name>`. */
const RULES: readonly {
  readonly name: keyof typeof SUGGEST_FROM
  readonly reasons: readonly string[]
}[] = [
  { name: 'wrongAmount', reasons: ['cause.wrongAmount'] },
  { name: 'totalDiffers', reasons: ['totalDiffers'] },
  { name: 'wrongPayer', reasons: ['cause.wrongPayer', 'samePayer'] },
  { name: 'wrongKind', reasons: ['cause.holdMeant', 'cause.saleMeant'] },
  { name: 'blindConfirm', reasons: ['blindConfirm'] },
  { name: 'withoutSlip', reasons: ['proofTyped', 'proofList'] },
  { name: 'codeRefused', reasons: ['codeRefused'] },
  { name: 'slipsLate', reasons: ['slip.owed', 'slip.unsure'] },
]

/** `payments`: of the same days. */
export function suggestions(reasons: Reasons, payments: number): readonly Message[] {
  const counted = RULES.flatMap(({ name, reasons: begins }) => {
    const count = countOf(reasons, begins)
    return count < SUGGEST_FROM[name] ? [] : [message(`suggest.${name}`, { count: String(count) })]
  })
  const asked = countOf(reasons, ['keyedAgain'])
  const tooOften = payments >= PAYMENTS_FOR_A_SHARE && asked / payments > MOST_QUESTIONS_SHARE
  const share = ((asked / Math.max(1, payments)) * 100).toFixed(1)
  return tooOften ? [...counted, message('suggest.tooManyQuestions', { share })] : counted
}

function countOf(reasons: Reasons, begins: readonly string[]): number {
  return reasons
    .filter(({ key }) => begins.some((begin) => key === begin || key.startsWith(`${begin}.`)))
    .reduce((sum, { count }) => sum + count, 0)
}

/** Counts of several days together, most frequent first, then by name. */
export function addReasons(days: readonly Reasons[]): Reasons {
  const sums = new Map<string, number>()
  for (const { count, key } of days.flat()) sums.set(key, (sums.get(key) ?? 0) + count)
  return [...sums]
    .map(([key, count]) => ({ key, count }))
    .toSorted((one, other) => other.count - one.count || (one.key < other.key ? -1 : 1))
}

/** The list of exceptions in short, for a slip: how many lines have a reason of each group. */
import type { ExceptionCount, ExceptionGroup } from '../batch/exception-count.ts'
import type { Cause } from '../correction/cause.ts'
import type { Exception } from './exception.ts'

/** What a customer wishes, or exchanges, is nobody's mistake. */
const MISTAKES: readonly Cause[] = [
  'wrongAmount',
  'holdMeant',
  'saleMeant',
  'wrongPayer',
  'paidTwice',
]

/** Reasons by their beginning; what stands in no group is told in the list alone. */
const GROUPS: readonly (readonly [ExceptionGroup, readonly string[]])[] = [
  ['doubted', ['amount.']],
  ['keyedAgain', ['keyedAgain', 'keyedDifferently']],
  ['blind', ['blindConfirm']],
  ['takenBack', ['takesBack']],
  ['corrected', MISTAKES.map((cause) => `cause.${cause}`)],
  ['withoutSlip', ['proofTyped', 'proofList']],
  ['partly', ['partlyPaid']],
  ['samePayer', ['samePayer']],
  ['holds', ['openHold']],
  ['unknown', ['unknown']],
  ['codes', ['codeRefused']],
  ['slips', ['slip.', 'reprinted', 'signatureOwed']],
  ['collect', ['toCollect', 'writtenOff']],
]

/** In a fixed order; groups without a line are left out. */
export function summaryOf(exceptions: readonly Exception[]): readonly ExceptionCount[] {
  return GROUPS.flatMap(([group, begins]) => {
    const fits = (key: string): boolean => begins.some((begin) => key.startsWith(begin))
    const count = exceptions.filter(({ why }) => why.some(({ key }) => fits(key))).length
    return count === 0 ? [] : [{ group, count }]
  })
}

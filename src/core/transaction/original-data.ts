/** How a request names the transaction that it is about: DE 61. */
import type { KindRule } from './kinds.ts'
import type { TransactionRecord } from './record.ts'

/** Batch and STAN, with MMDD where the rule wants it (zeros when unknown); empty for a request without original. */
export function originalData(rule: KindRule, original: TransactionRecord | undefined): string {
  if (original === undefined || rule.originalData === 'none') return ''
  const key = `${original.batch}${original.stan}`
  return rule.originalData === 'batchStan' ? key : `${key}${original.hostDate.padStart(4, '0')}`
}

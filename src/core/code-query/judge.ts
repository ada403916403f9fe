/** What the answer to a question is worth. A word that ends a debt must fit in every field and prove itself by its MAC. */
import { toDe4 } from '../money.ts'
import type { Setup } from '../terminal/setup.ts'
import type { HostReply } from '../transaction/host-reply.ts'
import type { Question } from './code-query.ts'

export type Word =
  | { readonly kind: 'paid' }
  | { readonly kind: 'notPaid'; readonly code: string }
  | { readonly kind: 'paying' }
  /** Nothing that decides anything; `signOn`: new keys may heal it. */
  | { readonly kind: 'open'; readonly signOn: boolean }

/** DE 39 of the answer is that of the payment asked about; codes that are in no list leave it open. */
export function judgeWord(
  setup: Setup,
  asked: { readonly stan: string; readonly original: Pick<Question['original'], 'amountMinor'> },
  { fields, mac, mti }: HostReply,
): Word {
  const rules = setup.host.codeQuery
  const code = fields['39'] ?? ''
  const fits =
    mti === '0210' && fields['11'] === asked.stan && fields['41'] === setup.terminalNumber
  if (!fits || rules === undefined) return { kind: 'open', signOn: false }
  if (mac === 'bad' || setup.host.signOnAgain.includes(code)) return { kind: 'open', signOn: true }
  if (rules.paying.includes(code)) return { kind: 'paying' }
  if (mac !== 'good') return { kind: 'open', signOn: false }
  if (rules.notPaid.includes(code)) return { kind: 'notPaid', code }
  const approved =
    setup.host.approvals.includes(code) &&
    fields['42'] === setup.merchantNumber &&
    fields['4'] === toDe4(asked.original.amountMinor) &&
    (fields['37'] ?? '').trim() !== ''
  return approved ? { kind: 'paid' } : { kind: 'open', signOn: false }
}

/**
 * Decides what an answer is worth. Only an answer that fits the request in every checked field counts; anything else leaves
 * the outcome unknown, which leads to a reversal.
 */

import { fromDe4, toDe4 } from '../money.ts'
import type { Setup } from '../terminal/setup.ts'
import { type Attempt, kindOf } from './attempt.ts'
import type { HostReply } from './host-reply.ts'
import { ruleOf } from './kinds.ts'

/** DE 39: less than was asked for is approved. */
const PARTIAL = '10'

export type Verdict =
  | { readonly kind: 'approved'; readonly code: string }
  | { readonly kind: 'declined'; readonly code: string }
  /** No answer to our question: `reason` goes into DE 39 of the reversal. */
  | { readonly kind: 'unusable'; readonly why: string; readonly reason: 'A0' | '06' }

/** MTI, 3, 11, 41 always; 42, 4, 37 and the MAC of an approval besides. */
export function judgeReply(setup: Setup, attempt: Attempt, reply: HostReply): Verdict {
  const mismatch = firstMismatch(setup, attempt, reply)
  if (mismatch !== null) return { kind: 'unusable', why: mismatch, reason: '06' }
  const code = reply.fields['39'] ?? ''
  if (!/^[0-9A-Z]{2}$/.test(code)) return { kind: 'unusable', why: 'responseCode', reason: '06' }
  // A wrong MAC may hide a changed approval. Some hosts put junk on refusals: for these the
  // reversal that follows is needless but harmless.
  if (reply.mac === 'bad') return { kind: 'unusable', why: 'mac', reason: 'A0' }
  // The host holds a part that nobody asked for: it goes back.
  if (code === PARTIAL && !takesPart(setup, attempt))
    return { kind: 'unusable', why: 'partial', reason: '06' }
  if (code !== PARTIAL && !setup.host.approvals.includes(code)) return { kind: 'declined', code }
  if (reply.mac !== 'good') return { kind: 'unusable', why: 'mac', reason: 'A0' }
  const approved = approvalMismatch(setup, attempt, reply)
  return approved === null
    ? { kind: 'approved', code }
    : { kind: 'unusable', why: approved, reason: '06' }
}

/**
 * A code that says "not done yet" and no refusal, because it may yet go through. Of what was paid by code a wallet's system error is one too,
 * whichever way the money goes.
 */
export function isUnfinished({ host }: Setup, { tender }: Attempt, code: string): boolean {
  const { codeQuery, unfinished = [] } = host
  const ofWallet =
    tender.kind === 'code' ? [...(codeQuery?.open ?? []), ...(codeQuery?.paying ?? [])] : []
  return unfinished.includes(code) || ofWallet.includes(code)
}

function firstMismatch(setup: Setup, attempt: Attempt, reply: HostReply): string | null {
  const rule = ruleOf(kindOf(attempt.order))
  if (reply.mti !== answerTo(rule.mti)) return 'mti'
  if (reply.fields['11'] !== attempt.stan) return 'stan'
  if (reply.fields['3'] !== processingCodeOf(setup, attempt)) return 'processingCode'
  if (reply.fields['41'] !== setup.terminalNumber) return 'terminal'
  return null
}

/** DE 3 as it left: a payment by code may have one of this acquirer's own. */
function processingCodeOf({ host }: Setup, { order, tender }: Attempt): string {
  const kind = kindOf(order)
  const usual = ruleOf(kind).processingCode
  return tender.kind === 'code' && kind === 'sale' ? (host.codeProcessingCode ?? usual) : usual
}

/** What an approval must carry besides; a missing amount is as bad as a wrong one. */
function approvalMismatch(setup: Setup, attempt: Attempt, reply: HostReply): string | null {
  if (reply.fields['42'] !== setup.merchantNumber) return 'merchant'
  if (ruleOf(kindOf(attempt.order)).hasAmount) {
    if (fromDe4(reply.fields['4'] ?? '') === null) return 'amount'
    const isPart = reply.fields['39'] === PARTIAL
    if (isPart ? !isPartOf(attempt, reply) : reply.fields['4'] !== toDe4(attempt.amountMinor))
      return 'amount'
  }
  if ((reply.fields['37'] ?? '').trim() === '') return 'reference'
  return null
}

/** Only a sale, and only where 60.6 told the host that a part is taken. */
function takesPart(setup: Setup, attempt: Attempt): boolean {
  return setup.host.partialApproval === true && kindOf(attempt.order) === 'sale'
}

function isPartOf(attempt: Attempt, reply: HostReply): boolean {
  const part = fromDe4(reply.fields['4'] ?? '')
  return part !== null && part > 0 && part < attempt.amountMinor
}

function answerTo(mti: string): string {
  return String(Number(mti) + 10).padStart(4, '0')
}

/** The second GENERATE AC: the chip hears what the host said, and runs what its issuer sent along. */
import type { ScriptSubject } from '../notice/script-notice.ts'
import type { Effect } from '../terminal/effect.ts'
import { type Attempt, entryMode, idOf, kindOf } from './attempt.ts'
import type { HostReply } from './host-reply.ts'
import { ruleOf } from './kinds.ts'

export function tellCard(attempt: Attempt, reply: HostReply): Effect {
  return { do: 'completeCard', stan: attempt.stan, reply, subject: subjectOf(attempt, reply) }
}

/** Null: no card took part. */
function subjectOf(attempt: Attempt, reply: HostReply): ScriptSubject | null {
  const { batch, stan, tender } = attempt
  if (tender.kind !== 'card') return null
  return {
    id: idOf(attempt),
    batch,
    processingCode: ruleOf(kindOf(attempt.order)).processingCode,
    amountMinor: attempt.amountMinor,
    entryMode: entryMode(attempt),
    panSequence: tender.card.panSequence,
    originalData: `${batch}${stan}${(reply.fields['13'] ?? '').padStart(4, '0')}`,
    emv: tender.card.emv,
  }
}

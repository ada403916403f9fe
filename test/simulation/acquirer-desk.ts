/** Turns what the core wants of the acquirer into requests, and what comes back into events: the place of the shell's acquirer. */

import type { Reversal } from '#core/reversal/reversal.ts'
import type { EventBody } from '#core/terminal/event.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { Attempt } from '#core/transaction/attempt.ts'
import type { HostReply } from '#core/transaction/host-reply.ts'
import type { Answer } from './host.ts'
import type { Line, Reached } from './line.ts'
import type { Tell } from './world-parts.ts'

export type AcquirerDesk = {
  /** Working keys are there; they survive a power cut. */
  readonly keysReady: () => boolean
  readonly sell: (attempt: Attempt, tell: Tell) => void
  readonly reverse: (reversal: Reversal, tell: Tell) => void
  readonly signOn: (
    request: { stan: string; batch: string },
    isAlive: () => boolean,
    tell: Tell,
  ) => void
  readonly probe: (tell: Tell) => void
}

export function createAcquirerDesk(line: Line, setup: Setup): AcquirerDesk {
  let keys = 0
  const replyOf = ({ mti, fields, keys: signedWith }: Answer): HostReply => {
    const mac = signedWith === null ? 'absent' : signedWith === keys ? 'good' : 'bad'
    return { mti, mac, fields }
  }
  const signedOn = (reached: Reached): EventBody => {
    if (reached.kind !== 'replied') return { type: 'signOnFailed', why: reached.kind, code: '' }
    const { fields } = reached.answer
    if (fields['39'] !== '00')
      return { type: 'signOnFailed', why: 'refused', code: fields['39'] ?? '' }
    if (fields['41'] !== setup.terminalNumber)
      return { type: 'signOnFailed', why: 'unusable', code: 'terminal' }
    keys = Number(fields['62'])
    return { type: 'signedOn', batch: (fields['60'] ?? '').slice(2, 8) }
  }
  return {
    keysReady: () => keys > 0,
    sell: (attempt, tell) => {
      const { stan, batch, amountMinor, tender } = attempt
      const code = tender.kind === 'code' ? tender.code.fingerprint : null
      line.ask({ kind: 'sale', stan, batch, amountMinor, keys, code }, (reached) => {
        if (reached.kind === 'replied')
          tell({ type: 'hostReplied', stan, reply: replyOf(reached.answer) })
        else tell({ type: reached.kind === 'silent' ? 'hostSilent' : 'hostUnreachable', stan })
      })
    },
    reverse: ({ id, stan, batch, amountMinor }, tell) => {
      line.ask({ kind: 'reversal', stan, batch, amountMinor, keys }, (reached) => {
        if (reached.kind === 'replied')
          tell({ type: 'reversalReplied', reversal: id, reply: replyOf(reached.answer) })
        else tell({ type: 'reversalUnanswered', reversal: id, sent: reached.kind === 'silent' })
      })
    },
    signOn: ({ stan, batch }, isAlive, tell) => {
      line.ask({ kind: 'signOn', stan, batch }, (reached) => {
        if (isAlive()) tell(signedOn(reached))
      })
    },
    probe: (tell) => {
      line.ask({ kind: 'echo' }, (reached) =>
        tell({ type: 'linkProbed', alive: reached.kind === 'replied' }),
      )
    },
  }
}

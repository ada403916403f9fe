/** Turns what the core wants of the acquirer into requests, and what comes back into events: the place of the shell's acquirer. */

import type { Advice } from '#core/advice/advice.ts'
import type { BatchMessage } from '#core/batch/settlement.ts'
import type { Question } from '#core/code-query/code-query.ts'
import type { DownloadName } from '#core/link/chore.ts'
import type { ScriptNotice } from '#core/notice/script-notice.ts'
import type { Reversal } from '#core/reversal/reversal.ts'
import type { SignatureUpload } from '#core/signature/upload.ts'
import type { EventBody } from '#core/terminal/event.ts'
import type { Setup } from '#core/terminal/setup.ts'
import type { Attempt } from '#core/transaction/attempt.ts'
import type { HostReply } from '#core/transaction/host-reply.ts'
import type { Answer, Financial } from './host.ts'
import type { Line, Reached } from './line.ts'
import type { Tell, WorldParts } from './world-parts.ts'

export type AcquirerDesk = {
  /** Working keys are there; they survive a power cut. */
  readonly keysReady: () => boolean
  readonly send: (attempt: Attempt, tell: Tell) => void
  /** The same message once more. */
  readonly repeat: (advice: Advice, tell: Tell) => void
  readonly settle: (message: BatchMessage, tell: Tell) => void
  readonly download: (download: DownloadName, tell: Tell) => void
  readonly reverse: (reversal: Reversal, tell: Tell) => void
  /** What became of a code payment. */
  readonly query: (question: Question, tell: Tell) => void
  /** What scripts did on a chip. */
  readonly notify: (notice: ScriptNotice, tell: Tell) => void
  /** What a customer signed. */
  readonly sendSignature: (upload: SignatureUpload, tell: Tell) => void
  readonly signOff: (request: { stan: string }, tell: Tell) => void
  readonly signOn: (request: { stan: string }, isAlive: () => boolean, tell: Tell) => void
  readonly probe: (tell: Tell) => void
}

export function createAcquirerDesk(
  { random, faults }: Pick<WorldParts, 'random' | 'faults'>,
  line: Line,
  setup: Setup,
): AcquirerDesk {
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
    send: (attempt, tell) => {
      const { stan } = attempt
      line.ask({ ask: 'financial', body: bodyOf(attempt, keys) }, (reached) => {
        if (reached.kind === 'replied')
          tell({ type: 'hostReplied', stan, reply: replyOf(reached.answer) })
        else tell({ type: reached.kind === 'silent' ? 'hostSilent' : 'hostUnreachable', stan })
        if (reached.kind === 'replied' && faults.strikes('hostAsks'))
          tell({ type: 'hostAsked', request: random.between(0, 9) })
      })
    },
    repeat: ({ id, attempt }, tell) => {
      line.ask({ ask: 'financial', body: bodyOf(attempt, keys) }, (reached) => {
        if (reached.kind === 'replied')
          tell({ type: 'adviceReplied', advice: id, reply: replyOf(reached.answer) })
        else tell({ type: 'adviceUnanswered', advice: id })
      })
    },
    reverse: ({ id, stan, batch, amountMinor }, tell) => {
      line.ask({ ask: 'reversal', stan, batch, amountMinor, keys }, (reached) => {
        if (reached.kind === 'replied')
          tell({ type: 'reversalReplied', reversal: id, reply: replyOf(reached.answer) })
        else tell({ type: 'reversalUnanswered', reversal: id, sent: reached.kind === 'silent' })
      })
    },
    query: ({ stan, original }, tell) => {
      line.ask(
        { ask: 'query', stan, original: `${original.batch}-${original.stan}`, keys },
        (reached) => {
          if (reached.kind === 'replied')
            tell({ type: 'queryReplied', stan, reply: replyOf(reached.answer) })
          else tell({ type: 'queryUnanswered', stan })
        },
      )
    },
    settle: ({ mti, stan, batch, management, totals }, tell) => {
      line.ask({ ask: 'batch', mti, stan, batch, management, totals }, (reached) => {
        if (reached.kind === 'replied')
          tell({ type: 'batchReplied', stan, reply: replyOf(reached.answer) })
        else tell({ type: 'batchUnanswered', stan })
      })
    },
    download: (download, tell) => {
      line.ask({ ask: 'echo' }, (reached) => {
        const outcome = reached.kind === 'replied' ? 'kept' : reached.kind
        const found = { code: '', entries: 3, digest: 'AB', replyTimeoutMs: null }
        tell({ type: 'downloadEnded', download, outcome, ...found })
      })
    },
    notify: ({ id, stan }, tell) => {
      line.ask({ ask: 'notice', stan, original: id }, (reached) => {
        const outcome = reached.kind === 'replied' ? 'answered' : reached.kind
        tell({ type: 'noticeEnded', notice: id, outcome })
      })
    },
    sendSignature: ({ record, stan }, tell) => {
      line.ask({ ask: 'signature', stan, record }, (reached) => {
        if (reached.kind === 'replied')
          tell({ type: 'signatureReplied', record, reply: replyOf(reached.answer) })
        else tell({ type: 'signatureUnanswered', record, sent: reached.kind === 'silent' })
      })
    },
    signOn: ({ stan }, isAlive, tell) => {
      line.ask({ ask: 'signOn', stan }, (reached) => {
        if (isAlive()) tell(signedOn(reached))
      })
    },
    signOff: ({ stan }, tell) => {
      line.ask({ ask: 'signOff', stan }, (reached) => {
        const outcome = reached.kind === 'replied' ? 'accepted' : 'unanswered'
        tell({ type: 'signOffEnded', outcome, code: '' })
      })
    },
    probe: (tell) => {
      line.ask({ ask: 'echo' }, (reached) =>
        tell({ type: 'linkProbed', alive: reached.kind === 'replied' }),
      )
    },
  }
}

/** What the message says. A code is presented only where no original is named. */
function bodyOf({ order, stan, batch, amountMinor, tender }: Attempt, keys: number): Financial {
  const original = order.original?.id ?? null
  const code = tender.kind === 'code' && original === null ? tender.code.fingerprint : null
  return { kind: order.kind ?? 'sale', stan, batch, amountMinor, keys, code, original }
}

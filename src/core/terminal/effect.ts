/** What is to be done. Imperative; each may be performed twice, so each carries the key by which a second time is known. */

import type { Advice } from '../advice/advice.ts'
import type { BatchMessage } from '../batch/settlement.ts'
import type { Question } from '../code-query/code-query.ts'
import type { RecordWish } from '../counter/wish.ts'
import type { Incident } from '../incident/incident.ts'
import type { DownloadName } from '../link/chore.ts'
import type { MinorUnits } from '../money.ts'
import type { ScriptNotice, ScriptSubject } from '../notice/script-notice.ts'
import type { Slip } from '../receipt/slip.ts'
import type { Reversal } from '../reversal/reversal.ts'
import type { SignatureUpload } from '../signature/upload.ts'
import type { Attempt } from '../transaction/attempt.ts'
import type { HostReply } from '../transaction/host-reply.ts'
import type { TransactionRecord } from '../transaction/record.ts'
import type { TimerName } from './event.ts'

export type Effect =
  | {
      readonly do: 'readCard'
      readonly read: number
      readonly amountMinor: MinorUnits
      /** Tag 9C. */
      readonly transactionType: '00' | '20' | '31'
    }
  | { readonly do: 'cancelCardRead' }
  | { readonly do: 'armScanner' }
  | { readonly do: 'disarmScanner' }
  | {
      readonly do: 'requestPin'
      readonly stan: string
      readonly handle: string
      readonly amountMinor: MinorUnits
    }
  | { readonly do: 'cancelPin' }
  /** Chip only. `reply` null: tell the card that no answer came. `subject`: whom a notice of scripts that ran would name. */
  | {
      readonly do: 'completeCard'
      readonly stan: string
      readonly reply: HostReply | null
      readonly subject?: ScriptSubject | null
    }
  /** Zero the secrets of a card or code. */
  | { readonly do: 'forgetTender'; readonly handle: string }
  /** Seals PAN and expiry for the reversal, in the commit of the event itself; dropped when the reversal is over. */
  | { readonly do: 'sealPan'; readonly reversal: string; readonly handle: string }
  | { readonly do: 'dropSealedPan'; readonly reversal: string }
  | { readonly do: 'sendRequest'; readonly attempt: Attempt }
  | { readonly do: 'sendReversal'; readonly reversal: Reversal }
  | { readonly do: 'sendQuery'; readonly question: Question }
  /** Lines of this batch, and of those `earlier` ones that nobody has settled here, from the journal. */
  | {
      readonly do: 'gatherBatch'
      readonly page: string
      readonly batch: string
      readonly earlier?: readonly string[]
    }
  | { readonly do: 'sendBatch'; readonly message: BatchMessage }
  /** The same message once more; PAN and expiry come from the seal. */
  | { readonly do: 'sendAdvice'; readonly advice: Advice }
  | { readonly do: 'sendNotice'; readonly notice: ScriptNotice }
  /** `prints`: papers of this payment that are out. */
  | { readonly do: 'sendSignature'; readonly upload: SignatureUpload; readonly prints: number }
  /** The newest record with this STAN, from the journal. */
  | { readonly do: 'findRecord'; readonly page: string; readonly stan: string }
  /** The newest few that fit, from the journal. */
  | { readonly do: 'searchRecords'; readonly page: string; readonly wish: RecordWish }
  | {
      readonly do: 'signOn'
      readonly stan: string
      readonly batch: string
      readonly operator: string
    }
  | {
      readonly do: 'signOff'
      readonly stan: string
      readonly batch: string
      readonly operator: string
    }
  | { readonly do: 'probeLink'; readonly batch: string }
  | { readonly do: 'download'; readonly download: DownloadName; readonly batch: string }
  | { readonly do: 'print'; readonly slip: Slip }
  /** As files, for another printer; written twice they are the same files. */
  | { readonly do: 'exportSlips'; readonly slips: readonly Slip[] }
  /** Into the derived table, in the commit of the event itself. */
  | { readonly do: 'keepRecord'; readonly record: TransactionRecord }
  /** Something that cannot be mended now, as it stands: for whoever reads the journal. Nothing else is done. */
  | { readonly do: 'keepIncident'; readonly incident: Incident }
  | { readonly do: 'startTimer'; readonly timer: TimerName; readonly ms: number }
  | { readonly do: 'stopTimer'; readonly timer: TimerName }
  /** The real terminal rests, and a drill takes the devices and screens; of the other terminal: back again. */
  | { readonly do: 'beginDrill'; readonly operator: string }
  | { readonly do: 'endDrill' }

/** Effects that reach beyond this process for good: the journal must hold them before they are performed. */
export function mustBeDurable(effect: Pick<Effect, 'do'>): boolean {
  switch (effect.do) {
    case 'sendRequest':
    case 'sendReversal':
    case 'sendQuery':
    case 'sendAdvice':
    case 'sendNotice':
    case 'sendSignature':
    case 'sendBatch':
    case 'signOn':
    case 'signOff':
    case 'print':
    case 'exportSlips':
    case 'sealPan':
    case 'dropSealedPan':
    case 'keepRecord':
    case 'keepIncident':
    case 'beginDrill':
    case 'endDrill':
      return true
    case 'readCard':
    case 'cancelCardRead':
    case 'armScanner':
    case 'disarmScanner':
    case 'requestPin':
    case 'cancelPin':
    case 'completeCard':
    case 'forgetTender':
    case 'findRecord':
    case 'searchRecords':
    case 'gatherBatch':
    case 'probeLink':
    case 'download':
    case 'startTimer':
    case 'stopTimer':
      return false
  }
}

/** What has happened. Past tense; each carries the wall time, and everything a replay needs. No secret ever. */

import type { BatchLine } from '../batch/batch.ts'
import type { ExceptionCount } from '../batch/exception-count.ts'
import type { ForeignSlip } from '../correction/elsewhere-slip.ts'
import type { Score } from '../drill/exercise.ts'
import type { ContactlessRules } from '../guard/contactless-rules.ts'
import type { DownloadName } from '../link/chore.ts'
import type { ScriptSubject } from '../notice/script-notice.ts'
import type { DeviceHealth, DeviceTrouble } from '../ports/device.ts'
import type { PrintOutcome } from '../ports/printer.ts'
import type { TillWish } from '../till/wish.ts'
import type { HostReply } from '../transaction/host-reply.ts'
import type { TransactionRecord } from '../transaction/record.ts'
import type { CardFacts, ChipFact, CodeFacts } from '../transaction/tender.ts'
import type { Locale, Setup } from './setup.ts'

export type Key =
  | '0'
  | '1'
  | '2'
  | '3'
  | '4'
  | '5'
  | '6'
  | '7'
  | '8'
  | '9'
  | '00'
  | '.'
  | 'backspace'
  | 'clear'
  | 'confirm'
  | 'cancel'
  | 'menu'

export type TimerName =
  | 'idle'
  | 'look'
  | 'present'
  | 'codes'
  | 'tear'
  | 'remind'
  | 'signature'
  | 'reversal'
  | 'query'
  | 'advice'
  | 'signatureUpload'
  | 'batch'
  | 'link'

type ServiceWork =
  | 'commissioned'
  | 'keysLoaded'
  | 'keysNotLoaded'
  | 'keysWiped'
  | 'parametersApplied'
  | 'parametersRolledBack'
  | 'parametersPulled'

export type EventBody =
  | { readonly type: 'started'; readonly setup: Setup; readonly keysReady: boolean }
  | { readonly type: 'keyPressed'; readonly page: string; readonly key: Key }
  | {
      readonly type: 'optionChosen'
      readonly page: string
      readonly option: string
      readonly item: string
    }
  /** The shell compared the secret; a locked account stays locked either way. */
  | {
      readonly type: 'operatorChecked'
      readonly page: string
      readonly operator: string
      readonly correct: boolean
    }
  | {
      readonly type: 'operatorPinChosen'
      readonly page: string
      readonly operator: string
      readonly credential: string
    }
  | { readonly type: 'operatorPinRefused'; readonly page: string }
  | {
      readonly type: 'localeChosen'
      readonly screen: 'counter' | 'customer'
      readonly locale: Locale
    }
  | { readonly type: 'cardPresented'; readonly read: number; readonly card: CardFacts }
  | {
      readonly type: 'cardReadEnded'
      readonly read: number
      readonly why:
        | 'cardDeclined'
        | 'notAccepted'
        | 'insertInstead'
        | 'unreadable'
        | 'severalCards'
        | 'timedOut'
        | 'cancelled'
        | 'deviceFailed'
    }
  | { readonly type: 'cardRemoved' }
  /** Numbers of the print jobs that lie as files for another printer; none: nothing could be written. */
  | { readonly type: 'slipsExported'; readonly jobs: readonly string[] }
  | {
      readonly type: 'cardCompleted'
      readonly stan: string
      readonly approved: boolean
      readonly chip: readonly ChipFact[]
      /** DE 55 of a reversal with the chip's last words; absent in old journals. */
      readonly reversalEmv?: string
    }
  /** The issuer's answer had scripts and the chip has run them; `emv` is DE 55 of the notice. */
  | { readonly type: 'scriptsRan'; readonly subject: ScriptSubject; readonly emv: string }
  | {
      readonly type: 'noticeEnded'
      /** Its `id`. */
      readonly notice: string
      readonly outcome: 'answered' | 'silent' | 'unreachable'
    }
  | {
      readonly type: 'cardCompletionFailed'
      readonly stan: string
      readonly why: 'cardRemoved' | 'deviceFailed'
    }
  /** `typed`: its digits were keyed in at the counter; absent: it was scanned. */
  | { readonly type: 'codeAccepted'; readonly code: CodeFacts; readonly typed?: true }
  /** The code looks like something else too; the cashier is asked. */
  | {
      readonly type: 'codeDoubted'
      readonly code: CodeFacts
      readonly why: string
      readonly typed?: true
    }
  /** `fingerprint`: keyed hash of what was read, so that repeated ones are known without keeping any; absent in old journals. */
  | {
      readonly type: 'codeRefused'
      readonly why: string
      readonly digits: number
      readonly fingerprint?: string
      /** What the journal holds under it; absent: it is no number of a slip or bill. */
      readonly record?: TransactionRecord | null
      /** It is the bar code of a slip, and none of this terminal. */
      readonly slip?: ForeignSlip
      /** A receive code of the configuration, or something else that asks for money or leads somewhere; absent: neither. */
      readonly payee?: 'own' | 'foreign'
      readonly typed?: true
    }
  | { readonly type: 'pinEntered'; readonly stan: string }
  | {
      readonly type: 'pinEnded'
      readonly stan: string
      readonly why: 'bypassed' | 'cancelled' | 'timedOut' | 'deviceFailed'
      readonly trouble: DeviceTrouble | null
    }
  | { readonly type: 'deviceHealthChanged'; readonly health: DeviceHealth }
  /** `lines`: of the whole slip, as it was laid out; absent in old journals. */
  | {
      readonly type: 'printEnded'
      readonly job: string
      readonly outcome: PrintOutcome
      readonly lines?: number
    }
  | { readonly type: 'hostReplied'; readonly stan: string; readonly reply: HostReply }
  /** The request left, at least partly, and no answer came that could be read. */
  | { readonly type: 'hostSilent'; readonly stan: string }
  /** Not a byte of the request left. */
  | { readonly type: 'hostUnreachable'; readonly stan: string }
  | { readonly type: 'reversalReplied'; readonly reversal: string; readonly reply: HostReply }
  | { readonly type: 'reversalUnanswered'; readonly reversal: string; readonly sent: boolean }
  /** The answer to a question about a code payment; `stan` is that of the question. */
  | { readonly type: 'queryReplied'; readonly stan: string; readonly reply: HostReply }
  | { readonly type: 'queryUnanswered'; readonly stan: string }
  /** A late, second or foreign answer. Kept for the journal; whatever it says, it decides nothing any more. */
  | {
      readonly type: 'strayAnswerCame'
      readonly mti: string
      readonly stan: string
      readonly code: string
      readonly mac: HostReply['mac']
    }
  | { readonly type: 'adviceReplied'; readonly advice: string; readonly reply: HostReply }
  | { readonly type: 'adviceUnanswered'; readonly advice: string }
  | {
      readonly type: 'batchGathered'
      readonly page: string
      readonly batch: string
      readonly lines: readonly BatchLine[]
      /** Absent: the shop does not want them on the slip, or nobody could count them. */
      readonly exceptions?: readonly ExceptionCount[]
    }
  | { readonly type: 'batchReplied'; readonly stan: string; readonly reply: HostReply }
  | { readonly type: 'batchUnanswered'; readonly stan: string }
  /** What the journal holds under the STAN that was asked for on this page. */
  | {
      readonly type: 'recordFound'
      readonly page: string
      readonly record: TransactionRecord | null
    }
  /** What was looked for, from all batches that are kept, newest last. */
  | {
      readonly type: 'recordsFound'
      readonly page: string
      readonly records: readonly TransactionRecord[]
    }
  /** What the host wants next, from the header of an answer. */
  | { readonly type: 'hostAsked'; readonly request: number }
  | {
      readonly type: 'downloadEnded'
      readonly download: DownloadName
      /** `kept`: it lies whole in the data folder, in the place of the one before. `notWritten`: the disk refused it. */
      readonly outcome: 'kept' | 'unreachable' | 'silent' | 'refused' | 'unusable' | 'notWritten'
      /** DE 39, or what was unusable. */
      readonly code: string
      readonly entries: number
      /** SHA-256 of what is kept, as hex. */
      readonly digest: string
      /** Parameter 12 when it was there and sane. */
      readonly replyTimeoutMs: number | null
      /** What was kept of taps without PIN and signature; absent: it was another download. */
      readonly contactless?: ContactlessRules
    }
  | { readonly type: 'signedOn'; readonly batch: string }
  | {
      readonly type: 'signOnFailed'
      readonly why: 'unreachable' | 'silent' | 'refused' | 'unusable' | 'keyCheck' | 'noMasterKey'
      readonly code: string
    }
  /** A till asks for an order; what the journal holds under its references comes with it, oldest first. */
  | {
      readonly type: 'tillOrdered'
      readonly wish: TillWish
      readonly known: readonly TransactionRecord[]
      readonly originals: readonly TransactionRecord[]
    }
  | { readonly type: 'tillWithdrew'; readonly reference: string }
  /** What the customer has written, in the form of `shell/api/ink.ts`; empty: rather on paper. */
  | { readonly type: 'signatureGiven'; readonly record: string; readonly ink: string }
  /** To a signature that was sent; `record` is that of the payment. */
  | { readonly type: 'signatureReplied'; readonly record: string; readonly reply: HostReply }
  /** `sent` false: not a byte of it left. */
  | { readonly type: 'signatureUnanswered'; readonly record: string; readonly sent: boolean }
  /** `code` is DE 39 of a refusal and empty otherwise. */
  | {
      readonly type: 'signOffEnded'
      readonly outcome: 'accepted' | 'refused' | 'unanswered'
      readonly code: string
    }
  | { readonly type: 'linkProbed'; readonly alive: boolean }
  /** The battery of the machine, where it has one. */
  | { readonly type: 'powerChanged'; readonly percent: number; readonly onMains: boolean }
  /** `failed`: it ended by itself, because its own journal could not be written. `tries`: wrong PINs of each account, as the drill left them. */
  | {
      readonly type: 'drillEnded'
      readonly why: 'ended' | 'failed'
      /** How people did in its exercises; absent: there were none. */
      readonly scores?: readonly Score[]
      readonly tries: readonly {
        readonly operator: string
        readonly wrongTries: number
        readonly lockedUntil: number
      }[]
    }
  /** A technician's command asks for somebody's PIN while the terminal is off. The shell compared it; a locked account stays locked. */
  | { readonly type: 'technicianChecked'; readonly operator: string; readonly correct: boolean }
  /** A technician's command did something to keys or configuration while the terminal was off. Nothing of it is decided here. */
  | {
      readonly type: 'serviced'
      readonly what: ServiceWork
      /** Operator numbers, or the name of the key that signed for it. */
      readonly by: readonly string[]
      /** What is to be known of it later: names of parameters with before and after, check values. Never a key or secret. */
      readonly facts: readonly {
        readonly name: string
        readonly before: string
        readonly after: string
      }[]
    }
  | { readonly type: 'timerFired'; readonly timer: TimerName }

export type TerminalEvent = EventBody & { readonly at: number }

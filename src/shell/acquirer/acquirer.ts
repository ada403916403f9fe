/**
 * The link to one acquirer as the rest of the shell uses it: sell, take back, sign on, probe. An answer that fits its question goes to whoever
 * asked; any other is told as an event, and so is what the host wants next.
 */

import type { BatchMessage } from '#core/batch/settlement.ts'
import type { Question } from '#core/code-query/code-query.ts'
import type { DownloadName } from '#core/link/chore.ts'
import type { ScriptNotice } from '#core/notice/script-notice.ts'
import type { Clock } from '#core/ports/clock.ts'
import type { KeysPort } from '#core/ports/keys.ts'
import type { Reversal } from '#core/reversal/reversal.ts'
import type { SignatureUpload } from '#core/signature/upload.ts'
import type { EventBody } from '#core/terminal/event.ts'
import { type Attempt, kindOf } from '#core/transaction/attempt.ts'
import type { HostReply } from '#core/transaction/host-reply.ts'
import { ruleOf } from '#core/transaction/kinds.ts'
import type { Dialect } from '#iso8583/dialect.ts'
import type { Held } from '../custody/custody.ts'
import { download, type Ended } from '../downloads/downloads.ts'
import type { BlacklistForm } from '../downloads/fetch-blacklist.ts'
import type { HashDigits } from '../downloads/refused-cards.ts'
import type { DownloadStore } from '../downloads/store.ts'
import { askDownload } from './ask-download.ts'
import { type CodeQueryMessage, codeQueryFields } from './code-query-fields.ts'
import { type Fields, type SealedCard, wipeFields } from './fields.ts'
import { batchFields, echoFields } from './management-fields.ts'
import { noticeFields } from './notice-fields.ts'
import { createQuestioner, type Note, type QuestionerSettings } from './questioner.ts'
import { type AnswerSettings, readAnswer, TOTALS_TOO } from './read-answer.ts'
import { repeatFields, requestFields } from './request-fields.ts'
import { reversalFields } from './reversal-fields.ts'
import { type SignOffResult, signOff } from './sign-off.ts'
import { type SignOnResult, type SignOnSettings, signOn } from './sign-on.ts'
import { SIGNATURE_MTI, type SignatureMessage, signatureMessages } from './signature-fields.ts'
import { encryptTrack } from './track-encryption.ts'

export type AcquirerSettings = QuestionerSettings &
  AnswerSettings &
  SignOnSettings & {
    /** Absent: the acquirer has no message for it. */
    readonly codeQuery?: CodeQueryMessage
    /** Absent: the acquirer takes no signatures. */
    readonly signature?: SignatureMessage
    /** Absent: as usual. */
    readonly blacklist?: BlacklistForm
    /** DE 35 goes under the track key, or not at all. */
    readonly encryptsTrack: boolean
    /** An echo is answered by the host itself, so it need not wait as long as a sale. */
    readonly echoTimeoutMs: number
  }

type Reached =
  | { readonly kind: 'replied'; readonly reply: HostReply }
  | { readonly kind: 'silent' }
  | { readonly kind: 'unreachable' }

export type Acquirer = {
  /** Any request of `kinds.ts`. `held` null: neither card nor code goes with it, the original is named by its reference. */
  sell(attempt: Attempt, held: Held | null): Promise<Reached>
  /** A refund in doubt once more, as it was; PAN and expiry come out of the seal. */
  repeat(attempt: Attempt, card: SealedCard | null): Promise<Reached>
  reverse(
    reversal: Reversal,
    card: { pan: Uint8Array; expiry: Uint8Array } | null,
  ): Promise<Reached>
  /** What became of a code payment. Without a message for that, nothing leaves. */
  query(question: Question): Promise<Reached>
  signOn(request: { stan: string; batch: string; operator: string }): Promise<SignOnResult>
  signOff(request: { stan: string; batch: string }): Promise<SignOffResult>
  /** What scripts did on a chip (0620). */
  notify(notice: ScriptNotice): Promise<Reached>
  /** A signature, packet by packet; told is the last answer that came. Without a message for that, nothing leaves. */
  sendSignature(upload: SignatureUpload, prints: number): Promise<Reached>
  /** One message of a settlement; it carries no MAC. */
  settle(message: BatchMessage): Promise<Reached>
  probe(batch: string): Promise<boolean>
  /** Fetches it, and keeps it when it is whole and sound. */
  download(request: { download: DownloadName; batch: string }): Promise<Ended>
  /** From the parameters of the host, in the place of the configured one. */
  setReplyTimeout(ms: number): void
  /** Lets go of a line that is kept. Safe to call twice. */
  close(): void
}

export type AcquirerParts = {
  readonly settings: AcquirerSettings
  readonly dialect: Dialect
  readonly keys: KeysPort
  readonly clock: Clock
  readonly note: Note
  readonly downloads: DownloadStore
  /** Keyed hash under which cards of the blacklist are kept; absent: it is not taken. */
  readonly hashDigits?: HashDigits
  /** Absent: whoever paid by code is not told apart. */
  readonly payerHash?: (name: Uint8Array) => string
  /** Told what nobody asked for: stray answers, and what the host wants next. */
  readonly tell: (event: EventBody) => void
}

export function createAcquirer(parts: AcquirerParts): Acquirer {
  const { settings, note } = parts
  const questioner = createQuestioner({
    ...parts,
    onStray: (message) => {
      // Without DUKPT the keys of the day are those of any question.
      const signedWith = settings.ksnField === null ? parts.keys.forRequest() : null
      const reply = readAnswer(message, { ...parts, signedWith })
      note('stray answer', { mti: reply?.mti ?? 'unreadable' })
      if (reply !== null) parts.tell(strayEvent(reply))
    },
    onHostRequest: (request) => parts.tell({ type: 'hostAsked', request }),
  })

  const ask = async (
    mti: string,
    fields: Fields,
    how: { readonly signed: boolean; readonly replyTimeoutMs?: number },
    also: readonly string[] = [],
  ): Promise<Reached> => {
    const outcome = await questioner.ask({ mti, fields, ...how })
    if (outcome.kind !== 'answered') return { kind: outcome.kind }
    const reply = readAnswer(outcome.message, { ...parts, signedWith: outcome.keys }, also)
    return reply === null ? { kind: 'silent' } : { kind: 'replied', reply }
  }
  const financial = (
    mti: string,
    fields: Fields,
    patience: { readonly replyTimeoutMs?: number } = {},
  ): Promise<Reached> => ask(mti, fields, { signed: true, ...patience })

  return {
    sell: async (attempt, held) => {
      const clear = requestFields(settings, attempt, held)
      const fields = settings.encryptsTrack ? encryptTrack(clear, parts.keys) : clear
      if (fields !== null) return await financial(ruleOf(kindOf(attempt.order)).mti, fields)
      wipeFields(clear)
      note('there is no track key', { stan: attempt.stan })
      return { kind: 'unreachable' }
    },
    repeat: (attempt, card) =>
      financial(ruleOf(kindOf(attempt.order)).mti, repeatFields(settings, attempt, card)),
    reverse: (reversal, card) => financial('0400', reversalFields(settings, reversal, card)),
    query: async (question) => {
      const { codeQuery } = settings
      if (codeQuery === undefined) return { kind: 'unreachable' }
      const { mti, processingCode, replyTimeoutMs } = codeQuery
      const fields = codeQueryFields(settings, codeQuery, question)
      const reached = await financial(mti, fields, { replyTimeoutMs })
      const isOther = reached.kind === 'replied' && reached.reply.fields['3'] !== processingCode
      return isOther ? { kind: 'silent' } : reached
    },
    notify: (notice) => financial('0620', noticeFields(settings, notice)),
    signOn: (request) => signOn({ ...parts, questioner }, request),
    signOff: (request) => signOff({ ...parts, questioner }, request),
    sendSignature: async (upload, prints) => {
      const { signature } = settings
      if (signature === undefined) return { kind: 'unreachable' }
      let reached: Reached = { kind: 'unreachable' }
      for (const fields of signatureMessages(settings, signature, { upload, prints })) {
        reached = await ask(SIGNATURE_MTI, fields, { signed: signature.mac })
        const isTaken =
          reached.kind === 'replied' &&
          signature.accepted.includes(reached.reply.fields['39'] ?? '')
        if (!isTaken) return reached
      }
      return reached
    },
    settle: (message) =>
      ask(message.mti, batchFields(settings, message), { signed: false }, TOTALS_TOO),
    probe: async (batch) => {
      const outcome = await questioner.ask({
        mti: '0820',
        fields: echoFields(settings, batch),
        signed: false,
        isIdle: true,
        replyTimeoutMs: settings.echoTimeoutMs,
      })
      return outcome.kind === 'answered'
    },
    download: async (request) => {
      const ask = askDownload({ ...parts, questioner }, request.batch)
      const ended = await download(request.download, {
        ask,
        blacklist: settings.blacklist,
        store: parts.downloads,
        hashDigits: parts.hashDigits,
      })
      note('download', { download: ended.download, outcome: ended.outcome, code: ended.code })
      if (ended.replyTimeoutMs !== null) questioner.setReplyTimeout(ended.replyTimeoutMs)
      return ended
    },
    setReplyTimeout: questioner.setReplyTimeout,
    close: questioner.close,
  }
}

/** Only what tells it apart: the answer itself is worth nothing any more. */
function strayEvent({ fields, mac, mti }: HostReply): EventBody {
  return {
    type: 'strayAnswerCame',
    mti,
    stan: fields['11'] ?? '',
    code: fields['39'] ?? '',
    mac,
  }
}

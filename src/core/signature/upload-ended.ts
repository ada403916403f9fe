/** What the answer to a signature means, or that none came: it is there, it is tried again after a pause, or a person is asked. */
import { upkeepOf, withDue, withUpkeep } from '../link/upkeep.ts'
import { type Decision, refuse, stay } from '../terminal/decision.ts'
import type { TerminalEvent } from '../terminal/event.ts'
import type { TerminalState } from '../terminal/state.ts'
import type { HostReply } from '../transaction/host-reply.ts'
import { type SignatureUpload, UPLOAD_PAUSE_MOST_MS } from './upload.ts'
import { isDue, uploadKept, uploads, withUploads } from './upload-queue.ts'

type Of<T extends TerminalEvent['type']> = Extract<TerminalEvent, { type: T }>

const REPLY_MTI = '0830'

export function onSignatureReplied(state: TerminalState, event: Of<'signatureReplied'>): Decision {
  const upload = underWay(state, event.record)
  if (upload === undefined) return refuse(state, 'lateAnswer')
  if (!isAnswer(state, upload, event.reply)) return notTaken(state, upload, '')
  const code = event.reply.fields['39'] ?? ''
  if (state.setup.host.signatureUpload?.accepted.includes(code) === true)
    return uploadKept(free(state), upload, 'acquirer')
  const left = notTaken(state, upload, code)
  // New keys may heal it, as soon as nobody pays.
  return state.setup.host.signOnAgain.includes(code)
    ? { ...left, state: withDue(left.state, 'signOn') }
    : left
}

/** `sent` false: not a byte left, and no try is counted. */
export function onSignatureUnanswered(
  state: TerminalState,
  event: Of<'signatureUnanswered'>,
): Decision {
  const upload = underWay(state, event.record)
  if (upload === undefined) return refuse(state, 'notAskedFor')
  return event.sent ? notTaken(state, upload, '') : later(state, upload, 'all', {})
}

function underWay(state: TerminalState, record: string): SignatureUpload | undefined {
  const isRunning = upkeepOf(state).running === 'signature'
  return isRunning ? uploads(state).find((one) => one.record === record) : undefined
}

function isAnswer(
  { setup }: TerminalState,
  { stan }: SignatureUpload,
  { fields, mac, mti }: HostReply,
): boolean {
  const isOurs = fields['11'] === stan && fields['41'] === setup.terminalNumber
  return mti === REPLY_MTI && isOurs && mac !== 'bad'
}

function notTaken(state: TerminalState, upload: SignatureUpload, code: string): Decision {
  const tries = upload.tries + 1
  const isLast = tries >= (state.setup.host.signatureUpload?.tries ?? 0)
  return later(state, upload, code === '' ? 'all' : 'this', {
    tries,
    ...(isLast ? { givenUp: { code } } : {}),
  })
}

/** `who` pauses: after silence the others would only find the same line. */
function later(
  state: TerminalState,
  upload: SignatureUpload,
  who: 'this' | 'all',
  change: Partial<SignatureUpload>,
): Decision {
  const first = state.setup.host.signatureUpload?.retryMs ?? UPLOAD_PAUSE_MOST_MS
  const ms = Math.min(first * 2 ** upload.pauses, UPLOAD_PAUSE_MOST_MS)
  const notBefore = state.at + ms
  const left = uploads(state).map((one) => {
    if (one === upload) return { ...one, pauses: one.pauses + 1, notBefore, ...change }
    return who === 'all' ? { ...one, notBefore: Math.max(one.notBefore, notBefore) } : one
  })
  const next = withUploads(free(state), left)
  return stay(next, [{ do: 'startTimer', timer: 'signatureUpload', ms }])
}

function free(state: TerminalState): TerminalState {
  return withUpkeep(state, { running: null })
}

/** A pause is over: what is due leaves behind this event, as soon as nobody pays (`link/keep-up.ts`). */
export function onUploadTimer(state: TerminalState): Decision {
  return uploads(state).some((one) => isDue(state, one))
    ? stay(state)
    : refuse(state, 'timerNotRunning')
}

/** One performer per effect. Whatever comes of it comes back as an event; nothing here decides. */
import { gatheredLines } from '#core/batch/unsettled.ts'
import type { Effect } from '#core/terminal/effect.ts'
import type { EventBody, TimerName } from '#core/terminal/event.ts'
import { completionFacts, lastReversalEmv, scriptResult } from '../intake/card-facts.ts'
import type { PerformerParts } from './parts.ts'
import { pinKey } from './pin-key.ts'
import { readCard } from './read-card.ts'

export function createPerformers(parts: PerformerParts): (effect: Effect) => void {
  const { devices, acquirer, custody, clock, dispatch } = parts
  const timers = new Map<TimerName, () => void>()
  const later = (work: Promise<EventBody | null>): void => {
    void work.then((event) => event !== null && dispatch(event))
  }

  return (effect) => {
    switch (effect.do) {
      case 'readCard':
        later(readCard(parts, effect))
        return
      case 'cancelCardRead':
        void devices.cardReader.cancel()
        return
      case 'armScanner':
        devices.qrScanner.arm()
        return
      case 'disarmScanner':
        devices.qrScanner.disarm()
        return
      case 'requestPin':
        later(requestPin(parts, effect))
        return
      case 'cancelPin':
        void devices.pinPad.cancel()
        return
      case 'completeCard':
        later(completeCard(parts, effect))
        return
      case 'sendNotice':
        later(sendNotice(parts, effect))
        return
      case 'sendSignature':
        later(sendSignature(parts, effect))
        return
      case 'forgetTender':
        if (custody.card(effect.handle)?.pinBlock) void devices.pinPad.show([])
        custody.forget(effect.handle)
        return
      case 'sendRequest':
        later(sendRequest(parts, effect))
        return
      case 'sendReversal':
        later(sendReversal(parts, effect))
        return
      case 'sendQuery':
        later(sendQuery(parts, effect))
        return
      case 'sendAdvice':
        later(sendAdvice(parts, effect))
        return
      case 'gatherBatch':
        gatherBatch(parts, effect)
        return
      case 'sendBatch':
        later(sendBatch(parts, effect))
        return
      case 'findRecord':
        dispatch({ type: 'recordFound', page: effect.page, record: parts.findRecord(effect.stan) })
        return
      case 'searchRecords': {
        const records = parts.searchRecords(effect.wish)
        dispatch({ type: 'recordsFound', page: effect.page, records })
        return
      }
      case 'signOn':
        later(acquirer.signOn(effect))
        return
      case 'signOff':
        later(acquirer.signOff(effect))
        return
      case 'probeLink':
        later(acquirer.probe(effect.batch).then((alive) => ({ type: 'linkProbed', alive })))
        return
      case 'download':
        later(download(parts, effect))
        return
      case 'print':
        later(print(parts, effect))
        return
      case 'exportSlips':
        dispatch({ type: 'slipsExported', jobs: parts.exportSlips(effect.slips) })
        return
      case 'startTimer':
        timers.get(effect.timer)?.()
        timers.set(
          effect.timer,
          clock.after(effect.ms, () => dispatch({ type: 'timerFired', timer: effect.timer })),
        )
        return
      case 'stopTimer':
        timers.get(effect.timer)?.()
        timers.delete(effect.timer)
        return
      case 'beginDrill':
        // At once: what the same decision still asks for must not leave any more.
        acquirer.close()
        parts.onDrill('begin')
        return
      case 'endDrill':
        parts.onDrill('end')
        return
      // Done by the commit itself.
      case 'sealPan':
      case 'dropSealedPan':
      case 'keepRecord':
      case 'keepIncident':
        return
    }
  }
}

type Of<D extends Effect['do']> = Extract<Effect, { do: D }>

async function requestPin(parts: PerformerParts, effect: Of<'requestPin'>): Promise<EventBody> {
  const { stan } = effect
  const held = parts.custody.card(effect.handle)
  if (held === null) return { type: 'pinEnded', stan, why: 'deviceFailed', trouble: null }
  const outcome = await parts.devices.pinPad.requestPin({
    pan: held.card.pan,
    amountMinor: effect.amountMinor,
    key: pinKey(parts),
    timeoutMs: parts.setup.limits.pinTimeoutMs,
  })
  if (outcome.kind === 'entered') {
    held.pinBlock = outcome.block
    held.pinKsn = outcome.ksn
    return { type: 'pinEntered', stan }
  }
  const trouble = outcome.kind === 'deviceFailed' ? outcome.trouble : null
  return { type: 'pinEnded', stan, why: outcome.kind, trouble }
}

async function completeCard(parts: PerformerParts, effect: Of<'completeCard'>): Promise<EventBody> {
  const { reply, stan, subject = null } = effect
  const outcome = await parts.devices.cardReader.complete({
    online: reply !== null,
    responseCode: reply?.fields['39'] ?? '',
    issuerData: reply?.fields['55'] ?? '',
  })
  if (outcome.kind !== 'completed') return { type: 'cardCompletionFailed', stan, why: outcome.kind }
  const emv = subject === null ? '' : scriptResult(subject.emv, outcome.emv)
  if (subject !== null && emv !== '') parts.dispatch({ type: 'scriptsRan', subject, emv })
  return {
    type: 'cardCompleted',
    stan,
    approved: outcome.approved,
    chip: completionFacts(outcome.emv),
    reversalEmv: lastReversalEmv(subject?.emv ?? '', outcome.emv),
  }
}

async function sendRequest(
  parts: PerformerParts,
  { attempt }: Of<'sendRequest'>,
): Promise<EventBody> {
  const { stan } = attempt
  const { tender } = attempt
  const held = parts.custody.get(tender.kind === 'card' ? tender.card.handle : tender.code.handle)
  const byReference = tender.kind === 'code' && attempt.order.original !== undefined
  if (held === null && !byReference) return { type: 'hostUnreachable', stan }
  const reached = await parts.acquirer.sell(attempt, held)
  switch (reached.kind) {
    case 'replied':
      return { type: 'hostReplied', stan, reply: reached.reply }
    case 'silent':
      return { type: 'hostSilent', stan }
    case 'unreachable':
      return { type: 'hostUnreachable', stan }
  }
}

async function sendReversal(
  parts: PerformerParts,
  { reversal }: Of<'sendReversal'>,
): Promise<EventBody> {
  const reached = await parts.withSealedCard(reversal, (card) =>
    parts.acquirer.reverse(reversal, card),
  )
  return reached.kind === 'replied'
    ? { type: 'reversalReplied', reversal: reversal.id, reply: reached.reply }
    : { type: 'reversalUnanswered', reversal: reversal.id, sent: reached.kind === 'silent' }
}

async function sendQuery(parts: PerformerParts, { question }: Of<'sendQuery'>): Promise<EventBody> {
  const { stan } = question
  const reached = await parts.acquirer.query(question)
  return reached.kind === 'replied'
    ? { type: 'queryReplied', stan, reply: reached.reply }
    : { type: 'queryUnanswered', stan }
}

async function sendAdvice(parts: PerformerParts, { advice }: Of<'sendAdvice'>): Promise<EventBody> {
  const { attempt, id } = advice
  const reached = await parts.withSealedCard(advice, (card) => parts.acquirer.repeat(attempt, card))
  return reached.kind === 'replied'
    ? { type: 'adviceReplied', advice: id, reply: reached.reply }
    : { type: 'adviceUnanswered', advice: id }
}

async function sendNotice(
  { acquirer }: PerformerParts,
  { notice }: Of<'sendNotice'>,
): Promise<EventBody> {
  const reached = await acquirer.notify(notice)
  const outcome = reached.kind === 'replied' ? 'answered' : reached.kind
  return { type: 'noticeEnded', notice: notice.id, outcome }
}

async function sendSignature(
  { acquirer }: PerformerParts,
  { prints, upload }: Of<'sendSignature'>,
): Promise<EventBody> {
  const { record } = upload
  const reached = await acquirer.sendSignature(upload, prints)
  return reached.kind === 'replied'
    ? { type: 'signatureReplied', record, reply: reached.reply }
    : { type: 'signatureUnanswered', record, sent: reached.kind === 'silent' }
}

async function sendBatch(parts: PerformerParts, { message }: Of<'sendBatch'>): Promise<EventBody> {
  const { stan } = message
  const reached = await parts.acquirer.settle(message)
  return reached.kind === 'replied'
    ? { type: 'batchReplied', stan, reply: reached.reply }
    : { type: 'batchUnanswered', stan }
}

async function download(
  { acquirer, takeUp }: PerformerParts,
  effect: Of<'download'>,
): Promise<EventBody> {
  const ended = await acquirer.download(effect)
  if (ended.outcome === 'kept') takeUp(ended.download)
  return ended
}

/** The lines at once; exceptions a little later, or not at all when they cannot be read. A drill has none: its journal is another one. */
function gatherBatch(parts: PerformerParts, effect: Of<'gatherBatch'>): void {
  const { batch, page } = effect
  const gathered = {
    type: 'batchGathered',
    page,
    batch,
    lines: gatheredLines(effect, parts.batchRecords),
  } as const
  parts.dispatch(gathered)
  const { countExceptions, setup } = parts
  const wanted = setup.report?.exceptionsOnSlip === true && !setup.drill
  if (!wanted || countExceptions === undefined) return
  void countExceptions(batch).then(
    (exceptions) => parts.dispatch({ ...gathered, exceptions }),
    () => undefined,
  )
}

async function print(parts: PerformerParts, { slip }: Of<'print'>): Promise<EventBody> {
  const drawn = parts.drawSlip(slip)
  if (drawn === null)
    return { type: 'printEnded', job: slip.job, outcome: { kind: 'notDrawn' }, lines: 0 }
  const { escpos, text } = drawn
  const outcome = await parts.devices.printer.print({ id: slip.job, body: escpos })
  return { type: 'printEnded', job: slip.job, outcome, lines: text.trimEnd().split('\n').length }
}

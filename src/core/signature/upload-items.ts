/** Signatures that the acquirer does not have: on the open list from the first try that failed, until they are there or filed on paper. */
import { type Message, message } from '../message.ts'
import { pumpSlips, queueSlip } from '../receipt/decide.ts'
import { slipTelling } from '../receipt/tellings.ts'
import { andThen, type Decision, refuse, say, stay } from '../terminal/decision.ts'
import type { TerminalState } from '../terminal/state.ts'
import type { SignatureUpload } from './upload.ts'
import { uploadKept, uploads, withUploads } from './upload-queue.ts'

type Item = {
  readonly id: string
  readonly message: Message
  readonly options: readonly string[]
}

/** Ids must differ from those of papers to be signed, which bear the record's. */
const ID = 'signature-'

export function uploadItems(state: TerminalState): readonly Item[] {
  const isTaken = state.setup.host.signatureUpload !== undefined
  return uploads(state)
    .filter((one) => one.pauses > 0)
    .map((one) => ({
      id: `${ID}${one.record}`,
      message: telling(one),
      options: [
        ...(isTaken ? ['sendSignature'] : []),
        ...(one.givenUp === undefined ? [] : ['printSigned', 'signatureFiled']),
      ],
    }))
}

/** Those that nobody tries to send any more. */
export function givenUp(state: TerminalState): readonly SignatureUpload[] {
  return uploads(state).filter((one) => one.givenUp !== undefined)
}

function telling({ facts, givenUp: ended }: SignatureUpload): Message {
  const params = { trace: facts.trace }
  if (ended === undefined) return slipTelling('signature.notThere', facts.type, params)
  return ended.code === ''
    ? slipTelling('signature.unanswered', facts.type, params)
    : slipTelling('signature.refused', facts.type, { ...params, code: ended.code })
}

/** A person wants it tried at once, from the beginning: it leaves behind this decision (`link/keep-up.ts`). */
export function sendAgain(state: TerminalState, item: string): Decision {
  const found = itemOf(state, item)
  const isTaken = state.setup.host.signatureUpload !== undefined
  if (!isTaken || found === undefined || found.pauses === 0) return refuse(state, 'nothingOwed')
  const { givenUp: _, ...again } = found
  const fresh = { ...again, tries: 0, notBefore: 0 }
  return stay(replaced(state, found, [fresh]))
}

/** The merchant's copy once more, with the lines, for the file. */
export function printSigned(state: TerminalState, item: string): Decision {
  const found = itemOf(state, item)
  if (found?.givenUp === undefined) return refuse(state, 'nothingOwed')
  const number = found.reprints + 1
  const counted = replaced(state, found, [{ ...found, reprints: number }])
  const slip = { facts: found.facts, copy: 'merchant', mark: { kind: 'reprint', number } } as const
  return pumpSlips(queueSlip(counted, found.record, slip, 'queued'))
}

/** A person keeps the signed paper; the acquirer will ask for it when it wants it. */
export function fileSigned(state: TerminalState, item: string): Decision {
  const found = itemOf(state, item)
  if (found?.givenUp === undefined) return refuse(state, 'nothingOwed')
  return andThen(uploadKept(state, found, 'shop'), (next) =>
    say(next, message('signature.filed'), { tone: 'confirmed' }),
  )
}

function itemOf(state: TerminalState, item: string): SignatureUpload | undefined {
  return uploads(state).find(({ record }) => `${ID}${record}` === item)
}

function replaced(
  state: TerminalState,
  found: SignatureUpload,
  by: readonly SignatureUpload[],
): TerminalState {
  return withUploads(
    state,
    uploads(state).flatMap((one) => (one === found ? by : [one])),
  )
}

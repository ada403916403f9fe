/** Reply message → frame on the line, with its MAC. */
import type { Fault } from '../faults/fault.ts'
import { spoilMac } from '../faults/misbehave.ts'
import { type MacAlgorithm, type MacKey, macOf } from '../security/mac.ts'
import { answerFrame, type Frame, writeFrame } from '../wire/frame.ts'
import { createGbkEncoder } from '../wire/gbk.ts'
import { type Message, pack, packWithMac } from '../wire/message.ts'
import type { WireForm } from '../wire/wire-form.ts'
import { carriesMac } from './compose.ts'

/** Answers to a terminal whose keys are not known to be the host's: a MAC would only look wrong to it. */
const UNPROVEN_CODES = ['03', '97', 'A0']

/** `macKey` null: the terminal is not signed on, the reply goes without field 64. */
export type ReplyEncoder = (
  request: Frame,
  reply: Message,
  macKey: MacKey | null,
  fault: Fault | null,
) => Uint8Array

/** An encoder with its own GBK table. */
export function createReplyEncoder(form: WireForm, algorithm: MacAlgorithm): ReplyEncoder {
  const encodeText = createGbkEncoder()
  return (request, reply, macKey, fault) => {
    const trusted = !UNPROVEN_CODES.includes(reply.fields.get(39) ?? '')
    const withMac = macKey !== null && trusted && carriesMac(reply.mti) && fault?.kind !== 'noMac'
    const body = withMac
      ? packWithMac(reply, encodeText, (input) => spoilMac(macOf(algorithm, macKey, input), fault))
      : pack(reply, encodeText)
    const hostRequest = fault?.kind === 'hostRequest' ? Number(fault.code) : 0
    return writeFrame(answerFrame(request, body, hostRequest), form)
  }
}

/** Turns a rule's answer into the reply message: what is echoed, what the host adds. */
import type { Message } from '../wire/message.ts'
import type { Answer, Exchange } from './exchange.ts'
import { RESPONSE_TEXTS } from './response-texts.ts'

/** Fields of the request that come back unchanged. */
const ECHOED_FIELDS = [2, 3, 4, 11, 14, 23, 25, 41, 42, 49, 53, 60]
const ACQUIRER_ID = '48980001'
const ISSUER_ID = '01020000'
const INSTITUTION_WIDTH = 11
const CARD_ORGANISATION = 'CUP'
/** Authorization, financial, advice, reversal and script messages, requests and replies; the rest has no MAC. */
const MAC_MTI = /^0(?:10|11|20|21|22|23|40|41|62|63)/

/** The reply without field 64. */
export function composeReply(exchange: Exchange, answer: Answer): Message {
  const { request, now } = exchange
  const fields = new Map<number, string>()
  for (const number of ECHOED_FIELDS) {
    const value = request.fields.get(number)
    if (value !== undefined) fields.set(number, value)
  }
  fields.set(12, now.hhmmss).set(13, now.mmdd).set(32, ACQUIRER_ID).set(37, exchange.rrn)
  if (answer.code !== null) fields.set(39, answer.code)
  if (carriesMac(request.mti)) addFinancial(fields, exchange, answer)
  for (const [number, value] of answer.fields ?? []) fields.set(number, value)
  return { mti: replyMti(request.mti), fields }
}

/** True for requests and replies that are protected by field 64. */
export function carriesMac(mti: string): boolean {
  return MAC_MTI.test(mti)
}

function addFinancial(fields: Map<number, string>, exchange: Exchange, answer: Answer): void {
  const text = RESPONSE_TEXTS.get(answer.code ?? '') ?? ''
  fields.set(15, exchange.now.mmdd)
  fields.set(
    44,
    ISSUER_ID.padEnd(INSTITUTION_WIDTH, ' ') + ACQUIRER_ID.padEnd(INSTITUTION_WIDTH, ' '),
  )
  fields.set(63, `${CARD_ORGANISATION}${text}`)
  if (answer.code === '00') fields.set(38, exchange.authCode)
}

function replyMti(mti: string): string {
  return String(Number(mti) + 10).padStart(4, '0')
}

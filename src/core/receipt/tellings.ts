/** What is said of a slip also says how the money stands; where it went back, was only held or was settled it must not say "received". */
import { type Message, message } from '../message.ts'
import { ruleOf } from '../transaction/kinds.ts'
import type { SlipType } from './slip.ts'

/** Message `key` in the wording for this type of slip: as it stands for money received, `.out`, `.hold`, `.release`, `.batch`, `.incident`, `.notPaid` and `.test` beside it. */
export function slipTelling(
  key: string,
  type: SlipType,
  params: Readonly<Record<string, string>> = {},
): Message {
  return message(`${key}${wordingOf(type)}`, params)
}

function wordingOf(
  type: SlipType,
): '' | '.out' | '.hold' | '.release' | '.batch' | '.incident' | '.notPaid' | '.test' {
  if (type === 'settlement') return '.batch'
  if (type === 'incident') return '.incident'
  if (type === 'notPaid') return '.notPaid'
  if (type === 'test') return '.test'
  // What was only held was never taken, so it does not go back.
  if (type === 'preAuthVoid') return '.release'
  const { direction } = ruleOf(type)
  if (direction === 'out') return '.out'
  return direction === 'hold' ? '.hold' : ''
}

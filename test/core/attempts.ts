/** A request for 38 yuan by card, and a phone's code, for rows that are about something else. */
import { minor } from '#core/money.ts'
import type { Attempt } from '#core/transaction/attempt.ts'
import type { CodeFacts } from '#core/transaction/tender.ts'
import { TAPPED_CARD } from './counter.ts'

export const ATTEMPT: Attempt = {
  order: { id: 7, dueMinor: minor(3800), operator: '01' },
  tender: { kind: 'card', card: TAPPED_CARD },
  amountMinor: minor(3800),
  stan: '000002',
  batch: '000001',
  withPin: false,
  sentAt: 0,
}

export const PHONE_CODE: CodeFacts = {
  handle: 'code-1',
  channel: 'wechat',
  masked: '**************6741',
  fingerprint: 'F1',
}

/** What one acquirer insists on where acquirers differ. A request that does it otherwise is refused for its format (DE 39 = 30). */
import type { Message } from '../wire/message.ts'
import { field60 } from './exchange.ts'

/** Every part may be left out: then anything goes. */
export type Demands = {
  /** DE 26 beside a PIN. */
  readonly maximumPinLength?: string
  /** 60.3 of financial messages. */
  readonly financialManagementCode?: string
  /** 60.4 of a swiped card. */
  readonly stripeCapability?: string
  /** Everything behind 60.5 of financial messages. */
  readonly controlTail?: string
  /** Second digit of DE 53, when the field is there. */
  readonly securityKeyDigit?: string
  /** Tracks only under the track key. */
  readonly trackEncrypted?: boolean
  /** 63.1 of a refund. */
  readonly cardOrganization?: string
  /** DE 63 of sign-on and settlement; `null`: not there. */
  readonly operator?: string | null
  /** DE 62 of a sign-on as text; `null`: not there. */
  readonly serial?: string | null
  readonly reversal?: {
    /** DE 39. */
    readonly reason?: string
    /** DE 61 by what the original was: digits of it, 0 for none. */
    readonly ownDataDigits?: number
    /** DE 61 is the batch and STAN of the failed message itself, for originals that are about another transaction. */
    readonly followUpOwnData?: boolean
    readonly securityControl?: boolean
    readonly chipData?: boolean
  }
}

const REFUND = '25'
/** 60.1 of voids, completions and refunds: messages that name an earlier transaction. */
const FOLLOW_UPS = ['23', '11', '20', '21']
const PRE_AUTHORIZATION = '10'

/** In a few words which demand a request does not meet; null when it meets all of them. */
export function unmetDemand(request: Message, demands: Demands): string | null {
  const failed = checksOf(request, demands).find(([, wanted, found]) => wanted !== found)
  return failed === undefined ? null : failed[0]
}

type Check = readonly [
  what: string,
  wanted: string | boolean | null,
  found: string | boolean | null,
]

function checksOf(request: Message, demands: Demands): readonly Check[] {
  const { mti } = request
  if (mti === '0400') return [...financial(request, demands), ...reversal(request, demands)]
  if (mti === '0100' || mti === '0200' || mti === '0220') return financial(request, demands)
  const isSignOn = mti === '0800' && field60(request).management.startsWith('00')
  return isSignOn || mti === '0500' ? named(request, demands, isSignOn) : []
}

function financial(request: Message, demands: Demands): readonly Check[] {
  const control = request.fields.get(60) ?? ''
  const { management, type } = field60(request)
  const security = request.fields.get(53)
  const isSwiped = request.fields.get(22)?.startsWith('02') === true
  return [
    ...wanted('60.3', demands.financialManagementCode, management),
    ...wanted('60.6', demands.controlTail, control.slice(13)),
    ...(isSwiped ? wanted('60.4', demands.stripeCapability, control.slice(11, 12)) : []),
    ...(security === undefined ? [] : wanted('53', demands.securityKeyDigit, security.slice(1, 2))),
    ...(request.fields.has(35)
      ? wanted('35', demands.trackEncrypted, security?.slice(2, 3) === '1')
      : []),
    ...(request.fields.has(52)
      ? wanted('26', demands.maximumPinLength, request.fields.get(26) ?? '')
      : []),
    ...(type === REFUND ? wanted('63.1', demands.cardOrganization, request.fields.get(63)) : []),
  ]
}

function reversal(request: Message, { reversal: demands = {} }: Demands): readonly Check[] {
  const data = request.fields.get(61) ?? ''
  const { batch, type } = field60(request)
  const isFollowUp = FOLLOW_UPS.includes(type)
  const own = `${batch}${request.fields.get(11) ?? ''}`
  return [
    ...wanted('39', demands.reason, request.fields.get(39)),
    ...(isFollowUp
      ? wanted('61', demands.followUpOwnData, data.startsWith(own))
      : wanted('61', demands.ownDataDigits?.toString(), String(data.length))),
    ...(isFollowUp || type === PRE_AUTHORIZATION
      ? wanted('53', demands.securityControl, request.fields.has(53))
      : []),
    ...wanted('55', demands.chipData, request.fields.has(55)),
  ]
}

function named(request: Message, demands: Demands, isSignOn: boolean): readonly Check[] {
  const serial = request.fields.get(62)
  const text = serial === undefined ? null : Buffer.from(serial, 'hex').toString('latin1')
  return [
    ...wanted('63', demands.operator, request.fields.get(63) ?? null),
    ...(isSignOn ? wanted('62', demands.serial, text) : []),
  ]
}

/** No check for a demand that was not made. */
function wanted(
  what: string,
  demand: string | boolean | null | undefined,
  found: string | boolean | null | undefined,
): readonly Check[] {
  return demand === undefined ? [] : [[what, demand, found ?? null]]
}

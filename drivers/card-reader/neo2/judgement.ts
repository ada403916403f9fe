/** What the reader's last words of an activation or a completion mean for the core. */
import type { CardCompletion, CardOutcome } from '#core/ports/card-reader.ts'
import type { SecretArena } from '#core/ports/secret.ts'
import { forgetCard, presentCard, readCard } from './card-data.ts'
import { collectHex, type DataObjects, readObjects } from './objects.ts'
import {
  COMPLETION_TAGS,
  FAILURE_HEAD_BYTES,
  failureReason,
  interfaceUsed,
  STATUS_FAILED,
  STATUS_OK,
  STATUS_ONLINE_REQUESTED,
  STATUS_TIMED_OUT,
} from './protocol.ts'

export type Answer = { readonly status: number; readonly data: Uint8Array }

export type Judgement =
  | Exclude<CardOutcome, { kind: 'deviceFailed' }>
  | { readonly kind: 'garbled' }

/** CID 9F27, bits 8–7 (EMV Book 3, table 15). */
const CRYPTOGRAM_TYPE_MASK = 0xc0
const TYPE_TC = 0x40
const TYPE_ARQC = 0x80

/** `stripeOfChipCard`: a swiped chip card may be taken because its chip failed often enough. */
export function judgePresentation(
  answer: Answer,
  { arena, stripeOfChipCard }: { readonly arena: SecretArena; readonly stripeOfChipCard: boolean },
): Judgement {
  switch (answer.status) {
    case STATUS_TIMED_OUT:
      return { kind: 'timedOut' }
    case STATUS_FAILED:
      return judgeFailure(answer.data)
    case STATUS_OK:
    case STATUS_ONLINE_REQUESTED: {
      const objects = readObjects(answer.data)
      return objects === null ? { kind: 'garbled' } : judgeCard(objects, arena, stripeOfChipCard)
    }
    default:
      return { kind: 'garbled' }
  }
}

function judgeCard(objects: DataObjects, arena: SecretArena, stripeOfChipCard: boolean): Judgement {
  const used = interfaceUsed(objects)
  if (used === null) return { kind: 'garbled' }
  const type = cryptogramType(objects)
  if (used !== 'stripe') {
    if (type === null) return { kind: 'unreadable', interface: used }
    // This terminal is online only (terminal type x1): an answer without ARQC went nowhere and charged nobody.
    if (type !== TYPE_ARQC) return { kind: 'cardDeclined', interface: used }
  }
  const reading = readCard(objects)
  if (reading === null) return { kind: 'unreadable', interface: used }
  if (used === 'stripe' && !stripeOfChipCard && hasChip(reading.track2?.serviceCode ?? null)) {
    forgetCard(reading)
    return { kind: 'insertInstead' }
  }
  return { kind: 'card', card: presentCard(reading, objects, arena) }
}

/** ISO 7813: first digit of the service code 2 (international) or 6 (national) = chip. */
function hasChip(serviceCode: string | null): boolean {
  return serviceCode !== null && /^[26]/.test(serviceCode)
}

function judgeFailure(data: Uint8Array): Judgement {
  const failure = failureReason(data, readObjects(data.subarray(FAILURE_HEAD_BYTES)))
  const used = failure.interface ?? 'contactless'
  switch (failure.why) {
    case 'severalCards':
      return { kind: 'severalCards' }
    case 'cardDeclined':
      return { kind: 'cardDeclined', interface: used }
    case 'notAccepted':
      return { kind: 'notAccepted', interface: used }
    case 'cardMute':
    case 'cardRemoved':
    case 'other':
      return { kind: 'unreadable', interface: used }
  }
}

/** Null when the answer cannot be understood. */
export function judgeCompletion(answer: Answer): CardCompletion | null {
  if (answer.status === STATUS_FAILED) {
    const failure = failureReason(answer.data, null)
    return failure.why === 'other' || failure.why === 'notAccepted' ? null : { kind: 'cardRemoved' }
  }
  const objects = answer.status === STATUS_OK ? readObjects(answer.data) : null
  const type = objects === null ? null : cryptogramType(objects)
  if (objects === null || type === null || type === TYPE_ARQC) return null
  return {
    kind: 'completed',
    approved: type === TYPE_TC,
    emv: collectHex(objects, COMPLETION_TAGS),
  }
}

function cryptogramType(objects: DataObjects): number | null {
  const value = objects.get('9F27')
  return value?.length === 1 ? (value[0] ?? 0) & CRYPTOGRAM_TYPE_MASK : null
}

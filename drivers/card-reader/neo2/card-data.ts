/** From the reader's objects to a presented card: cardholder data into the arena, everything else as facts for the core. */
import type {
  CardholderVerification,
  CardInterface,
  PresentedCard,
} from '#core/ports/card-reader.ts'
import type { SecretArena } from '#core/ports/secret.ts'
import { toHex } from '#crypto/hex.ts'
import { collectHex, type DataObjects } from './objects.ts'
import { interfaceUsed, ONLINE_REQUEST_TAGS, TAG_DFEF4D_STRIPE_TRACK2 } from './protocol.ts'
import { panFromNibbles, type Track2, track2FromNibbles, track2FromStripe } from './track2.ts'

/** What the objects say, before anything enters the arena. `track2.bytes` and `pan` belong to the receiver. */
export type CardReading = {
  readonly interface: CardInterface
  readonly pan: Uint8Array
  readonly track2: Track2 | null
  readonly expiry: string
}

/** Null when the objects do not make a card: no interface, no PAN, or PANs that contradict each other. */
export function readCard(objects: DataObjects): CardReading | null {
  const used = interfaceUsed(objects)
  if (used === null) return null
  const track2 = readTrack2(objects, used)
  const expiry = track2?.expiry ?? expiryOf(objects)
  const pan = used === 'stripe' ? null : panOf(objects)
  const fromTrack = track2?.bytes.slice(0, track2.panLength) ?? null
  const agreed =
    pan === null ? fromTrack : fromTrack === null || sameBytes(pan, fromTrack) ? pan : null
  if (agreed !== pan) pan?.fill(0)
  if (agreed !== fromTrack) fromTrack?.fill(0)
  if (agreed !== null && expiry !== null) {
    return { interface: used, pan: agreed, track2, expiry }
  }
  agreed?.fill(0)
  track2?.bytes.fill(0)
  return null
}

/** Zeroes what `readCard` gave, for a card that is not taken. */
export function forgetCard(reading: CardReading): void {
  reading.pan.fill(0)
  reading.track2?.bytes.fill(0)
}

/** Moves the reading into the arena. */
export function presentCard(
  reading: CardReading,
  objects: DataObjects,
  arena: SecretArena,
): PresentedCard {
  const stripe = reading.interface === 'stripe'
  const sequence = objects.get('5F34')
  return {
    interface: reading.interface,
    pan: arena.put('pan', reading.pan),
    track2: reading.track2 === null ? null : arena.put('track2', reading.track2.bytes),
    expiry: reading.expiry,
    serviceCode: reading.track2?.serviceCode ?? null,
    panSequence: stripe || sequence?.length !== 1 ? null : toHex(sequence).padStart(3, '0'),
    emv: stripe ? '' : collectHex(objects, ONLINE_REQUEST_TAGS),
    verification: stripe ? 'notDecided' : verificationOf(reading.interface, objects),
    label: stripe ? '' : labelOf(objects),
    aid: stripe ? '' : toHex(objects.get('84') ?? objects.get('4F') ?? new Uint8Array()),
  }
}

/**
 * Contactless: card transaction qualifiers 9F6C, online PIN before device before signature (kernel 3 order). Chip: the CVM
 * result 9F34, method in the low six bits (EMV Book 3, C3). What this terminal cannot do itself is not decided.
 */
export function verificationOf(used: CardInterface, objects: DataObjects): CardholderVerification {
  const qualifiers = objects.get('9F6C')
  if (used === 'contactless' && qualifiers?.length === 2) {
    const [first = 0, second = 0] = qualifiers
    if (first & 0x80) return 'onlinePin'
    if (second & 0x80) return 'deviceVerified'
    return first & 0x40 ? 'signature' : 'none'
  }
  const result = objects.get('9F34')
  if (result?.length !== 3) return 'notDecided'
  const method = (result[0] ?? 0) & 0x3f
  if (method === 0x02) return 'onlinePin'
  if (method === 0x1e || method === 0x03 || method === 0x05) return 'signature'
  return method === 0x1f && result[2] === 0x02 ? 'none' : 'notDecided'
}

function readTrack2(objects: DataObjects, used: CardInterface): Track2 | null {
  const value = objects.get(used === 'stripe' ? TAG_DFEF4D_STRIPE_TRACK2 : '57')
  if (value === undefined) return null
  return used === 'stripe' ? track2FromStripe(value) : track2FromNibbles(value)
}

function panOf(objects: DataObjects): Uint8Array | null {
  const value = objects.get('5A')
  return value === undefined ? null : panFromNibbles(value)
}

/** 5F24 is `YYMMDD`. */
function expiryOf(objects: DataObjects): string | null {
  const value = objects.get('5F24')
  return value?.length === 3 ? toHex(value).slice(0, 4) : null
}

/** 9F12 preferred name, else 50 label; printable ASCII only. */
function labelOf(objects: DataObjects): string {
  const value = objects.get('9F12') ?? objects.get('50') ?? new Uint8Array()
  return String.fromCharCode(...value.subarray(0, 16)).replace(/[^\x20-\x7e]/g, '')
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}

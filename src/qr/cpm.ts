/**
 * Consumer-presented codes: a card in a QR code. The reading holds track 2 as bytes; whoever asked for it calls `wipe` when
 * the request has been built.
 */
import { decodeBase64 } from './base64.ts'
import { type CpmObject, hex, parseCpmObjects } from './cpm-objects.ts'

const TAG_85_PAYLOAD_FORMAT = '85'
const TAG_61_APPLICATION_TEMPLATE = '61'
const TAG_4F_AID = '4F'
/** `CPV01` as hex. */
const VERSION_01 = '4350563031'

export type CpmReading =
  | {
      readonly ok: true
      /** False for another version than CPV01: its objects are shown, not trusted. */
      readonly supportedVersion: boolean
      readonly objects: readonly CpmObject[]
      /** AIDs of the application templates in order, upper-case hex. */
      readonly applications: readonly string[]
      /** Zeroes every value. Safe to call twice. */
      wipe(): void
    }
  | { readonly ok: false; readonly error: 'TRUNCATED_OR_NOT_BASE64' }

/**
 * `text` is the Base64 as read, ASCII. Strict BER first; some generators write lengths above 127 as one plain byte, which
 * BER cannot read, so that is the second try. Never throws.
 */
export function parseCpm(text: Uint8Array): CpmReading {
  const bytes = decodeBase64(text)
  if (bytes === null) return { ok: false, error: 'TRUNCATED_OR_NOT_BASE64' }
  const objects = parseCpmObjects(bytes, 'ber') ?? parseCpmObjects(bytes, 'plainByte') ?? []
  const [first] = objects
  if (first === undefined) {
    bytes.fill(0)
    return { ok: false, error: 'TRUNCATED_OR_NOT_BASE64' }
  }
  return {
    ok: true,
    supportedVersion: first.tag === TAG_85_PAYLOAD_FORMAT && hex(first.value) === VERSION_01,
    objects,
    applications: applicationsOf(objects),
    wipe: () => bytes.fill(0),
  }
}

/** The application template of one AID, or null; its objects are what goes on line. */
export function findApplication(objects: readonly CpmObject[], aid: string): CpmObject | null {
  return objects.find((object) => aidOf(object) === aid) ?? null
}

function applicationsOf(objects: readonly CpmObject[]): string[] {
  return objects.map(aidOf).filter((aid) => aid !== null)
}

function aidOf(object: CpmObject): string | null {
  if (object.tag !== TAG_61_APPLICATION_TEMPLATE) return null
  const aid = object.children?.find((child) => child.tag === TAG_4F_AID)
  return aid === undefined ? null : hex(aid.value)
}

/** The data objects of the reader's answers: flat BER-TLV, values as views so that the answer can be zeroed. */
import { toHex } from '#crypto/hex.ts'
import { parseTlv } from '#emv/tlv.ts'
import { buildTlv } from '#emv/tlv-build.ts'

/** Tag in upper-case hex → value, a view on the answer. */
export type DataObjects = ReadonlyMap<string, Uint8Array>

/** More objects than any kernel returns; beyond it the answer is damage. */
const MAX_DATA_OBJECTS = 128

/** Null when the bytes do not divide into objects, or a tag comes twice: nobody could say which one counts. */
export function readObjects(bytes: Uint8Array): DataObjects | null {
  const parsed = parseTlv(bytes)
  if (!parsed.ok || parsed.objects.length > MAX_DATA_OBJECTS) return null
  const objects = new Map(parsed.objects.map(({ tag, value }) => [tag, value]))
  return objects.size === parsed.objects.length ? objects : null
}

/** The named objects that are there, in the order named, as BER-TLV hex. Never for cardholder data. */
export function collectHex(objects: DataObjects, tags: readonly string[]): string {
  const found = tags.flatMap((tag) => {
    const value = objects.get(tag)
    return value === undefined ? [] : [{ tag, value }]
  })
  return toHex(buildTlv(found))
}

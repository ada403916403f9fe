/** What a HID device says it is: usage page and usage of its first application collection (HID 1.11, 6.2.2). */

export type HidUsage = { readonly page: number; readonly usage: number }

/** A bar code scanner of the HID POS usage tables 1.02. */
export const HID_POS_SCANNER: HidUsage = { page: 0x8c, usage: 0x02 }
export const HID_KEYBOARD: HidUsage = { page: 0x01, usage: 0x06 }

const LONG_ITEM = 0xfe
const TAG_USAGE_PAGE = 0x04
const TAG_USAGE = 0x08
const TAG_COLLECTION = 0xa0
const COLLECTION_APPLICATION = 0x01
const ITEM_SIZES: readonly number[] = [0, 1, 2, 4]

/** Null when the bytes end before an application collection begins. Never throws. */
export function firstUsage(descriptor: Uint8Array): HidUsage | null {
  let page = 0
  let usage: number | null = null
  for (let at = 0; at < descriptor.length; ) {
    const prefix = descriptor[at] ?? 0
    if (prefix === LONG_ITEM) {
      at += 3 + (descriptor[at + 1] ?? 0)
      continue
    }
    const size = ITEM_SIZES[prefix & 3] ?? 0
    if (at + 1 + size > descriptor.length) return null
    const value = littleEndian(descriptor.subarray(at + 1, at + 1 + size))
    const tag = prefix & 0xfc
    if (tag === TAG_USAGE_PAGE) page = value
    // A usage of four bytes carries its page in the upper half.
    if (tag === TAG_USAGE && usage === null) usage = size === 4 ? value & 0xffff : value
    if (tag === TAG_USAGE && size === 4) page = value >>> 16
    if (tag === TAG_COLLECTION && value === COLLECTION_APPLICATION && usage !== null)
      return { page, usage }
    at += 1 + size
  }
  return null
}

function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0)
}

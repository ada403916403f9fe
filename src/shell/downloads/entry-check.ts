/** Whether a downloaded entry is what it says it is. One bad entry spoils the download: half a table is worse than the old one. */
import type { DownloadName } from '#core/link/chore.ts'
import { caKeyFits } from '#crypto/oda/ca-key.ts'
import { findTlv, parseTlv } from '#emv/tlv.ts'
import { readContactlessRun } from './contactless-run.ts'
import { readParameters } from './parameter-run.ts'
import { ENTRY_DIGITS } from './refused-cards.ts'

const TAG_9F06_AID = '9F06'
const TAG_9F22_CA_KEY_INDEX = '9F22'
const TAG_DF02_MODULUS = 'DF02'
const TAG_DF04_EXPONENT = 'DF04'
const TAG_DF03_CHECK = 'DF03'
const RID_BYTES = 5
/** ISO/IEC 7816-5: five bytes of RID and up to eleven more. */
const AID_MOST_BYTES = 16

/** What is wrong, in a few words without the bytes; null when nothing is. */
export function faultOf(name: DownloadName, entry: Uint8Array): string | null {
  switch (name) {
    case 'parameters':
      return readParameters(entry) === null ? 'no parameter can be read' : null
    case 'contactless':
      return readContactlessRun(entry) === null ? 'the limits of taps cannot be read' : null
    case 'caKeys':
      return caKeyFault(entry)
    case 'aids':
      return aidFault(entry)
    case 'blacklist':
      return isCardDigits(entry)
        ? null
        : 'an entry of the blacklist is no beginning of a card number'
  }
}

function isCardDigits(entry: Uint8Array): boolean {
  const { least, most } = ENTRY_DIGITS
  return (
    entry.length >= least &&
    entry.length <= most &&
    entry.every((code) => code >= 0x30 && code <= 0x39)
  )
}

function caKeyFault(entry: Uint8Array): string | null {
  const read = parseTlv(entry)
  if (!read.ok) return 'a CA key is no TLV'
  const value = (tag: string) => findTlv(read.objects, tag)?.value ?? new Uint8Array(0)
  const [index] = value(TAG_9F22_CA_KEY_INDEX)
  const rid = value(TAG_9F06_AID)
  if (index === undefined || rid.length !== RID_BYTES) return 'a CA key has no name'
  const key = { rid, index, modulus: value(TAG_DF02_MODULUS), exponent: value(TAG_DF04_EXPONENT) }
  return caKeyFits(key, value(TAG_DF03_CHECK)) ? null : 'the check value of a CA key does not fit'
}

function aidFault(entry: Uint8Array): string | null {
  const read = parseTlv(entry)
  if (!read.ok) return 'an AID is no TLV'
  const aid = findTlv(read.objects, TAG_9F06_AID)?.value.length ?? 0
  return aid >= RID_BYTES && aid <= AID_MOST_BYTES ? null : 'an AID has no name'
}
